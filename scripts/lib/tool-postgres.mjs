import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { viaNpm } from './postgres-npm.mjs';
import { run } from './run.mjs';

const COMMAND = 'postgres';
const OLDEST = 14;
const DEBIAN = '/usr/lib/postgresql';

/** Where Debian keeps it, newest first: not in the PATH. */
function places() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number).filter(Boolean) : [];
  return versions.sort((a, b) => b - a).map((version) => join(DEBIAN, String(version), 'bin'));
}

/** @param {string} path @returns {Promise<import('./tools.mjs').Found>} */
async function check(path) {
  const { ok, stdout, reason } = await run(path, ['--version'], { timeoutMs: 30_000 });
  if (!ok) return { ok, text: `${path} does not work: ${reason}` };
  const version = Number(/ (\d+)/.exec(stdout)?.[1] ?? 0);
  if (version < OLDEST) return { ok: false, text: `${path} (${version}) is older than ${OLDEST}` };
  if (!existsSync(join(dirname(realpathSync(path)), 'initdb')))
    return { ok: false, text: `${path} has no initdb beside it` };
  return { ok: true, text: `${path} (${version})` };
}

/**
 * PostgreSQL, on which the tests hold the key store of production.
 * @type {import('./tools.mjs').Tool}
 */
export const postgres = {
  name: 'PostgreSQL',
  command: COMMAND,
  variable: 'POSTGRES_PATH',
  places: places(),
  check,
  makers: [{ how: `npm ${viaNpm.version}`, version: `npm-${viaNpm.version}`, make: viaNpm.make }],
  help: `
PostgreSQL ${OLDEST} or later, on which the key store is tested, was not found and could not be made.

With internet: nothing has to be installed; a proxy or firewall probably stands between. Allow npm's registry, or install
your system's package (Debian and Ubuntu: postgresql), and try again.

Without internet: install your system's package (Debian and Ubuntu: postgresql). Or copy PostgreSQL from elsewhere and set
POSTGRES_PATH to its program "postgres", which has "initdb" beside it.`.trim(),
};
