/**
 * When a route has come to rest: nothing moves any more that was set off by what just came in. Whoever shows the route
 * or sets its timer waits for that, so that one message costs one upsert and one timer at the most, however many
 * stages it moved.
 */
import { condition } from '@temporalio/workflow';
import type { Route } from './route.ts';

/** A stage that waits for another one moves a round after it; one that still moves changes the state. */
const ROUNDS_WITHOUT_A_CHANGE = 1;

/** Waits until the state has stood still for some rounds. Takes no time: all of it is within one activation. */
export async function atRest(route: Route): Promise<void> {
  let seen = route.state;
  for (let still = 0; still < ROUNDS_WITHOUT_A_CHANGE; still += 1) {
    await nextRound();
    if (route.state !== seen) still = -1;
    seen = route.state;
  }
}

/** The next time that the SDK looks which conditions hold; by then all that could go on has gone on. */
async function nextRound(): Promise<void> {
  let looked = 0;
  await condition(() => looked++ > 0);
}
