/** The keys of the payload codec: from a variable, a file that was named, or `{dataDir}/keys/payload-keys.json`. */
import { hkdfSync, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, unlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KEY_BYTES, parseRing, textOfRing, type KeyRing } from './key-ring.ts';
import type { PayloadKeySettings } from './key-settings.ts';
import { readIfThere, readSecret } from './secret-file.ts';
import { SettingsError } from './settings.ts';

export type PayloadKeys = KeyRing;

/**
 * Reads the keys.
 * @throws SettingsError when there are none, or they are wrong: a process without keys must not start
 */
export async function readPayloadKeys(settings: PayloadKeySettings): Promise<PayloadKeys> {
  const { PAYLOAD_KEYS: text, PAYLOAD_KEYS_FILE: named } = settings;
  const file = payloadKeyFile(settings);
  const given =
    (await readSecret({ variable: 'PAYLOAD_KEYS', text, file: named })) ?? (await readIfThere(file));
  if (given === undefined)
    throw new SettingsError(
      `No payload keys at ${file}: set DATA_DIR or PAYLOAD_KEYS_FILE as for the worker, or put them back; only for a data folder without a database npm start makes new ones`,
    );
  return parseRing(given, text === undefined ? file : 'PAYLOAD_KEYS', 'payload');
}

/** Makes keys where there are none, unless the settings say where they come from; safe when several processes do so at once. */
export async function ensurePayloadKeys(settings: PayloadKeySettings): Promise<void> {
  if (settings.PAYLOAD_KEYS === undefined && settings.PAYLOAD_KEYS_FILE === undefined)
    await ensureRing(payloadKeyFile(settings));
}

/** Makes a ring of one key, unless the file is there. */
export async function ensureRing(file: string): Promise<void> {
  const id = `dev-${new Date().toISOString().slice(0, 10)}`;
  await writeOnce(file, textOfRing({ current: id, keys: new Map([[id, randomBytes(KEY_BYTES)]]) }));
}

/** Where the payload keys are, when they are in a file. */
export const payloadKeyFile = ({ DATA_DIR, PAYLOAD_KEYS_FILE }: PayloadKeySettings): string =>
  PAYLOAD_KEYS_FILE ?? join(DATA_DIR, 'keys', 'payload-keys.json');

/**
 * The key of the fingerprints of bodies, which routes carry for as long as they last. It is that of the oldest payload key;
 * a ring that was rotated keeps it beside its keys, so that the oldest may go.
 */
export function fingerprintKeyOf({ keys, fingerprints }: PayloadKeys): Buffer {
  const [oldest] = keys.values();
  return fingerprints ?? Buffer.from(hkdfSync('sha256', oldest!, '', 'idempotency fingerprints', KEY_BYTES));
}

/** Writes a file whole, readable by its owner alone, unless it exists; false when it did. */
export async function writeOnce(path: string, content: string): Promise<boolean> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  // Only the disk is waited for: all else is done sooner than another thread could take it up.
  await writeFile(draft, content, { mode: 0o600, flush: true });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    unlinkSync(draft);
  }
}
