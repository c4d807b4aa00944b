/** Short runs: a whole route through many of them ends as it would have in one. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'demo', budget: { events: 50, days: 30 } });
});
afterAll(() => system?.stop());

it('a route with a budget of fifty events a run ends the same, and no partner acts twice', async () => {
  const { body } = await system.api.post('/routes', { ...aStart, person: aPerson });
  const { routeId } = body;
  const route = await accompany(system.api, routeId, ({ stage }) => stage === 'closed');
  expect(route).toMatchObject({ ending: 'completed', health: 'OnTrack', waits: [] });
  expect(route.tracks.every(({ status }) => status === 'done')).toBe(true);
  expect(route.tracks.flatMap(({ steps }) => steps).every(({ attempt }) => attempt === 1)).toBe(true);

  const { totals, requests } = system.simulator.ledger(routeId);
  expect(totals).toMatchObject({ actedTwice: 0, undeliverable: 0 });
  expect(requests.every(({ effects }) => effects === 1)).toBe(true);

  const runs = [];
  const query = `WorkflowId = 'route/${routeId}'`;
  for await (const { runId, historyLength } of system.client.workflow.list({ query }))
    runs.push({ runId, historyLength });
  expect(runs.length).toBeGreaterThan(4);
  await until('the list shows it once, as it is now', async () => {
    const { items } = (await system.api.get('/routes')).body;
    return items.length === 1 && items[0].status === 'closed' && items[0].stage === 'closed';
  });
  expect(Math.max(...runs.map(({ historyLength }) => historyLength))).toBeLessThan(150);
});
