import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.mjs';

const VERSION = 'v1.31.0'; // later ones, from 1.31.5 on, want a newer Go
const COMMAND = 'temporal-server';
const PACKAGE = 'go.temporal.io/server/cmd/server';
/** From here on a pinned run can move to another version when it continues as new. */
const OLDEST = [1, 30, 6];

/** @param {string} path @returns {Promise<import('./tools.mjs').Found>} */
async function check(path) {
  const { ok, stdout, reason } = await run(path, ['--version'], { timeoutMs: 30_000 });
  if (!ok) return { ok, text: `${path} does not work: ${reason}` };
  const version = /(\d+)\.(\d+)\.(\d+)/.exec(stdout)?.slice(1).map(Number) ?? [0];
  const differs = OLDEST.findIndex((part, i) => version[i] !== part);
  const isOld = differs >= 0 && (version[differs] ?? 0) < (OLDEST[differs] ?? 0);
  const text = `${path} (${version.join('.')})`;
  return isOld ? { ok: false, text: `${text} is older than ${OLDEST.join('.')}` } : { ok, text };
}

/**
 * Builds the server in a module of its own, which says what else of it is used in which version.
 * @param {string} dir
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import('./tools.mjs').Found>}
 */
async function goBuild(dir, env) {
  const go = await run('go', ['version'], { env, timeoutMs: 30_000 });
  if (!go.ok) return { ok: false, text: go.reason };
  const module = join(dir, 'module');
  await mkdir(module);
  await writeFile(join(module, 'go.mod'), 'module temporal-server\n');
  const steps = [
    ['get', `${PACKAGE}@${VERSION}`],
    ['build', '-ldflags', '-s -w', '-o', join(dir, COMMAND), PACKAGE],
  ];
  for (const args of steps) {
    // Without C, and with less collecting of garbage: as for the CLI.
    const options = { cwd: module, env: { GOGC: '400', ...env, CGO_ENABLED: '0' }, timeoutMs: 45 * 60_000 };
    const { ok, reason } = await run('go', args, options);
    if (!ok) return { ok: false, text: reason };
  }
  await rm(module, { recursive: true });
  await chmod(join(dir, COMMAND), 0o755);
  return { ok: true, text: 'built' };
}

/**
 * A Temporal server that can move pinned runs, which the CLI's development server cannot do yet.
 * @type {import('./tools.mjs').Tool}
 */
export const temporalServer = {
  name: 'Temporal server',
  command: COMMAND,
  variable: 'TEMPORAL_SERVER_PATH',
  check,
  makers: [{ how: `go build ${VERSION}`, version: VERSION, make: goBuild }],
  help: `
A Temporal server of ${OLDEST.join('.')} or later, on which pinned worker versions are tested, was not found and could not be made.

With internet: install Go 1.26.2 or later and start again; the server is then built in about seven minutes, once. Or put
the "temporal-server" program of a release of the Temporal server into your PATH.

Without internet: install Go 1.26.2 or later, with a Go module proxy that you can reach, and start again. Or copy a
"temporal-server" program from elsewhere and set TEMPORAL_SERVER_PATH to its path.`.trim(),
};
