/**
 * A new home is a new address: the person reports the move to the municipality within five days, by which a postal address
 * ends (Wet BRP art. 2.39(1)), and says to who pays a benefit where they live now and what that costs (Participatiewet
 * art. 17(1)). Nobody does that for them: their case manager is told, and sees to it with them.
 */
import { knows } from './edition.ts';
import type { Notice } from './outbox.ts';
import { requestIdOf } from './request-id.ts';
import { changed, isPassed, type RouteState } from './route-state.ts';
import { stepUnderWay } from './route-notices.ts';
import { sourceOf } from './rules.ts';
import type { StepId } from './steps.ts';
import { endOfTerm, termFor } from './terms.ts';

const stepId = 'housing.key-handover' as const;
const rule = 'housing.new-address';
/** Of rules that are older than it. */
const usual = { limit: 'P5D', kind: 'statutory' } as const;
const basis = 'Wet BRP art. 2.39(1)';

/** Tells the case manager in the transition in which the keys are handed over. @param before - the state before that */
export function withNewAddressTold(before: RouteState, state: RouteState, now: string): RouteState {
  const record = state.steps[stepId];
  if (!record || !isPassed(record) || isPassed(before.steps[stepId]) || !knows(state, 7)) return state;
  return told(state, { stepId, key: requestIdOf(state.routeId, stepId, record.attempt) }, now);
}

/** The same where somebody recorded that the person moved. */
export function withMoveTold(state: RouteState, now: string): RouteState {
  if (!knows(state, 8)) return state;
  return told(state, { stepId: stepUnderWay(state), key: `${state.routeId}:${state.revision}` }, now);
}

function told(state: RouteState, about: { stepId: StepId; key: string }, now: string): RouteState {
  const term = termFor(state.rules, rule, { from: now });
  const of = {
    stepId: about.stepId,
    dueAt: term?.dueAt ?? endOfTerm(now, usual, state.rules.calendar),
    rule: term ? rule : basis,
  };
  const source = term && { source: sourceOf(state.rules, rule) };
  const key = `${about.key}:new-address`;
  const notice: Notice = { what: 'notice', key, kind: 'new-address', to: 'case-manager', ...of, ...source };
  const entry = { what: 'address-to-report', by: 'calendar', ...of };
  return changed(state, now, entry, { outbox: [...state.outbox, notice] });
}
