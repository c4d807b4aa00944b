/** Reads one file of `rules/`, and checks what can be seen in it alone. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { RuleSet, type Rule } from '../../contracts/rule-set.ts';
import { SettingsError } from '../settings.ts';

/** A rule set, and the path under `rules/` at which it stands. */
export interface RuleFile<S extends RuleSet = RuleSet> {
  readonly file: string;
  readonly set: S;
}

const layers = [
  { layer: 'national', under: '.' },
  { layer: 'region', under: 'regions' },
  { layer: 'municipality', under: 'municipalities' },
] as const;

/**
 * Every rule set in a folder: national ones in it, those of regions and of municipalities in folders of their own.
 * @throws SettingsError: one line that names file and fault
 */
export async function readRuleFiles(folder: string): Promise<RuleFile[]> {
  const files: RuleFile[] = [];
  for (const { layer, under } of layers)
    for (const name of await jsonFilesIn(join(folder, under))) {
      const path = join(under, name);
      const { set, file } = await readRuleFile(folder, path);
      if (set.layer !== layer)
        throw fault(file, `its layer is ${set.layer}, in the folder of layer ${layer}`);
      files.push({ set, file });
    }
  return files;
}

/** A fault of one file, as one line. */
export function fault(file: string, what: string): SettingsError {
  return new SettingsError(`${file}: ${what.replaceAll('\n', ' ')}`);
}

export async function jsonFilesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // no region or municipality sets anything
    throw error;
  }
}

async function readRuleFile(folder: string, path: string): Promise<RuleFile> {
  const file = join('rules', path);
  const result = RuleSet.safeParse(jsonOf(file, await readFile(join(folder, path), 'utf8')));
  if (!result.success) {
    const wrong = result.error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
    throw fault(file, wrong.join('; '));
  }
  const set = result.data;
  if (`${set.id}.json` !== basename(path)) throw fault(file, `its id is ${set.id}`);
  checkDates(file, set.rules);
  return { file, set };
}

export function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw fault(file, `no JSON: ${(error as Error).message}`);
  }
}

/** On no day may a file say two things about one rule. */
function checkDates(file: string, rules: readonly Rule[]): void {
  for (const [i, rule] of rules.entries()) {
    const { id, from, until } = rule;
    if (until !== undefined && until < from)
      throw fault(file, `${id} holds until ${until}, before it begins on ${from}`);
    const other = rules.slice(0, i).find((earlier) => earlier.id === id && overlap(earlier, rule));
    if (other) throw fault(file, `two rules ${id} hold on ${other.from > from ? other.from : from}`);
  }
}

/** Whether there is a day on which both rules hold. */
export function overlap(one: Rule, other: Rule): boolean {
  return one.from <= (other.until ?? '9999') && other.from <= (one.until ?? '9999');
}
