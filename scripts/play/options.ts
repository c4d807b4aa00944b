/** What `npm run play` is asked for. */
import { parseArgs } from 'node:util';
import { Language } from '../../contracts/vocabulary.ts';
import { SettingsError } from '../../platform/settings.ts';

export const usage = 'Usage: npm run play -- examples/eva.json [--fast] [--rules nl|demo] [--language nl|en]';

/** Somebody asked how it is called. */
export class HelpAsked extends Error {
  override readonly name = 'HelpAsked';
}

export interface Options {
  /** A scenario, or a folder with one. */
  readonly path: string;
  /** Months pass in a moment; else in their own time. */
  readonly fast: boolean;
  /** Id of a national rule set; left out: the one that the scenario is made for, and in real time `demo`. */
  readonly rules?: string;
  readonly language: Language;
}

/** @throws SettingsError one line that names the option; HelpAsked with what there is to ask for */
export function optionsOf(args: string[]): Options {
  const { values, positionals } = parsed(args);
  if (values.help) throw new HelpAsked(usage);
  const [path, ...more] = positionals;
  if (path === undefined) throw new SettingsError(usage);
  if (more.length > 0) throw new SettingsError(`One scenario at a time, and not ${more.join(', ')} as well.`);
  const { fast = false, rules } = values;
  const language = Language.safeParse(values.language ?? 'nl');
  if (!language.success) throw new SettingsError(`--language ${values.language}: choose one of nl, en.`);
  return { path, fast, language: language.data, ...(rules !== undefined && { rules }) };
}

function parsed(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        fast: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        rules: text,
        language: text,
      },
    });
  } catch (error) {
    const [first] = (error as Error).message.split('. ');
    throw new SettingsError(`${first}. ${usage}`);
  }
}
