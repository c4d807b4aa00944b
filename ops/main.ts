/** `npm run ops -- COMMAND`: what operations staff run. One file for each command in `ops/commands/`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SettingsError } from '../platform/settings.ts';

/** One command; `run` gives back the exit code. */
export interface Command {
  readonly name: string;
  /** One line: what is written behind the name, and what it does. */
  readonly usage: string;
  readonly run: (args: readonly string[], env: NodeJS.ProcessEnv) => Promise<number>;
}

async function commands(): Promise<Command[]> {
  const folder = join(import.meta.dirname, 'commands');
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  return Promise.all(files.sort().map((file) => import(join(folder, file)) as Promise<Command>));
}

try {
  const [name, ...args] = process.argv.slice(2);
  const all = await commands();
  const command = all.find((each) => each.name === name);
  if (!command) {
    const lines = all.map((each) => `  npm run ops -- ${each.name} ${each.usage}\n`);
    process.stderr.write(`Choose a command:\n${lines.join('')}`);
    process.exit(2);
  }
  process.exit(await command.run(args, process.env));
} catch (error) {
  process.stderr.write(`${(error as Error).message.split('\n')[0]}\n`);
  process.exit(error instanceof SettingsError ? 2 : 1);
}
