/**
 * Asking within the workflow task itself, by a local activity: one event in place of six, when the partner takes the
 * request at once.
 *
 * A workflow task can end before its local activity does: a Query was waiting, or the worker stood still for ten
 * seconds. What came in meanwhile may then be replayed in another order than it was heard. The run is left in the same
 * workflow task: one that has continued as new is never replayed.
 */
import { CancellationScope, isCancellation, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities/create-activities.ts';
import { atRest } from './at-rest.ts';
import type { Route } from './route.ts';

/** The activities, as a workflow task can run them itself. */
type AtOnce = ReturnType<typeof proxyLocalActivities<Activities>>;

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
  const activities = proxyLocalActivities<Activities>({
    // Shorter than the API waits for an Update: its answer leaves only when this workflow task is complete.
    startToCloseTimeout: '1s',
    retry: { maximumAttempts: 1 },
    summary,
  });
  route.askedAtOnce += 1;
  try {
    // Never called off: it is over within a second, and one that was called off can not be replayed half-way.
    return await CancellationScope.nonCancellable(() => ask(activities));
  } catch (error) {
    if (isCancellation(error)) throw error;
    return undefined;
  } finally {
    route.askedAtOnce -= 1;
    if (workflowInfo().historyLength !== before.task) void leaveIfHeard(route, before.arrivals);
  }
}

/** What came in together with the answer counts as well: it is known once the route is at rest. */
async function leaveIfHeard(route: Route, arrivalsBefore: number): Promise<void> {
  const heard = () => route.arrivals > arrivalsBefore;
  if (!heard()) await atRest(route);
  if (heard()) route.split = true;
}
