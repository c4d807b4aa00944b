/** Reads one file of `rules/`, and checks what can be seen in it alone. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { RuleSet } from '../../contracts/rule-set.ts';
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

/** Stands beside the national sets, and is none: see platform/housing-forms.ts. */
export const rentCapsFile = 'rent-caps.json';

/**
 * Every rule set in a folder: national ones in it, those of regions and of municipalities in folders of their own.
 * @throws SettingsError: one line that names file and fault
 */
export async function readRuleFiles(folder: string): Promise<RuleFile[]> {
  const files: RuleFile[] = [];
  for (const { layer, under } of layers)
    for (const name of await jsonFilesIn(join(folder, under))) {
      const path = join(under, name);
      if (path === rentCapsFile) continue;
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

/** The names of the data files in a folder, in order; none where there is no such folder. */
export async function jsonFilesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // no region or municipality sets anything
    throw error;
  }
}

async function readRuleFile(folder: string, path: string): Promise<RuleFile> {
  const { file, data: set } = await readChecked(RuleSet, folder, path);
  checkName(file, set);
  checkDates(file, 'rules', set.rules);
  checkDates(file, 'norms', set.norms ?? []);
  checkDates(file, 'rules for concerns', set.concerns ?? []);
  return { file, set };
}

/**
 * Reads one file of data by its schema.
 * @param path - of the file, under `folder`
 * @throws SettingsError: one line that names file and fault
 */
export async function readChecked<S extends z.ZodType>(
  schema: S,
  folder: string,
  path: string,
): Promise<{ file: string; data: z.output<S> }> {
  const file = join('rules', path);
  const result = schema.safeParse(jsonOf(file, await textOf(file, join(folder, path))));
  if (result.success) return { file, data: result.data };
  const wrong = result.error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
  throw fault(file, wrong.join('; '));
}

/** A file's name is the id of what stands in it. */
export function checkName(file: string, { id }: { readonly id: string }): void {
  if (`${id}.json` !== basename(file)) throw fault(file, `its id is ${id}`);
}

async function textOf(file: string, path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? fault(file, 'is not there') : error;
  });
}

function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw fault(file, `no JSON: ${(error as Error).message}`);
  }
}

/** What holds from a day on, until a day or for good; both included. */
interface Dated {
  readonly from: string;
  readonly until?: string | undefined;
}

/** On no day may a file say two things about one rule or form. */
export function checkDates(file: string, what: string, all: readonly (Dated & { id: string })[]): void {
  for (const [i, each] of all.entries()) {
    const { id, from, until } = each;
    if (until !== undefined && until < from)
      throw fault(file, `${id} holds until ${until}, before it begins on ${from}`);
    const other = all.slice(0, i).find((earlier) => earlier.id === id && overlap(earlier, each));
    if (other) throw fault(file, `two ${what} ${id} hold on ${other.from > from ? other.from : from}`);
  }
}

/** Whether there is a day on which both hold. */
export function overlap(one: Dated, other: Dated): boolean {
  return one.from <= (other.until ?? '9999') && other.from <= (one.until ?? '9999');
}
