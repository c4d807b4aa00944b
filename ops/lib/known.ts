/** What there is: steps and rule sets are looked up before anything is asked of a route, so that a slip of the pen is one line. */
import { join } from 'node:path';
import { closestMatch } from 'leven';
import { Party } from '../../contracts/vocabulary.ts';
import { isExtraStepId, isProcessStepId, stepIds, type StepId } from '../../domain/steps.ts';
import { readRuleFiles } from '../../platform/rule-sets/read.ts';
import { SettingsError } from '../../platform/settings.ts';

/** So many letters wrong is still a slip of the pen. */
const slipOf = 3;
const rules = join(import.meta.dirname, '..', '..', 'rules');
/**
 * The id of a step: one of the process, or one that the template of a target group may have added
 * (`extra.{party}.{name}`; whether a route has it, the route says).
 * @throws SettingsError with the nearest one, or with all
 */
export function stepOf(written: string): StepId {
  if (isProcessStepId(written)) return written;
  if (isExtraStepId(written) && Party.options.some((party) => party === written.split('.')[1]))
    return written;
  const near = closestMatch(written, stepIds, { maxDistance: slipOf });
  const may = near ? `do you mean ${near}?` : `choose one of ${stepIds.join(', ')}`;
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
