import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MS = 5_000;
const SILENT_MS = 30_000; // a process id may belong to another process after a reboot: the heartbeat tells
const POLL_MS = 200;

/**
 * @typedef {object} Lock
 * @property {() => Promise<void>} release
 * @property {boolean} abandoned the holder before this one died without releasing it
 */

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** @param {string} path @returns {Promise<number | undefined>} the process that holds the lock, none when abandoned */
async function holderOf(path) {
  try {
    const [text, { mtimeMs }] = [await readFile(path, 'utf8'), await stat(path)];
    const pid = Number(text);
    // Written in two steps by the file system: an empty file is a holder that has just begun.
    const beats = Date.now() - mtimeMs < SILENT_MS;
    return beats && (text === '' || isAlive(pid)) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes the lock, or says who holds it. A lock left by a dead process is taken over.
 * @param {string} path
 * @returns {Promise<Lock | { heldBy: number }>}
 */
export async function tryLock(path) {
  await mkdir(dirname(path), { recursive: true });
  let abandoned = false;
  for (;;) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const heldBy = await holderOf(path);
      if (heldBy !== undefined) return { heldBy };
      abandoned = true;
      await rm(path, { force: true });
    }
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, HEARTBEAT_MS);
  beat.unref();
  const release = async () => {
    clearInterval(beat);
    await rm(path, { force: true });
  };
  return { release, abandoned };
}

/**
 * Does the work while no other process does; waits for one that does.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once, when another holds it
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait) {
  let lock = await tryLock(path);
  if ('heldBy' in lock) onWait?.();
  while ('heldBy' in lock) {
    await sleep(POLL_MS);
    lock = await tryLock(path);
  }
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
