/** What there is: steps and rule sets are looked up before anything is asked of a route, so that a slip of the pen is one line. */
import { join } from 'node:path';
import { Party } from '../../contracts/vocabulary.ts';
import { isExtraStepId, isProcessStepId, stepIds, type StepId } from '../../domain/steps.ts';
import { readRuleFiles } from '../../platform/rule-sets/read.ts';
import { SettingsError } from '../../platform/settings.ts';

const rules = join(import.meta.dirname, '..', '..', 'rules');
/** So many letters wrong is still a slip of the pen. */
const slipOf = 3;

/**
 * The id of a step: one of the process, or one that the template of a target group may have added
 * (`extra.{party}.{name}`; whether a route has it, the route says).
 * @throws SettingsError with the nearest ones, or with all
 */
export function stepOf(written: string): StepId {
  if (isProcessStepId(written)) return written;
  if (isExtraStepId(written) && Party.options.some((party) => party === written.split('.')[1]))
    return written;
  const near = stepIds.filter((id) => distance(id, written) <= slipOf);
  const may = near.length > 0 ? `do you mean ${near.join(' or ')}?` : `choose one of ${stepIds.join(', ')}`;
  throw new SettingsError(`There is no step ${written}: ${may}`);
}

/** The id of a national rule set. @throws SettingsError with those that there are */
export async function ruleSetOf(written: string): Promise<string> {
  const files = await readRuleFiles(rules);
  const ids = files.flatMap(({ set }) => (set.layer === 'national' ? [set.id] : [])).sort();
  if (ids.includes(written)) return written;
  throw new SettingsError(
    `--rule-set: there is no national rule set ${written}; there are ${ids.join(', ')}`,
  );
}

/** How many letters are to be put in, left out or changed (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1)
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (a[i] === b[j] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
