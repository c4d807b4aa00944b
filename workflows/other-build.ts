/**
 * Moving to other code, at continue-as-new.
 *
 * Pinned worker versions: a run stays on the version it began on, and learns with each workflow task whether another
 * one was made current.
 *
 * Rolling over, for workers without versions: how a run whose history does not fit the next version leaves it behind.
 * It continues as new under the code it began with, and its next run does nothing until a worker with other code has
 * it: what that run does first is then in no history yet.
 */
import { condition, workflowInfo } from '@temporalio/workflow';
import type { Route } from './route.ts';

const FIRST_LOOK_AFTER_MS = 1000;
/** A roll-out that does not come holds nobody up for longer: the route goes on with the code there is. */
const WAITS_AT_MOST_MS = 3_600_000;

/** The build that runs the route now; in a replay, the one that ran it then. By default a checksum of the bundle. */
export function currentBuild(): string | undefined {
  return workflowInfo().currentDeploymentVersion?.buildId;
}

/**
 * Whether another version was made current than the one that the run is pinned to. It stands in the history with each
 * workflow task, so it is the same in a replay; of a worker without versions it is never so.
 */
export function otherVersionIsCurrent(): boolean {
  return workflowInfo().targetWorkerDeploymentVersionChanged;
}

/**
 * Waits until another build has the route, and looks whenever something came in. (A refused command brings a build as
 * well, but leaves no trace of it.) Looks besides cost a timer each: they grow apart.
 */
export async function otherBuildThan(route: Route, left: string): Promise<void> {
  // A pinned run never gets there by waiting: its next one does.
  const isThere = () => currentBuild() !== left || otherVersionIsCurrent();
  const end = Date.now() + WAITS_AT_MOST_MS;
  for (let pause = FIRST_LOOK_AFTER_MS; !isThere() && Date.now() < end; pause = Math.ceil(pause * 1.5))
    await somethingCameIn(route, pause);
}

async function somethingCameIn(route: Route, withinMs: number): Promise<void> {
  const seen = route.arrivals;
  await condition(() => route.arrivals !== seen, withinMs, { summary: 'Wacht op de nieuwe versie' });
}
