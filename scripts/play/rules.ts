/** The rules under which a scenario is played: those of the project, and over them those of its own folder. */
import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SettingsError } from '../../platform/settings.ts';
import { loadHousingBook } from '../../platform/housing-forms.ts';
import { loadRuleBook } from '../../platform/rule-sets.ts';

const ours = join(import.meta.dirname, '..', '..', 'rules');

export interface Rules {
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/**
 * Lays the folder `rules` of a scenario over the rules of the project, and checks all of it as the API does.
 * @param national - id of the rule set that routes are to begin under
 * @throws SettingsError: one line
 */
export async function rulesWith(scenarioFolder: string, national: string): Promise<Rules> {
  const own = join(scenarioFolder, 'rules');
  const hasOwn = await stat(own).then(
    () => true,
    () => false,
  );
  const folder = hasOwn ? await mkdtemp(join(tmpdir(), 'outflow-rules-')) : ours;
  const remove = async () => {
    if (hasOwn) await rm(folder, { recursive: true, force: true });
  };
  try {
    if (hasOwn) for (const from of [ours, own]) await cp(from, folder, { recursive: true });
    const now = new Date().toISOString();
    const { sets } = await loadRuleBook(now, folder);
    await loadHousingBook(now, folder);
    const known = [...sets.values()].filter(({ layer }) => layer === 'national').map(({ id }) => id);
    if (!known.includes(national))
      throw new SettingsError(`--rules ${national}: choose one of ${known.sort().join(', ')}.`);
    return { folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
