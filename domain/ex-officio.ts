/**
 * Ex officio registration: who has no address and no one to give one is registered by the municipality itself, at an
 * address of its own (Wet BRP art. 2.23). A step beside the request that was refused, so that an objection to the refusal
 * goes on meanwhile; what comes first calls the other off (postal-address.ts).
 */
import type { CommandOf } from './command.ts';
import { isObjecting } from './objection-term.ts';
import { Refused } from './refusal.ts';
import { changed, isPassed, type RouteState } from './route-state.ts';
import { again } from './step-transitions.ts';

const stepId = 'income.ex-officio';
const request = 'income.postal-address';

/** Whether it was asked and has neither come to its end nor been called off. */
export function isAskedExOfficio({ steps }: RouteState): boolean {
  const record = steps[stepId];
  return record !== undefined && !isPassed(record) && record.status !== 'withdrawn';
}

/** Whether it may be asked: the postal address was refused, and nobody is asked for this already. */
export const canAskExOfficio = (state: RouteState): boolean => isRefused(state) && !isUnanswered(state);

/** Also while an objection to the refusal is under way. */
const isRefused = ({ steps }: RouteState): boolean =>
  steps[request]?.status === 'refused' || isObjecting(steps[request]);

const isUnanswered = (state: RouteState): boolean =>
  isAskedExOfficio(state) && state.steps[stepId]?.status !== 'refused';

/**
 * Asks the municipality for it. One that was refused may be asked once more.
 * @throws Refused step-not-refused, ex-officio-under-way
 */
export function askExOfficio(
  state: RouteState,
  { reason: note }: CommandOf<'ask-ex-officio'>,
  by: string,
  now: string,
): RouteState {
  if (!isRefused(state))
    throw new Refused('step-not-refused', 'No request for a postal address stands refused.');
  if (isUnanswered(state))
    throw new Refused('ex-officio-under-way', 'The municipality is asked for this already.');
  return again(changed(state, now, { what: 'ex-officio-asked', by, stepId, note }, {}), stepId, now);
}
