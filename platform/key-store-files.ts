/**
 * Keys of persons as files under `{dataDir}/keys/persons/`, readable by their owner alone: for development. Small files are read
 * at once, without a thread: that takes a tenth of the time, and a call waits for several.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyStore } from './key-store.ts';
import { writeOnce } from './payload-keys.ts';

/** Where the keys are; not there until the first was made. */
export const personsFolder = (dataDir: string): string => join(dataDir, 'keys', 'persons');

export function fileKeyStore(dataDir: string): KeyStore {
  const folder = personsFolder(dataDir);
  const pathOf = (keyId: string) => join(folder, `${keyId}.key`);
  /** Says that there is to be none any more. */
  const markOf = (keyId: string) => join(folder, `${keyId}.destroyed`);
  const wasDestroyed = (keyId: string) => readIfThere(markOf(keyId)) !== undefined;
  const find = (keyId: string) => {
    const key = readIfThere(pathOf(keyId));
    // Whatever a crash left beside the mark is none any more.
    return key === undefined || wasDestroyed(keyId) ? undefined : Buffer.from(key, 'base64');
  };
  return {
    find: async (keyId) => find(keyId),
    wasDestroyed: async (keyId) => wasDestroyed(keyId),
    async ensure(keyId) {
      const known = find(keyId);
      if (known) return known;
      if (wasDestroyed(keyId)) return undefined;
      await writeOnce(pathOf(keyId), randomBytes(32).toString('base64')).catch((error: unknown) => {
        // Whoever destroys the key takes its draft away as well.
        if (!wasDestroyed(keyId)) throw error;
      });
      return find(keyId); // another process may have destroyed it just then
    },
    async destroy(keyId) {
      await writeOnce(markOf(keyId), '');
      const left = (await readdir(folder)).filter((file) => file.startsWith(`${keyId}.key`));
      await Promise.all(left.map((file) => overwriteAndRemove(join(folder, file))));
      const written = await open(folder);
      try {
        await written.sync();
      } finally {
        await written.close();
      }
    },
  };
}

/** What was in the file is gone from where it stood, as far as the file system writes in place. */
async function overwriteAndRemove(path: string): Promise<void> {
  try {
    const file = await open(path, 'r+');
    try {
      const { size } = await file.stat();
      await file.write(randomBytes(size), 0, size, 0);
      await file.sync();
    } finally {
      await file.close();
    }
    await rm(path, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error; // another process did so
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
