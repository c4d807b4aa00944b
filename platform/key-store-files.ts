/** Keys of persons as files under `{dataDir}/keys/persons/`, readable by their owner alone: for development. */
import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyStore } from './key-store.ts';
import { writeOnce } from './payload-keys.ts';

export function fileKeyStore(dataDir: string): KeyStore {
  const pathOf = (keyId: string) => join(dataDir, 'keys', 'persons', `${keyId}.key`);
  /** Says that there was one. */
  const markOf = (keyId: string) => join(dataDir, 'keys', 'persons', `${keyId}.destroyed`);
  const find = async (keyId: string) => {
    const key = await readIfThere(pathOf(keyId));
    return key === undefined ? undefined : Buffer.from(key, 'base64');
  };
  const wasDestroyed = async (keyId: string) => (await readIfThere(markOf(keyId))) !== undefined;
  return {
    find,
    async ensure(keyId) {
      const known = await find(keyId);
      if (known) return known;
      if (await wasDestroyed(keyId)) return undefined;
      await writeOnce(pathOf(keyId), randomBytes(32).toString('base64'));
      // Another process may have destroyed it just then.
      if (await wasDestroyed(keyId)) await rm(pathOf(keyId), { force: true });
      return find(keyId);
    },
    async destroy(keyId) {
      await writeOnce(markOf(keyId), '');
      await rm(pathOf(keyId), { force: true });
    },
  };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
