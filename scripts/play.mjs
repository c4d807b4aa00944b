// npm run play -- examples/eva.json [--fast] [--rules nl] [--language nl]: gets the packages, then plays one scenario.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { runMain } from './lib/errors.mjs';
import { createLog } from './lib/log.mjs';
import { setUp } from './set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

async function main() {
  await setUp({ log: createLog(process.stderr), needs: ['dependencies'] });
  const script = ['--import', import.meta.resolve('tsx'), fileURLToPath(new URL('play.ts', import.meta.url))];
  // Where the caller stands, so that a path means the same to both.
  const cwd = process.env.INIT_CWD || process.cwd();
  const env = { ...process.env, TSX_TSCONFIG_PATH: `${root}tsconfig.json` };
  const child = spawn(process.execPath, [...script, ...process.argv.slice(2)], {
    cwd,
    env,
    stdio: 'inherit',
  });
  // Ctrl-C reaches the player itself, which stops everything; whoever ends this one alone ends both.
  process.on('SIGINT', () => {});
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

await runMain(main);
