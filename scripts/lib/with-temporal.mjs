import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setUp } from '../set-up.mjs';
import { createLog } from './log.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Gets what is missing, then runs a TypeScript program that starts Temporal itself, with the arguments of this one.
 * @param {string} path of the program, from the root
 * @returns {Promise<number>} its exit code
 */
export async function runWithTemporal(path) {
  const { temporal } = await setUp({ log: createLog(), needs: ['dependencies', 'temporal'] });
  const script = ['--import', 'tsx', path, ...process.argv.slice(2)];
  const env = { ...process.env, TEMPORAL_CLI_PATH: temporal };
  const [code] = await once(spawn(process.execPath, script, { cwd: root, env, stdio: 'inherit' }), 'exit');
  return code ?? 1;
}
