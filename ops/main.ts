/** npm run ops -- COMMAND: what operations can not do in the Temporal UI. Each command is a file in ops/commands. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SettingsError } from '../platform/settings.ts';
import type { OpsCommand } from './lib/command.ts';
import { endOf } from './lib/fault.ts';

const folder = join(import.meta.dirname, 'commands');

async function commands(): Promise<OpsCommand[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort();
  return Promise.all(files.map((file) => import(join(folder, file)) as Promise<OpsCommand>));
}

const usageOf = ({ name, usage }: OpsCommand): string =>
  `${name} ${usage.trim().split('\n').join('\n      ')}`;

const usageOfAll = (all: readonly OpsCommand[]): string =>
  [
    'Usage: npm run ops -- COMMAND [--json]',
    ...all.map((each) => `  ${usageOf(each)}`),
    'Nothing is changed without --yes. docs/runbook.md says when to use what.',
  ].join('\n');

/** Where `npm start` and `npm run temporal` find Temporal, and have the API. */
const addressIn = (env: NodeJS.ProcessEnv): string =>
  env['TEMPORAL_ADDRESS'] || `127.0.0.1:${env['TEMPORAL_PORT'] || 7233}`;

const apiIn = (env: NodeJS.ProcessEnv): string => env['API_URL'] || `http://127.0.0.1:${env['PORT'] || 8080}`;

const address = addressIn(process.env);

async function main([asked, ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const all = await commands();
  if (asked === undefined || asked === 'help' || asked === '--help') {
    process.stdout.write(`${usageOfAll(all)}\n`);
    return 0;
  }
  const command = all.find(({ name }) => name === asked);
  if (!command) throw new SettingsError(`${asked}: choose one of ${all.map(({ name }) => name).join(', ')}`);
  if (args.includes('--help')) {
    process.stdout.write(`Usage: npm run ops -- ${usageOf(command)}\n`);
    return 0;
  }
  return command.run(args, { ...env, TEMPORAL_ADDRESS: address, API_URL: apiIn(env) });
}

const args = process.argv.slice(2);
try {
  process.exit(await main(args, process.env));
} catch (error) {
  const { code, line } = endOf(error, address);
  if (args.includes('--json')) process.stdout.write(`${JSON.stringify({ error: line, exitCode: code })}\n`);
  process.stderr.write(`${line}\n`);
  process.exit(code);
}
