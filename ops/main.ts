/** `npm run ops -- COMMAND …`: what operations can not do in the Temporal UI. Each command is a file in ops/commands. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SettingsError } from '../platform/settings.ts';
import type { OpsCommand } from './lib/command.ts';

const folder = join(import.meta.dirname, 'commands');

async function commands(): Promise<OpsCommand[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort();
  return Promise.all(files.map((file) => import(join(folder, file)) as Promise<OpsCommand>));
}

function usageOf(all: readonly OpsCommand[]): string {
  const lines = all.map(({ name, usage }) => `  ${name} ${usage.trim().split('\n').join('\n      ')}`);
  return [
    'Usage: npm run ops -- COMMAND [--json]',
    ...lines,
    'Nothing is changed without --yes. docs/runbook.md says when to use what.',
  ].join('\n');
}

/** Where `npm start` and `npm run temporal` find Temporal. */
const withAddress = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...env,
  TEMPORAL_ADDRESS: env['TEMPORAL_ADDRESS'] || `127.0.0.1:${env['TEMPORAL_PORT'] || 7233}`,
});

async function main(): Promise<number> {
  const [asked, ...args] = process.argv.slice(2);
  const all = await commands();
  const command = all.find(({ name }) => name === asked);
  if (command) return command.run(args, withAddress(process.env));
  const isHelp = asked === undefined || asked === '--help' || asked === 'help';
  process[isHelp ? 'stdout' : 'stderr'].write(
    isHelp ? `${usageOf(all)}\n` : `There is no command ${asked}: npm run ops\n`,
  );
  return isHelp ? 0 : 2;
}

try {
  process.exit(await main());
} catch (error) {
  process.stderr.write(`${(error as Error).message.split('\n')[0]}\n`);
  process.exit(error instanceof SettingsError ? 2 : 1);
}
