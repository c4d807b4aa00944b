/** Which rule holds for which step, and on which day. */
import type { Limit, Rule, RuleSet } from '../contracts/rule-set.ts';
import type { TermSource } from '../contracts/views.ts';
import { stepIds, steps, type StepId } from './steps.ts';

/** The rules a route was started under: they travel with it, so that a later set changes nothing by itself. */
export interface RouteRules {
  readonly set: string;
  readonly version: string;
  readonly reminderShare: number;
  readonly unreachableAfter: string;
  readonly publicHolidays: readonly string[];
  readonly terms: Readonly<Record<string, { readonly limit: Limit; readonly basis: string }>>;
}

/** The first talk is due within three working days when a threat is known (Wgs art. 4(2)). */
const underThreat = { 'debt.first-talk': 'debt.first-talk.threat' } as const;

const needed = [...new Set([...stepIds.map((id) => steps[id].rule), ...Object.values(underThreat)])];

/**
 * The rules of a set that hold on a day.
 * @throws RangeError naming every rule that a step needs and the set does not have on that day, or has twice
 */
export function rulesOn(set: RuleSet, day: string): RouteRules {
  const holds = (rule: Rule) => rule.from <= day && (rule.until === undefined || day <= rule.until);
  const current = set.rules.filter(holds);
  const missing = needed.filter((id) => !current.some((rule) => rule.id === id));
  if (missing.length > 0)
    throw new RangeError(`Rule set ${set.id}: no rule on ${day} for ${missing.join(', ')}`);
  const twice = current.filter((rule, i) => current.findIndex((other) => other.id === rule.id) !== i);
  if (twice.length > 0)
    throw new RangeError(
      `Rule set ${set.id}: two rules on ${day} for ${twice.map((rule) => rule.id).join(', ')}`,
    );
  return {
    set: set.id,
    version: set.version,
    reminderShare: set.reminderShare,
    unreachableAfter: set.unreachableAfter,
    publicHolidays: set.publicHolidays,
    terms: Object.fromEntries(current.map(({ id, limit, basis }) => [id, { limit, basis }])),
  };
}

/** The id of the rule that sets a step's term. */
export function ruleOf(stepId: StepId, threatened: boolean): string {
  if (threatened && stepId === 'debt.first-talk') return underThreat[stepId];
  return steps[stepId].rule;
}

/** Where a date comes from, to be shown beside it. */
export function sourceOf(rules: RouteRules, rule: string): TermSource {
  return { rule, ruleSet: rules.set, version: rules.version, basis: rules.terms[rule]?.basis ?? rule };
}
