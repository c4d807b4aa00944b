/**
 * When a route has come to rest: nothing moves any more that was set off by what just came in. Whoever shows the route
 * or sets its timer waits for that, so that one message costs one upsert and one timer at the most, however many
 * stages it moved.
 */
import { condition } from '@temporalio/workflow';
import type { Route } from './route.ts';

/** Waits for the next time that the SDK looks which conditions hold: by then all that could go on has gone on. */
export async function nextRest(): Promise<void> {
  let looked = 0;
  await condition(() => looked++ > 0);
}

/**
 * Acts whenever the route has come to rest, until the run ends. It acts while the SDK looks, in a condition that never
 * holds: to be woken for it, each time, would cost a third of what it costs to rebuild a route.
 */
export async function wheneverAtRest(route: Route, act: () => void): Promise<never> {
  await condition(() => {
    if (!route.isMoving) act();
    return false;
  });
  throw new Error('A condition that never holds held');
}
