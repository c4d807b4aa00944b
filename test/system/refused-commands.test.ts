/** A refused command leaves no trace: not in the history, and so not in when a run ends either. */
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RouteState } from '../../domain/route-state.ts';
import { readDataConverter } from '../../platform/connection.ts';
import { bundleOnce } from '../support/bundle.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl', budget: { events: 20, days: 30 } });
  await system.simulator.setBehaviours([{ mode: 'silent' }]);
});
afterAll(() => system?.stop());

it('every run of a route that refused commands all along can be replayed', async () => {
  const { body } = await system.api.post('/routes', { ...aStart, person: aPerson });
  const path = `/routes/${body.routeId}`;
  const query = `WorkflowId = 'route/${body.routeId}'`;
  await until('the registry is asked', async () => {
    const state = await system.client.workflow
      .getHandle(`route/${body.routeId}`)
      .query<RouteState>('routeState');
    return state.steps['intake.registry-check']?.sentAt;
  });
  for (let i = 0; i < 12; i += 1) {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const held = await system.api.post(`${path}/hold`, { until, reason: 'Vakantie' });
    expect(held.status).toBe(200);
    for (let j = 0; j < 3; j += 1)
      expect((await system.api.post(`${path}/hold`, { until, reason: 'Nog eens' })).status).toBe(409);
    expect((await system.api.delete(`${path}/hold`)).status).toBe(204);
    expect((await system.api.delete(`${path}/hold`)).status).toBe(409);
  }
  const histories = [];
  for await (const { workflowId, runId } of system.client.workflow.list({ query }))
    histories.push({
      workflowId,
      history: await system.client.workflow.getHandle(workflowId, runId).fetchHistory(),
    });
  expect(histories.length).toBeGreaterThan(3);
  const failures = [];
  const results = Worker.runReplayHistories(
    {
      workflowBundle: await bundleOnce(),
      dataConverter: await readDataConverter({ DATA_DIR: system.dataDir }),
    },
    histories,
  );
  for await (const { error } of results) if (error) failures.push(error.message);
  expect(failures).toEqual([]);
});
