/** The keys of the payload codec: `{dataDir}/keys/payload-keys.json`, the newest one encrypts, all of them decrypt. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { SettingsError } from './settings.ts';

const KeyFile = z.object({ current: z.string(), keys: z.record(z.string(), z.base64()) });

export interface PayloadKeys {
  readonly current: string;
  readonly keys: ReadonlyMap<string, Buffer>;
}

/**
 * Reads the keys.
 * @throws SettingsError when the file is missing or no key file: a process without keys must not start
 */
export async function readPayloadKeys(dataDir: string): Promise<PayloadKeys> {
  const file = payloadKeyFile(dataDir);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new SettingsError(
      `No payload keys at ${file}: put them back, or let npm start make new ones for a data folder without a database`,
    );
  }
  const { current, keys } = parsed(text, file);
  const decoded = new Map(Object.entries(keys).map(([id, key]) => [id, Buffer.from(key, 'base64')]));
  if (!decoded.has(current) || [...decoded.values()].some((key) => key.length !== 32))
    throw new SettingsError(`The payload keys at ${file} lack the current key, or one is not 32 bytes`);
  return { current, keys: decoded };
}

function parsed(text: string, file: string): z.infer<typeof KeyFile> {
  try {
    return KeyFile.parse(JSON.parse(text));
  } catch {
    // Without the cause: it could quote a key.
    throw new SettingsError(`${file} is no file of payload keys: put back the one that fits this data`);
  }
}

/** Makes keys for development where there are none; safe when several processes do so at once. */
export async function ensurePayloadKeys(dataDir: string): Promise<void> {
  const id = `dev-${new Date().toISOString().slice(0, 10)}`;
  const file = { current: id, keys: { [id]: randomBytes(32).toString('base64') } };
  await writeOnce(payloadKeyFile(dataDir), JSON.stringify(file));
}

/** Writes a file whole, readable by its owner alone, unless it exists; false when it did. */
export async function writeOnce(path: string, content: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, content, { mode: 0o600, flush: true });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    await unlink(draft);
  }
}

const payloadKeyFile = (dataDir: string): string => join(dataDir, 'keys', 'payload-keys.json');
