/** Steps that the process meets only after a later version put them where the route has been already. */
import { withoutAnswers } from './early-news.ts';
import { factsOf } from './facts.ts';
import { requestIdOf } from './request-id.ts';
import { changed, isPassed, withStep, type RouteState, type StepRecord } from './route-state.ts';
import type { StepId } from './steps.ts';
import { stepIdsOf, stepOf } from './template.ts';

/**
 * Whether a step that the route never came to lies behind it: a later one of its track is passed. A step that says
 * otherwise, or that gives something nothing else gives (a fact that does not hold, something essential), does not.
 */
export function isOvertaken(state: RouteState, stepId: StepId): boolean {
  const { track, yields, essential, askedWhenPassed } = stepOf(state, stepId);
  if (state.steps[stepId] || essential || askedWhenPassed) return false;
  if (yields && !factsOf(state).includes(yields)) return false;
  const all = stepIdsOf(state);
  const later = all.slice(all.indexOf(stepId) + 1);
  return later.some(
    (id) => stepOf(state, id).track === track && !stepOf(state, id).beside && isPassed(state.steps[id]),
  );
}

/** Counts a step as passed of which nobody was asked anything; a redo still asks it. */
export function notAsked(state: RouteState, stepId: StepId, now: string): RouteState {
  const record: StepRecord = { status: 'not-asked', attempt: 1, since: now, closedAt: now };
  const entry = { what: 'step-not-asked', by: 'calendar', stepId };
  // A partner may have answered it early, before there was a step to wait for.
  const asked = requestIdOf(state.routeId, stepId, record.attempt);
  return changed(state, now, entry, {
    ...withStep(state, stepId, record),
    ...withoutAnswers(state, [asked], 'step-not-needed', now),
  });
}
