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
 * Acts whenever the route has come to rest, until the run ends. It acts while the SDK looks, in a condition that seldom
 * holds: to be woken for it, each time, would cost a third of what it costs to rebuild a route.
 * @param act - says whether it is to be called again within the same activation
 */
export async function wheneverAtRest(route: Route, act: () => boolean): Promise<never> {
  for (;;) {
    let isAsked = false;
    const looked = condition(() => isAsked && !route.isMoving && !route.isOver && act());
    isAsked = true; // the SDK looks for the first time at once, in the middle of what is going on
    await looked;
  }
}
