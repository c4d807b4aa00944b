/** npm run ops -- COMMAND: what operations do that the Temporal UI can't. */
import { isGrpcServiceError } from '@temporalio/client';
import { temporalAway } from '../platform/connection.ts';
import { OpsSettings, readSettings, SettingsError } from '../platform/settings.ts';
import { UsageError, type Command, type Io } from './command.ts';
import { check } from './commands/check.ts';
import { views } from './commands/views.ts';

const commands: readonly Command[] = [views, check];

const away: ReadonlySet<number> = new Set([4, 14]); // gRPC: deadline exceeded, unavailable

const usage = (): string =>
  [
    'Usage: npm run ops -- COMMAND',
    ...commands.map((each) => `  ${each.name} ${each.usage}\n      ${each.does}`),
  ].join('\n');

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (!name || name === 'help' || name === '--help') {
    process.stdout.write(`${usage()}\n`);
    return name ? 0 : 2;
  }
  const command = commands.find((each) => each.name === name);
  if (!command)
    throw new UsageError(`${name}: choose one of ${commands.map((each) => each.name).join(', ')}`);
  const io: Io = {
    settings: readSettings(OpsSettings, process.env),
    print: (line) => void process.stdout.write(`${line}\n`),
    tell: (line) => void process.stderr.write(`${line}\n`),
  };
  return command.run(args, io).catch((error: unknown) => {
    const code = causes(error).find(isGrpcServiceError)?.code;
    throw code !== undefined && away.has(code) ? temporalAway(io.settings.TEMPORAL_ADDRESS) : error;
  });
}

function causes(error: unknown): unknown[] {
  return error instanceof Error ? [error, ...causes(error.cause)] : [error];
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message.split('\n')[0] : String(error)}\n`);
  // What was asked, or how it was set, was wrong; a parser of arguments says so by its code.
  const isUsage =
    error instanceof UsageError ||
    error instanceof SettingsError ||
    String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
  process.exitCode = isUsage ? 2 : 1;
}
