/** What is written behind a command: checked with zod; what is wrong is one line, with what may stand there. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { z } from 'zod';
import { SubjectId } from '../../contracts/ids.ts';
import { PartnerParty } from '../../contracts/vocabulary.ts';
import { SettingsError } from '../../platform/settings.ts';

/** Options that take no value. */
const flags: ReadonlySet<string> = new Set(['json', 'yes', 'cancel', 'send', 'links', 'markdown']);

const moment = 'a moment in UTC, such as 2027-01-15T08:00:00Z';
const partners = `one of ${PartnerParty.options.join(', ')}`;
const aStep = 'a step, such as intake.skills';

/** What may stand behind each option: validators speak of types and patterns. */
const may: Readonly<Record<string, string>> = {
  by: 'who you are, an id such as ops-1',
  reason: "why, in 500 characters at the most, such as 'INC-4711: verzoek kwijt'",
  until: moment,
  hold: moment,
  query: `which open routes, such as "RouteHealth = 'Technical'"`,
  party: partners,
  retry: partners,
  redo: aStep,
  complete: aStep,
  release: 'yes',
  'rule-set': 'the id of a national rule set, such as nl',
  name: 'lower-case letters, digits and hyphens, 40 at the most, such as inc-4711',
  'per-second': 'so many routes a second, a number up to 100',
  'at-once': 'so many routes at once, a whole number from 1 to 10',
  'look-every': 'seconds, from 1 to 3600',
  to: 'the id of an event, such as 18',
};

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
    throw new SettingsError(result.error.issues.map((each) => inWords(each, values)).join('; '));
  return { ...result.data, words: positionals };
}

function inWords({ path, message }: z.core.$ZodIssue, given: object): string {
  const name = String(path[0]);
  const what = may[name] ?? message;
  return name in given ? `--${name}: ${what}` : `--${name} is missing: ${what}`;
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
