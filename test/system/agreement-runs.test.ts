/** A ledger from run to run, and what it tells routes. */
import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readDataConverter } from '../../platform/connection.ts';
import { bundleWorkflows } from '../../worker/workflow-bundle.ts';
import { asks, routeOf, uuid } from '../domain/housing-agreement/support.ts';
import { holdersIn, routesOf, startLedger } from '../support/a-ledger.ts';
import { bareRoutes } from '../support/region.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { newsHeard } from './placed-route.workflow.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
});
afterAll(() => system?.stop());

it('a new run has everything: places, queue, terms, and the ids of commands', async () => {
  await bareRoutes(system.client, 8, [1, 2, 3, 4, 5, 6, 7, 8].map(routeOf));
  const { handle, give, stateOf, firstRunId } = await startLedger(system, 2028, 2, 20);
  for (let n = 1; n <= 8; n += 1) await give([`c-${n}`, asks(n)]);
  await give(['r-1', { kind: 'release', reservationId: uuid(1) }]);
  const after = await until('the runs have changed', async () => {
    const { runId } = await handle.describe();
    const state = await stateOf();
    return runId !== firstRunId && state.outbox.length === 0 && state;
  });
  expect(holdersIn(after)).toEqual([2, 3].map(routeOf));
  expect(routesOf(after.queue)).toEqual([4, 5, 6, 7, 8].map(routeOf));
  const [again] = await give(['c-1', asks(1)]); // it came in an earlier run, and what it reserved is over
  expect(again).toMatchObject({ outcome: 'done', isNew: false });
  expect(await stateOf()).toEqual(after);
});

it('a route hears that a place is its own, and that it is over; one that is not there keeps nothing waiting', async () => {
  const worker = await Worker.create({
    connection: system.env.nativeConnection,
    taskQueue: 'placed-routes',
    workflowBundle: await bundleWorkflows(
      fileURLToPath(new URL('placed-route.workflow.ts', import.meta.url)),
    ),
    dataConverter: await readDataConverter({ DATA_DIR: system.dataDir }),
  });
  const heard = await worker.runUntil(async () => {
    const route = await system.client.workflow.start('placedRoute', {
      workflowId: `route/${routeOf(42)}`,
      taskQueue: 'placed-routes',
      args: [],
    });
    const { give, stateOf } = await startLedger(system, 2031, 1, 1000);
    await give(['c-1', asks(41)]);
    await give(['c-2', asks(42)]);
    await give(['c-3', asks(43)]);
    await give(['r-1', { kind: 'release', reservationId: uuid(41) }]);
    await give(['w-2', { kind: 'withdraw', reservationId: uuid(42), placeStays: false }]);
    await until('all were told', async () => (await stateOf()).outbox.length === 0);
    return route.query(newsHeard);
  });
  const place = { reservationId: uuid(42), corporation: 'de-woonplaats' };
  const party = 'housing-agreement';
  // One after the other: what was said last is what holds.
  expect(heard).toMatchObject([
    { party, kind: 'place-granted', place },
    { party, kind: 'place-ended', reason: 'withdrawn' },
  ]);
});
