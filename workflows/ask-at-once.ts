/**
 * Asking within the workflow task itself, by a local activity: one event in place of six, when the partner takes the
 * request at once.
 *
 * A workflow task can end before its local activity does: a Query was waiting, or the worker stood still for ten
 * seconds. What came in meanwhile may then be replayed in another order than it was heard. The run is left in the same
 * workflow task: one that has continued as new is never replayed.
 */
import { isCancellation, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { AgreementActivities } from '../activities/agreement-activities.ts';
import type { Activities } from '../activities/create-activities.ts';
import { knows } from '../domain/edition.ts';
import type { Route } from './route.ts';

/** The activities, as a workflow task can run them itself. */
type AtOnce = ReturnType<typeof proxyLocalActivities<Activities & AgreementActivities>>;

/**
 * Asks by a local activity, once. Whatever that fails by, a regular activity decides about: its failures stand in the
 * history, and of two local ones that end together nothing is left whose order a replay could confuse.
 * @returns undefined when nobody answered at once
 */
export async function askAtOnce<T>(
  route: Route,
  ask: (activities: AtOnce) => Promise<T>,
  summary: string,
): Promise<T | undefined> {
  const before = { task: workflowInfo().historyLength, arrivals: route.arrivals };
  const activities = proxyLocalActivities<Activities & AgreementActivities>({
    // Shorter than the API waits for an Update: its answer leaves only when this workflow task is complete.
    startToCloseTimeout: '1s',
    retry: { maximumAttempts: 1 },
    summary,
  });
  route.askedAtOnce += 1;
  try {
    // In no scope that is called off: it is over within a second, and half of it could not be replayed.
    return await ask(activities);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return undefined;
  } finally {
    route.askedAtOnce -= 1;
    route.hearsTask = false;
    if (workflowInfo().historyLength !== before.task)
      route.heardBefore = Math.min(route.heardBefore, before.arrivals);
  }
}

/**
 * Leaves a run in which something came in while a partner was asked, and the task ended. To be called at rest: what came
 * in together with the answer counts as well. A run that is being rebuilt comes to this place since the server refused its
 * end, for something else had come in: it is left as soon as that was heard as well.
 */
export function leaveIfSplit(route: Route): void {
  const isRebuilt = knows(route.state, 3) && workflowInfo().unsafe.isReplaying;
  if (route.arrivals > route.heardBefore) route.isToBeLeft = true;
  if (route.isToBeLeft && !isRebuilt && !route.split) {
    route.split = true;
    route.tell();
  }
  route.heardBefore = Infinity;
}
