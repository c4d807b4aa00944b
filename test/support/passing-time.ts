/** Lets time pass on the server on which months pass in an instant. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';

/** Nothing that holds the clock for good reason, a request to a partner say, takes so long in a test. */
const standsStillAfterMs = 10_000;
const givesUpAfterMs = 240_000;

/**
 * Passes to a moment of the server's clock, in milliseconds since 1970; nothing when it has been.
 *
 * The server counts who holds its clock: each task under way does. When a workflow is looked at in the middle of a task
 * in which it asks a partner, the task is sometimes given out anew and counted twice, and the clock stands still for
 * good; one holder is taken off then.
 * @throws Error when the clock does not come there all the same
 */
export async function passTo(env: TestWorkflowEnvironment, moment: number): Promise<void> {
  const aheadMs = moment - (await env.currentTimeMs());
  if (aheadMs <= 0) return;
  const timers: NodeJS.Timeout[] = [];
  const held = new Promise<never>((_, reject) => {
    const letGo = () => void env.connection.testService?.unlockTimeSkipping({}).catch(() => {});
    const day = new Date(moment).toISOString().slice(0, 10);
    timers.push(
      setTimeout(letGo, standsStillAfterMs),
      setTimeout(
        () => reject(new Error(`The server's clock stands still on the way to ${day}`)),
        givesUpAfterMs,
      ),
    );
  });
  await Promise.race([env.sleep(aheadMs), held]).finally(() => timers.forEach(clearTimeout));
}
