import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.mjs';

const COMMAND = 'chromium';
const INSTALLED = '/usr/bin/chromium';
const INSTALL_MS = 10 * 60_000;

/** @param {string} path @returns {Promise<import('./tools.mjs').Found>} */
async function check(path) {
  const { ok, stdout, reason } = await run(path, ['--version', '--no-sandbox'], { timeoutMs: 60_000 });
  return ok ? { ok, text: `${path} (${stdout.trim()})` } : { ok, text: `${path} does not work: ${reason}` };
}

/** Debian's package, for who may install one. @param {string} dir @param {NodeJS.ProcessEnv} env */
async function viaDebian(dir, env) {
  const options = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: INSTALL_MS };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', COMMAND],
  ]) {
    const { ok, reason } = await run('apt-get', args, options);
    if (!ok) return { ok, text: `apt-get ${args[0]}: ${reason}` };
  }
  await symlink(INSTALLED, join(dir, COMMAND));
  return { ok: true, text: INSTALLED };
}

/**
 * Chromium, in which the Temporal UI is tried beside the running system.
 * @type {import('./tools.mjs').Tool}
 */
export const chromium = {
  name: 'Chromium',
  command: COMMAND,
  variable: 'CHROMIUM_PATH',
  check,
  makers: [{ how: 'apt-get install chromium', version: 'debian', make: viaDebian }],
  help: `
Chromium, in which the Temporal UI is tried, was not found and could not be installed.

Install your system's package (Debian and Ubuntu: chromium), or set CHROMIUM_PATH to the program of a Chromium or Chrome that
is here, and try again.`.trim(),
};
