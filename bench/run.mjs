// node bench/run.mjs api|cost|digest|memory|recovery|ledger|views [...ARGS]: gets the Temporal server if it is missing, then measures.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { runMain, SettingError } from '../scripts/lib/errors.mjs';
import { createLog } from '../scripts/lib/log.mjs';
import { setUp } from '../scripts/set-up.mjs';

const benches = ['api', 'cost', 'digest', 'memory', 'recovery', 'ledger', 'views'];
const root = fileURLToPath(new URL('..', import.meta.url));

async function main() {
  const [name = '', ...args] = process.argv.slice(2);
  if (!benches.includes(name)) throw new SettingError(`Choose one of ${benches.join(', ')}.`);
  const { temporal } = await setUp({ log: createLog(), needs: ['dependencies', 'temporal'] });
  const env = { ...process.env, TEMPORAL_CLI_PATH: temporal };
  const script = ['--import', 'tsx', `bench/${name}.ts`, ...args];
  const [code] = await once(spawn(process.execPath, script, { cwd: root, env, stdio: 'inherit' }), 'exit');
  return code ?? 1;
}

await runMain(main);
