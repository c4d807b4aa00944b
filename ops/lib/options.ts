/** What is written behind a command: checked with zod; what is wrong is one line. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { z } from 'zod';
import { SubjectId } from '../../contracts/ids.ts';
import { SettingsError } from '../../platform/settings.ts';

/** Options that take no value. */
const flags: ReadonlySet<string> = new Set(['json', 'yes', 'cancel']);

/**
 * Reads options and what stands beside them (`words`).
 * @throws SettingsError naming each option that is wrong
 */
export function optionsOf<S extends z.ZodObject>(
  args: readonly string[],
  schema: S,
): z.output<S> & { readonly words: readonly string[] } {
  const names = Object.keys(schema.shape);
  const options = Object.fromEntries(
    names.map((name) => [name, { type: flags.has(name) ? 'boolean' : 'string' } as const]),
  );
  const { values, positionals } = parsed(args, options);
  const result = schema.safeParse(values);
  if (!result.success)
    throw new SettingsError(
      result.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('; '),
    );
  return { ...result.data, words: positionals };
}

function parsed(args: readonly string[], options: NonNullable<ParseArgsConfig['options']>) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new SettingsError((error as Error).message.split('\n')[0]);
  }
}

/** Of every command that looks. */
export const looking = { json: z.boolean().default(false) };

/** Of every command that changes something. */
export const changing = {
  ...looking,
  yes: z.boolean().default(false),
  by: SubjectId.max(32).describe('Who does it, such as ops-1'),
  reason: z.string().trim().min(1).max(500).describe('Why; stands in the timeline of each route, sealed'),
};

/** A word that must be there. @throws SettingsError */
export function wordOf(words: readonly string[], at: number, what: string): string {
  const word = words[at];
  if (word === undefined) throw new SettingsError(`${what} is missing`);
  return word;
}
