/**
 * The step: ask, wait, remember. Memoised in the state, so a stage function starts from the top after each
 * continue-as-new and walks past what is done.
 */
import { canBegin } from '../domain/facts.ts';
import { isPassed, type StepRecord } from '../domain/route-state.ts';
import { reach } from '../domain/step-transitions.ts';
import { isOfClosure, type StepId } from '../domain/steps.ts';
import { extraBefore, stepOf } from '../domain/template.ts';
import { isHandedOver } from '../domain/track-owner.ts';
import { sendRequest } from './request.ts';
import type { Route } from './route.ts';

/**
 * Comes to a step and waits until it is done; before that, to what the target group's template puts in front of it. Returns
 * its record at once when it was done before.
 */
export async function step(route: Route, stepId: StepId): Promise<StepRecord> {
  const extra = isPassed(route.state.steps[stepId]) ? [] : extraBefore(route.state, stepId);
  if (extra.length > 0) await Promise.all(extra.map((id) => step(route, id)));
  for (;;) {
    // A run in which something is to be met anew meets nothing more: the next one comes to all of it from the top.
    if (route.state.rerun) return new Promise(() => undefined);
    // A route that ends comes to no further step but those of its closure.
    if (route.state.ending && !isOfClosure(stepId)) return new Promise(() => undefined);
    // Somebody else looks after the rest of its track.
    if (isHandedOver(route.state, stepId)) return route.state.steps[stepId]!;
    route.change((state, now) => reach(state, stepId, now));
    const record = route.state.steps[stepId]!;
    if (isPassed(record)) return record;
    if (record.status === 'open' && stepOf(route.state, stepId).kind === 'request' && !record.sentAt)
      await sendRequest(route, stepId, record);
    else await route.until(() => hasMoved(route, stepId, record));
  }
}

/** Waits until a step that belongs to another stage is done. */
export async function done(route: Route, stepId: StepId): Promise<StepRecord> {
  await route.until(() => isPassed(route.state.steps[stepId]));
  return route.state.steps[stepId]!;
}

function hasMoved(route: Route, stepId: StepId, before: StepRecord): boolean {
  if (route.state.steps[stepId] !== before) return true;
  return before.status === 'blocked' && canBegin(route.state, stepId);
}
