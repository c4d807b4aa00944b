/** Reads the templates of the target groups, and checks what they say against steps and rules. */
import { join } from 'node:path';
import { TargetGroupTemplate } from '../../contracts/target-group.ts';
import type { RuleSet } from '../../contracts/rule-set.ts';
import { ProcessFact } from '../../contracts/vocabulary.ts';
import { isProcessStepId, steps } from '../../domain/steps.ts';
import { checkName, fault, jsonFilesIn, readChecked } from './read.ts';

const under = 'target-groups';

/** Until the registry was asked nobody knows who the person is: no other party can be asked anything before that. */
const tooEarly: ReadonlySet<string> = new Set([
  'intake.identity',
  'intake.personal-plan',
  'intake.registry-check',
]);

/**
 * Every template in `rules/target-groups/`, by id.
 * @param sets - every rule set, by id: a template's rules are theirs
 * @throws SettingsError: one line that names file and fault
 */
export async function readTargetGroups(
  folder: string,
  sets: ReadonlyMap<string, RuleSet>,
): Promise<ReadonlyMap<string, TargetGroupTemplate>> {
  const groups = new Map<string, TargetGroupTemplate>();
  for (const name of await jsonFilesIn(join(folder, under))) {
    const { file, data: group } = await readChecked(TargetGroupTemplate, folder, join(under, name));
    checkName(file, group);
    const wrong = faultOf(group, sets) ?? clash(group, groups);
    if (wrong) throw fault(file, wrong);
    groups.set(group.id, group);
  }
  return groups;
}

function faultOf(
  { steps: extra, terms }: TargetGroupTemplate,
  sets: ReadonlyMap<string, RuleSet>,
): string | undefined {
  const national = [...sets.values()].filter((set) => set.layer === 'national');
  for (const { id, before, needs } of extra) {
    if (extra.filter((each) => each.id === id).length > 1) return `${id} stands among its steps twice`;
    if (!isProcessStepId(before)) return `${id}: there is no step ${before} of the process`;
    if (tooEarly.has(before)) return `${id}: ${before} comes before anybody knows who the person is`;
    if (steps[before].track === 'closure') return `${id}: the closure of a route waits for nothing else`;
    const unknown = needs.find((fact) => !ProcessFact.safeParse(fact).success);
    if (unknown) return `${id}: ${unknown} is no fact of the process`;
  }
  for (const [stepId, rule] of Object.entries(terms)) {
    if (!isProcessStepId(stepId)) return `terms: there is no step ${stepId} of the process`;
    const usual = steps[stepId].rule;
    const law = national.find(({ rules }) =>
      rules.some(({ id, kind }) => id === usual && kind === 'statutory'),
    );
    if (law)
      return `terms: ${usual} sets the term of ${stepId} in ${law.id} by law; ${rule} can't take its place`;
  }
  for (const rule of [...extra.map((each) => each.rule), ...Object.values(terms)]) {
    const lacking = national.find(({ rules }) => rules.every(({ id }) => id !== rule));
    if (lacking) return `the national rule set ${lacking.id} has no rule ${rule}`;
  }
  return undefined;
}

/** A route from a place follows one template where nothing is said, and not the one or the other by chance. */
function clash(
  { origins }: TargetGroupTemplate,
  earlier: ReadonlyMap<string, TargetGroupTemplate>,
): string | undefined {
  for (const other of earlier.values()) {
    const both = origins.find((origin) => other.origins.includes(origin));
    if (both) return `${other.id} is the template of ${both} already`;
  }
  return undefined;
}
