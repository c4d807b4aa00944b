/** A partner whose system has no more to tell once it has taken a request: what was asked is done with that. */
import { finished } from './finish-step.ts';
import type { RouteState } from './route-state.ts';
import { accepted } from './step-transitions.ts';
import type { StepId } from './steps.ts';
import { partyOf } from './template.ts';

/** The partner took the request of this attempt, and the step is done; nothing changes where it was answered meanwhile. */
export function doneAtOnce(state: RouteState, stepId: StepId, attempt: number, now: string): RouteState {
  const taken = accepted(state, stepId, attempt, now);
  return taken === state ? state : finished(taken, stepId, partyOf(stepId), now);
}
