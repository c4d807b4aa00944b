/** Tells partners which of their requests are off, when a route ends before its time. */
import { isCancellation, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/create-activities.ts';
import { released } from '../domain/finish-step.ts';
import { requestIdOf } from '../domain/request-id.ts';
import { isOutside, stepIds, steps, type StepId } from '../domain/steps.ts';
import { stepText } from '../domain/texts.ts';
import type { Route } from './route.ts';

/** Releases every withdrawn request that a partner had accepted. Asking twice is harmless. */
export async function releaseRequests(route: Route): Promise<void> {
  const pending = stepIds.filter((id) => {
    const record = route.state.steps[id];
    return record?.status === 'withdrawn' && record.sentAt;
  });
  await Promise.all(pending.map((id) => release(route, id)));
}

async function release(route: Route, stepId: StepId): Promise<void> {
  const { party } = steps[stepId];
  if (!isOutside(party)) return;
  const { routeId, steps: records } = route.state;
  const activities = proxyActivities<Activities>({
    startToCloseTimeout: '30s',
    heartbeatTimeout: '6s',
    // A partner that stays away for a day must not keep a route from its end: it will see the route closed.
    scheduleToCloseTimeout: '1 day',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1h' },
    summary: `${stepText(stepId, 'nl')}: ingetrokken (${party})`,
  });
  try {
    await activities[`${party}.release`]({
      requestId: requestIdOf(routeId, stepId, records[stepId]!.attempt),
    });
  } catch (error) {
    if (isCancellation(error)) throw error;
    return; // told in the history; the step stays withdrawn without a release
  }
  route.change((state, now) => released(state, stepId, now));
}
