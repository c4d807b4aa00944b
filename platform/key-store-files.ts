/** Keys of persons as files under `{dataDir}/keys/persons/`, readable by their owner alone: for development. */
import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyStore } from './key-store.ts';
import { writeOnce } from './payload-keys.ts';

export function fileKeyStore(dataDir: string): KeyStore {
  const pathOf = (keyId: string) => join(dataDir, 'keys', 'persons', `${keyId}.key`);
  const find = async (keyId: string) => {
    try {
      return Buffer.from(await readFile(pathOf(keyId), 'utf8'), 'base64');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  };
  return {
    find,
    async ensure(keyId) {
      const known = await find(keyId);
      if (known) return known;
      await writeOnce(pathOf(keyId), randomBytes(32).toString('base64'));
      return (await find(keyId))!;
    },
    destroy: (keyId) => rm(pathOf(keyId), { force: true }),
  };
}
