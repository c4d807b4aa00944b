/** Prometheus and promtool: of the PATH, or of Debian's package, as `.ci/run` gets docker-compose. */
import { spawnSync } from 'node:child_process';

const has = (tool: string): boolean => spawnSync(tool, ['--version']).status === 0;

/**
 * Makes sure that both are there.
 * @throws Error saying what to install, where that can't be done from here
 */
export function ensurePrometheus(): void {
  if (has('promtool') && has('prometheus')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Without what comes along: exporters of the machine, which nobody here asks.
  const install = [
    'install',
    '-y',
    '-qq',
    '--no-install-recommends',
    '-o',
    'DPkg::Lock::Timeout=300',
    'prometheus',
  ];
  for (const args of [['update', '-qq'], install]) {
    const { status, stderr, error } = spawnSync('apt-get', args, { env, encoding: 'utf8' });
    if (status === 0) continue;
    const why = error?.message ?? stderr.trim().split('\n').at(-1);
    throw new Error(`Needs promtool and prometheus (Debian: apt-get install prometheus): ${why}`);
  }
}

/** What promtool says, on either stream. @throws Error with all of it when something is wrong */
export function promtool(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`promtool ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout + stderr;
}
