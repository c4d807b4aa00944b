/** The dates of one attempt at a step. */
import type { RouteRules } from './rules.ts';
import { endOfTerm, shareOfTerm } from './terms.ts';

export interface TermDates {
  readonly dueAt: string;
  /** When the party is reminded. */
  readonly remindAt: readonly string[];
  /** When the process director is told. */
  readonly escalateAt: string;
}

/** The dates that a rule sets from a moment on; undefined when the route's rules have no such rule. */
export function termFor(rules: RouteRules, rule: string, from: string): TermDates | undefined {
  const term = rules.terms[rule];
  if (!term) return undefined;
  const dueAt = endOfTerm(from, term.limit, rules.publicHolidays);
  return {
    dueAt,
    remindAt: [shareOfTerm(from, dueAt, rules.reminderShare)],
    escalateAt: endOfTerm(dueAt, rules.set === 'demo' ? 'PT5S' : 'P7D', rules.publicHolidays),
  };
}
