// npm run test:versions: gets what is missing, then tries pinned worker versions on a real server (test/versions/main.ts).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { runMain } from './lib/errors.mjs';
import { createLog } from './lib/log.mjs';
import { setUp } from './set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

async function main() {
  const { temporal, temporalServer } = await setUp({
    log: createLog(),
    needs: ['dependencies', 'temporal', 'temporal-server'],
  });
  const script = ['--import', 'tsx', 'test/versions/main.ts'];
  const env = { ...process.env, TEMPORAL_CLI_PATH: temporal, TEMPORAL_SERVER_PATH: temporalServer };
  const [code] = await once(spawn(process.execPath, script, { cwd: root, env, stdio: 'inherit' }), 'exit');
  return code ?? 1;
}

await runMain(main);
