import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.mjs';
import { sdkDownload } from './sdk-download.mjs';

const VERSION = 'v1.5.1'; // later ones cannot be built with `go install`: they need a module that is not published

/** @param {string} path @returns {Promise<import('./tools.mjs').Found>} */
async function check(path) {
  const { ok, stdout, reason } = await run(path, ['--version'], { timeoutMs: 30_000 });
  return { ok, text: ok ? `${path} (${stdout.trim()})` : `${path} does not work: ${reason}` };
}

/** @param {string} dir @param {NodeJS.ProcessEnv} env @returns {Promise<import('./tools.mjs').Found>} */
async function goInstall(dir, env) {
  const go = await run('go', ['version'], { env, timeoutMs: 30_000 });
  if (!go.ok) return { ok: false, text: go.reason };
  // Without C: a compiler that lacks its headers would fail the build, and nothing in it needs one.
  const args = ['install', '-ldflags', '-s -w', `github.com/temporalio/cli/cmd/temporal@${VERSION}`];
  const built = await run('go', args, {
    // A compiler that collects its garbage less often is a quarter faster (312 s to 240 s on two cores).
    env: { GOGC: '400', ...env, GOBIN: dir, CGO_ENABLED: '0' },
    timeoutMs: 45 * 60_000,
  });
  if (!built.ok) return { ok: false, text: built.reason };
  await chmod(join(dir, 'temporal'), 0o755);
  return { ok: true, text: 'built' };
}

/**
 * The Temporal CLI, which holds the development server.
 * @param {string} sdkVersion
 * @returns {import('./tools.mjs').Tool}
 */
export const temporalCli = (sdkVersion) => ({
  name: 'Temporal CLI',
  command: 'temporal',
  variable: 'TEMPORAL_CLI_PATH',
  check,
  makers: [
    {
      how: "the SDK's download",
      version: `sdk-${sdkVersion}`,
      make: (dir, env) => sdkDownload({ server: 'createLocal', command: 'temporal', dir, env }),
    },
    { how: `go install ${VERSION}`, version: VERSION, make: goInstall },
  ],
  help: `
The Temporal CLI, which runs the development server, was not found and could not be made.

With internet: install the Temporal CLI in the way its own documentation gives for your system (for example with
your package manager), so that "temporal --version" works, and start again.

Without internet: install Go 1.24 or later, with a Go module proxy that you can reach, and start again: the CLI is
then built in a few minutes. Or copy a "temporal" program from elsewhere and set TEMPORAL_CLI_PATH to its path. Or
set TEMPORAL_ADDRESS=host:port to use a Temporal server that already runs ("npm start" only).`.trim(),
});
