import { readdir, rename, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

const CONNECT_MS = 20_000; // a firewall that drops packets must not hold up the next way
const STALL_MS = 60_000;

/** @param {string} dir @returns {Promise<{ name: string, size: number } | undefined>} */
async function firstFile(dir) {
  const [name] = await readdir(dir);
  return name === undefined ? undefined : { name, size: (await stat(join(dir, name))).size };
}

/** Gives a download up that does not begin in time, or that stops growing. @param {string} dir */
function impatience(dir) {
  let [size, grewAt] = [-1, 0];
  const look = async (/** @type {number} */ elapsedMs) => {
    const file = await firstFile(dir).catch(() => undefined); // it may be renamed between two looks
    if (file && file.size !== size) [size, grewAt] = [file.size, elapsedMs];
  };
  return (/** @type {number} */ elapsedMs) => {
    void look(elapsedMs);
    if (size < 0 && elapsedMs > CONNECT_MS) return `no answer within ${CONNECT_MS / 1000} s`;
    if (size >= 0 && elapsedMs - grewAt > STALL_MS) return `no progress for ${STALL_MS / 1000} s`;
    return undefined;
  };
}

/**
 * Lets the Temporal SDK download one of its own servers, in a process of its own so that it can be ended.
 * @param {{ server: 'createLocal' | 'createTimeSkipping', command: string, dir: string, env: NodeJS.ProcessEnv }} what
 * @returns {Promise<import('./tools.mjs').Found>}
 */
export async function sdkDownload({ server, command, dir, env }) {
  if (env.OUTFLOW_SDK_DOWNLOAD === 'off') return { ok: false, text: 'switched off by OUTFLOW_SDK_DOWNLOAD' };
  try {
    createRequire(import.meta.url).resolve('@temporalio/testing');
  } catch {
    return { ok: false, text: 'the npm packages are not installed' };
  }
  const args = [fileURLToPath(new URL('sdk-download-child.mjs', import.meta.url)), server, dir];
  const { ok, reason } = await run(process.execPath, args, { env, giveUp: impatience(dir) });
  const file = await firstFile(dir);
  if (!ok || !file) return { ok: false, text: reason };
  await rename(join(dir, file.name), join(dir, command));
  return { ok: true, text: 'downloaded' };
}
