/**
 * Terms that go on when their step is asked again. Where a statute says by when somebody decides, asking once more is no
 * new application as long as nobody has answered: it was due when it was due. After an answer it is one, with a term of
 * its own. What is no statute's term begins anew with each attempt.
 */
import { knows } from './edition.ts';
import type { OngoingTerm, RouteState, StepRecord } from './route-state.ts';
import type { StepId } from './steps.ts';
import type { Term } from './terms.ts';
import { stepOf } from './template.ts';

/** The term that the next attempt at a step takes over; undefined where that has one of its own. */
export function ongoingTerm(state: RouteState, stepId: StepId): OngoingTerm | undefined {
  const record = state.steps[stepId];
  if (!record || !knows(state, 2)) return undefined;
  if (record.status === 'blocked') return record.ongoing;
  const isUnanswered = record.status === 'open' || record.status === 'technical';
  const { rule, dueAt, source, remindAt, reminded, overdue, escalateAt } = record;
  // Nobody answers a period: it is time that the person has.
  if (!isUnanswered || !rule || !dueAt || stepOf(state, stepId).kind === 'period') return undefined;
  if (state.rules.terms[rule]?.kind !== 'statutory') return undefined;
  return {
    termSince: record.termSince ?? record.since,
    rule,
    dueAt,
    ...(source && { source }),
    ...(remindAt && { remindAt }),
    ...(reminded && { reminded }),
    ...(overdue && { overdue }),
    ...(escalateAt && { escalateAt }),
  };
}

/**
 * The term of a new attempt: the one that goes on, or one of its own. Another rule than before (a threat that came to
 * light) sets one of its own where that ends sooner.
 * @param own - what the step's rule sets now; undefined where the route's rules do not have it
 */
export function termOfAttempt(
  state: RouteState,
  stepId: StepId,
  rule: string,
  own: Term | undefined,
): Partial<StepRecord> {
  const ongoing = ongoingTerm(state, stepId);
  if (ongoing && (ongoing.rule === rule || !own || ongoing.dueAt <= own.dueAt)) return ongoing;
  // A route may meet, in newer code, a step whose rule its older set does not have: it waits without a term then.
  if (!own) return {};
  const { dueAt, remindAt, escalateAt } = own;
  return { rule, ...(stepOf(state, stepId).kind === 'period' ? { dueAt } : { dueAt, remindAt, escalateAt }) };
}
