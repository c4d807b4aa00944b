// npm run temporal -- workflow list: the Temporal CLI that the set-up found, reading what is encrypted.
import { spawnSync } from 'node:child_process';
import { runMain } from './lib/errors.mjs';
import { createLog } from './lib/log.mjs';
import { setUp } from './set-up.mjs';

async function main() {
  const log = { ...createLog(process.stderr), line: () => {} }; // what it found is no news here
  const { temporal } = await setUp({ needs: ['temporal'], log });
  const args = process.argv.slice(2);
  // Whoever names another one, or '' for what has nothing to encrypt, gets that.
  const wantsCodec = args[0] === 'workflow' && !args.includes('--codec-endpoint');
  const codec = ['--codec-endpoint', `http://127.0.0.1:${process.env.PORT || 8080}/codec`];
  const { TEMPORAL_ADDRESS, TEMPORAL_PORT } = process.env;
  const env = { ...process.env, TEMPORAL_ADDRESS: TEMPORAL_ADDRESS || `127.0.0.1:${TEMPORAL_PORT || 7233}` };
  const { status } = spawnSync(temporal, [...args, ...(wantsCodec ? codec : [])], {
    env,
    stdio: 'inherit',
  });
  return status ?? 1;
}

await runMain(main);
