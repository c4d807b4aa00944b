/** Loads the rule sets that stand in `rules/`, and checks them: a wrong one stops the start, with every fault named. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { RuleSet } from '../contracts/rule-set.ts';
import { rulesOn } from '../domain/rules.ts';
import { SettingsError } from './settings.ts';

const folder = join(import.meta.dirname, '..', 'rules');

/**
 * Reads every rule set.
 * @param day - the day (YYYY-MM-DD) on which each step must have its rule
 * @throws SettingsError naming file and fault
 */
export async function loadRuleSets(day: string): Promise<ReadonlyMap<string, RuleSet>> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const sets = await Promise.all(files.map((name) => loadRuleSet(name, day)));
  return new Map(sets.map((set) => [set.id, set]));
}

async function loadRuleSet(file: string, day: string): Promise<RuleSet> {
  const result = RuleSet.safeParse(JSON.parse(await readFile(join(folder, file), 'utf8')));
  if (!result.success) {
    const wrong = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new SettingsError(`rules/${file}: ${wrong.join('; ')}`);
  }
  if (`${result.data.id}.json` !== basename(file))
    throw new SettingsError(`rules/${file}: its id is ${result.data.id}`);
  try {
    rulesOn(result.data, day);
  } catch (error) {
    throw new SettingsError(`rules/${file}: ${(error as Error).message}`);
  }
  return result.data;
}
