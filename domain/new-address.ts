/**
 * A new home is a new address: the person reports the move to the municipality within five days, by which a postal address
 * ends (Wet BRP art. 2.39(1)), and says to who pays a benefit where they live now and what that costs (Participatiewet
 * art. 17(1)). Nobody does that for them: their case manager is told, and sees to it with them.
 */
import { knows } from './edition.ts';
import type { Notice } from './outbox.ts';
import { requestIdOf } from './request-id.ts';
import { changed, isPassed, type RouteState } from './route-state.ts';
import { endOfTerm } from './terms.ts';

const stepId = 'housing.key-handover' as const;
const rule = 'Wet BRP art. 2.39(1)';

/** Tells the case manager in the transition in which the keys are handed over. @param before - the state before that */
export function withNewAddressTold(before: RouteState, state: RouteState, now: string): RouteState {
  const record = state.steps[stepId];
  if (!record || !isPassed(record) || isPassed(before.steps[stepId]) || !knows(state, 7)) return state;
  const dueAt = endOfTerm(now, { limit: 'P5D', kind: 'statutory' }, state.rules.calendar);
  const notice: Notice = {
    what: 'notice',
    key: `${requestIdOf(state.routeId, stepId, record.attempt)}:new-address`,
    kind: 'new-address',
    to: 'case-manager',
    stepId,
    dueAt,
    rule,
  };
  const entry = { what: 'address-to-report', by: 'calendar', stepId, dueAt, rule };
  return changed(state, now, entry, { outbox: [...state.outbox, notice] });
}
