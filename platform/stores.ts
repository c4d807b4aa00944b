/** The stores that the settings name: the keys of persons, and the log of what is done with their data. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseRing, type KeyRing } from './key-ring.ts';
import type { KeyStoreSettings } from './key-settings.ts';
import { fileKeyStore, personsFolder } from './key-store-files.ts';
import type { KeyStore } from './key-store.ts';
import { createTable, isEmpty, postgresKeyStore } from './key-store-postgres.ts';
import type { Logger } from './log.ts';
import { ensureRing } from './payload-keys.ts';
import { openPool } from './postgres.ts';
import { fileProcessingLog } from './processing-log-files.ts';
import { postgresProcessingLog } from './processing-log-postgres.ts';
import type { ProcessingLog } from './processing-log.ts';
import { readIfThere, readSecret } from './secret-file.ts';
import { SettingsError } from './settings.ts';

/** What is kept apart from Temporal: the keys of persons, and the log of what is done with their data. */
export interface Stores {
  readonly keys: KeyStore;
  readonly processing: ProcessingLog;
}

/** Both as files. @param service - which process writes in the log of data processing */
export const fileStores = (dataDir: string, service: string, register?: string): Stores => ({
  keys: fileKeyStore(dataDir),
  processing: fileProcessingLog(dataDir, service, register),
});

export interface OpenStores extends Stores {
  readonly close: () => Promise<void>;
}

/**
 * Opens the stores; connects at the first call, so that a process starts while the database is away.
 * @param service - which process writes in the log of data processing
 * @throws SettingsError when the URL or the wrapping keys are missing or wrong
 */
export async function openStores(
  settings: KeyStoreSettings,
  log: Logger,
  service: string,
): Promise<OpenStores> {
  if (settings.KEY_STORE !== 'postgres')
    return {
      ...fileStores(settings.DATA_DIR, service, settings.PROCESSING_REGISTER),
      close: () => Promise.resolve(),
    };
  const ring = await readWrappingKeys(settings);
  const pool = await openPool(settings, log);
  return {
    keys: postgresKeyStore(pool, ring),
    processing: postgresProcessingLog(pool, service, settings.PROCESSING_REGISTER),
    close: () => pool.end(),
  };
}

/**
 * Makes a store ready: the table, and wrapping keys for one that never held any key, unless the settings say where they
 * come from. Can be run as often as one likes.
 * @returns whether it never held any key
 * @throws SettingsError, KeyStoreAway
 */
export async function prepareKeyStore(settings: KeyStoreSettings, log: Logger): Promise<{ isNew: boolean }> {
  if (settings.KEY_STORE !== 'postgres') return { isNew: !existsSync(personsFolder(settings.DATA_DIR)) };
  const pool = await openPool(settings, log);
  try {
    await createTable(pool);
    const isNew = await isEmpty(pool);
    if (isNew && settings.KEY_STORE_KEYS === undefined && settings.KEY_STORE_KEYS_FILE === undefined)
      await ensureRing(wrappingKeyFile(settings));
    await readWrappingKeys(settings);
    return { isNew };
  } finally {
    await pool.end();
  }
}

/** @throws SettingsError */
export async function readWrappingKeys(settings: KeyStoreSettings): Promise<KeyRing> {
  const { KEY_STORE_KEYS: text, KEY_STORE_KEYS_FILE: named } = settings;
  const file = wrappingKeyFile(settings);
  const given =
    (await readSecret({ variable: 'KEY_STORE_KEYS', text, file: named })) ?? (await readIfThere(file));
  if (given === undefined)
    throw new SettingsError(
      `No keys of the key store at ${file}: put them back, or run scripts/prepare.ts to make some for a new store`,
    );
  return parseRing(given, text === undefined ? file : 'KEY_STORE_KEYS', "key store's");
}

/** Where the wrapping keys are, when they are in a file. */
export const wrappingKeyFile = ({ DATA_DIR, KEY_STORE_KEYS_FILE }: KeyStoreSettings): string =>
  KEY_STORE_KEYS_FILE ?? join(DATA_DIR, 'keys', 'key-store-keys.json');
