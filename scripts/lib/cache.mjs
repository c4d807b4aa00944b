import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

const LEFT_OVER_MS = 24 * 3600 * 1000;

/** Where tools are kept between clones of the project. @param {NodeJS.ProcessEnv} env */
export function cacheDir(env) {
  if (env.OUTFLOW_CACHE_DIR) return resolve(env.OUTFLOW_CACHE_DIR);
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'outflow-routes');
}

/** The folder of one tool in one version for this kind of machine. @param {string} cache @param {string} tool */
export const entryOf = (cache, /** @type {string} */ tool, /** @type {string} */ version) =>
  join(cache, `${tool}-${version}-${process.platform}-${process.arch}`);

/**
 * Fills a cache entry in one step: the work is done in a folder of its own, and becomes the entry by one rename.
 * So nobody ever finds a half-written tool, whatever is killed when.
 * @template T
 * @param {string} cache
 * @param {string} entry the folder to fill
 * @param {(dir: string) => Promise<T | undefined>} work fills `dir`; undefined when it could not
 * @returns {Promise<T | undefined>}
 */
export async function fillEntry(cache, entry, work) {
  const beside = join(cache, 'unfinished');
  const dir = join(beside, randomUUID());
  await mkdir(dir, { recursive: true });
  await sweep(beside);
  try {
    const made = await work(dir);
    if (made !== undefined) await replace(dir, entry);
    return made;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** @param {string} dir @param {string} entry */
async function replace(dir, entry) {
  try {
    await rename(dir, entry);
  } catch {
    // An entry is there: one that does not work (it was looked at before), or one that another process just made.
    const old = `${dir}-old`;
    await rename(entry, old);
    await rename(dir, entry);
    await rm(old, { recursive: true, force: true });
  }
}

/** Removes what a killed set-up left. @param {string} beside */
async function sweep(beside) {
  for (const name of await readdir(beside)) {
    const path = join(beside, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > LEFT_OVER_MS) await rm(path, { recursive: true, force: true });
  }
}
