/**
 * Routes whose every workflow task asks a slow partner, while somebody looks at them all the time. A look that meets
 * such a task ends it half-way; whatever the route hears then, its open run must replay at any moment.
 *
 * It is here and not with the other replay tests because it hunts for a race for as long as a route takes to its home.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stepIds } from '../../domain/steps.ts';
import { historiesOf, openRoutes } from '../../scripts/replay/open-routes.ts';
import { replay, type Recorded } from '../../scripts/replay/replay.ts';
import { createScenes, isDone, type Scene } from '../../scripts/replay/scene.ts';
import { bundleOnce } from '../support/bundle.ts';
import { startSystem, type System } from '../support/system.ts';
import { routeState } from '../../workflows/outflow-route.messages.ts';

const lookAfterMs = 15;
/** After so many times what a look took: one that is slow must not keep the route itself from its turn. */
const restAfterLook = 2;
const sampleAfterMs = 400;
/** So many are replayed at the most, spread over all the time it took. */
const keptAtMost = 80;
/** Some take a request within the second that is given to them at once, some do not. */
const slowly = stepIds.map((stepId, i) => ({
  stepId,
  mode: 'slow' as const,
  delayMs: 40 + ((i * 173) % 1150),
}));

let system: System;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'demo' });
});
afterAll(() => system?.stop());

it('an open run replays at any moment, however often the route is looked at', async () => {
  const create = createScenes(system);
  const scenes = [await create(), await create()];
  for (const scene of scenes) await scene.behave(slowly);
  const samples: Recorded[] = [];
  const watching = new AbortController();
  const watched = [...scenes.map((scene) => look(scene, watching.signal)), sample(samples, watching.signal)];
  await Promise.all(scenes.map((scene) => scene.identify()));
  await Promise.all(scenes.map((scene) => scene.until(isDone('housing.urgency'))));
  watching.abort();
  await Promise.all(watched);
  expect(samples.length).toBeGreaterThan(20);
  for await (const verdict of replay(await bundleOnce(), samples)) expect(verdict.broken).toBeUndefined();
  for (const { routeId } of scenes)
    expect(system.simulator.ledger(routeId).totals).toMatchObject({ actedTwice: 0, undeliverable: 0 });
});

async function look({ routeId }: Scene, signal: AbortSignal): Promise<void> {
  const handle = system.client.workflow.getHandle(`route/${routeId}`);
  while (!signal.aborted) {
    const began = Date.now();
    await handle.query(routeState).catch(() => undefined); // a busy machine may not answer in time
    await sleep(Math.max(lookAfterMs, restAfterLook * (Date.now() - began)));
  }
}

/**
 * Takes the histories of all open runs, again and again; when there are too many, each third goes, and the next come
 * less often. One that was left while it was fetched is none.
 */
async function sample(samples: Recorded[], signal: AbortSignal): Promise<void> {
  let taken = 0;
  for (let everyMs = sampleAfterMs; !signal.aborted;) {
    await sleep(everyMs);
    if (samples.length > keptAtMost) {
      samples.splice(0, samples.length, ...samples.filter((_, i) => i % 3 > 0));
      everyMs *= 1.5;
    }
    for await (const { name, history } of historiesOf(system.client, await openRoutes(system.client))) {
      const isLeft = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes;
      if (!isLeft) samples.push({ name: `${name} ${(taken += 1)}`, history });
    }
  }
}
