// npm run test:faults [-- --quick]: gets what is missing, then kills every part at every step (test/faults/main.ts).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { runMain } from './lib/errors.mjs';
import { createLog } from './lib/log.mjs';
import { setUp } from './set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

async function main() {
  const { temporal } = await setUp({ log: createLog(), needs: ['dependencies', 'temporal'] });
  const script = ['--import', 'tsx', 'test/faults/main.ts', ...process.argv.slice(2)];
  const env = { ...process.env, TEMPORAL_CLI_PATH: temporal };
  const [code] = await once(spawn(process.execPath, script, { cwd: root, env, stdio: 'inherit' }), 'exit');
  return code ?? 1;
}

await runMain(main);
