/** Settings of the two kinds of keys: those of payloads, and those of persons in their store. */
import { z } from 'zod';

export const keySettings = {
  PAYLOAD_KEYS: z.string().optional().describe('The payload keys as JSON, in place of a file'),
  PAYLOAD_KEYS_FILE: z
    .string()
    .optional()
    .describe('File with the payload keys; left out: keys/payload-keys.json in DATA_DIR'),
  KEY_STORE: z
    .enum(['files', 'postgres'])
    .default('files')
    .describe('Where the keys of persons are: files in DATA_DIR, or PostgreSQL'),
  PROCESSING_REGISTER: z
    .url()
    .default('https://uitstroomroutes.example/verwerkingsactiviteiten')
    .describe(
      'Where the register of processing activities (AVG art. 30) of the municipality says more of each: `{this}/{activity}`',
    ),
  KEY_STORE_URL: z.string().optional().describe('postgres://user:password@host:5432/database?sslmode=…'),
  KEY_STORE_URL_FILE: z.string().optional().describe('File with that URL, in its place'),
  KEY_STORE_CONNECTIONS: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(5)
    .describe('To PostgreSQL, of one process, at the most'),
  KEY_STORE_KEYS: z.string().optional().describe('The keys under which the store keeps its keys, as JSON'),
  KEY_STORE_KEYS_FILE: z
    .string()
    .optional()
    .describe('File with those; left out: keys/key-store-keys.json in DATA_DIR'),
};

const KeySettings = z.object(keySettings);
type Given = { readonly DATA_DIR: string } & Partial<z.infer<typeof KeySettings>>;

/** Whatever has these, such as the settings of a process. */
export type PayloadKeySettings = Pick<Given, 'DATA_DIR' | 'PAYLOAD_KEYS' | 'PAYLOAD_KEYS_FILE'>;
export type KeyStoreSettings = Given;
