/** npm run ops -- COMMAND: what operations can not do in the Temporal UI. Each command is a file in ops/commands. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isGrpcServiceError } from '@temporalio/client';
import { temporalAway } from '../platform/connection.ts';
import { SettingsError } from '../platform/settings.ts';
import type { OpsCommand } from './lib/command.ts';

const folder = join(import.meta.dirname, 'commands');
/** gRPC: deadline exceeded, unavailable. */
const away: ReadonlySet<number> = new Set([4, 14]);

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
const addressIn = (env: NodeJS.ProcessEnv): string =>
  env['TEMPORAL_ADDRESS'] || `127.0.0.1:${env['TEMPORAL_PORT'] || 7233}`;

async function main([asked, ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const all = await commands();
  if (asked === undefined || asked === 'help' || asked === '--help') {
    process.stdout.write(`${usageOf(all)}\n`);
    return asked === undefined ? 2 : 0;
  }
  const command = all.find(({ name }) => name === asked);
  if (!command) throw new SettingsError(`${asked}: choose one of ${all.map(({ name }) => name).join(', ')}`);
  const address = addressIn(env);
  return command.run(args, { ...env, TEMPORAL_ADDRESS: address }).catch((error: unknown) => {
    const code = causes(error).find(isGrpcServiceError)?.code;
    throw code !== undefined && away.has(code) ? temporalAway(address) : error;
  });
}

const causes = (error: unknown): unknown[] =>
  error instanceof Error ? [error, ...causes(error.cause)] : [error];

/** What was asked, or how it was set, was wrong; a parser of arguments says so by its code. */
const isUsage = (error: unknown): boolean =>
  error instanceof SettingsError ||
  String((error as { code?: unknown } | undefined)?.code).startsWith('ERR_PARSE_ARGS');

try {
  process.exit(await main(process.argv.slice(2), process.env));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message.split('\n')[0] : String(error)}\n`);
  process.exit(isUsage(error) ? 2 : 1);
}
