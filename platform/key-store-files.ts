/** Keys of persons as files under `{dataDir}/keys/persons/`, readable by their owner alone: for development. */
import { randomBytes } from 'node:crypto';
import { open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyStore } from './key-store.ts';
import { writeOnce } from './payload-keys.ts';

export function fileKeyStore(dataDir: string): KeyStore {
  const folder = join(dataDir, 'keys', 'persons');
  const pathOf = (keyId: string) => join(folder, `${keyId}.key`);
  /** Says that there is to be none any more. */
  const markOf = (keyId: string) => join(folder, `${keyId}.destroyed`);
  const wasDestroyed = async (keyId: string) => (await readIfThere(markOf(keyId))) !== undefined;
  const find = async (keyId: string) => {
    const key = await readIfThere(pathOf(keyId));
    // Whatever a crash left beside the mark is none any more.
    return key === undefined || (await wasDestroyed(keyId)) ? undefined : Buffer.from(key, 'base64');
  };
  return {
    find,
    wasDestroyed,
    async ensure(keyId) {
      const known = await find(keyId);
      if (known) return known;
      if (await wasDestroyed(keyId)) return undefined;
      await writeOnce(pathOf(keyId), randomBytes(32).toString('base64')).catch(async (error: unknown) => {
        // Whoever destroys the key takes its draft away as well.
        if (!(await wasDestroyed(keyId))) throw error;
      });
      return find(keyId); // another process may have destroyed it just then
    },
    async destroy(keyId) {
      await writeOnce(markOf(keyId), '');
      const left = (await readdir(folder)).filter((file) => file.startsWith(`${keyId}.key`));
      await Promise.all(left.map((file) => rm(join(folder, file), { force: true })));
      const written = await open(folder);
      try {
        await written.sync();
      } finally {
        await written.close();
      }
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
