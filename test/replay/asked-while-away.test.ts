/**
 * Routes that somebody asks about while no worker is there, and whose timer fires meanwhile. The worker that comes then
 * is asked before it is given their workflow tasks, and lets them hear the timer at the time of the task before.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RouteState } from '../../domain/route-state.ts';
import { historiesOf, openRoutes } from '../../scripts/replay/open-routes.ts';
import { replay } from '../../scripts/replay/replay.ts';
import { bundleOnce } from '../support/bundle.ts';
import { aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { routeState } from '../../workflows/outflow-route.messages.ts';

const routes = 8;
const planMs = 2000; // intake.personal-plan under the rules of the demo

let system: System;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'demo' });
});
afterAll(() => system?.stop());

it('what the timer rang for happens once, at the right time, and the run replays', async () => {
  const ids = await Promise.all(
    Array.from({ length: routes }, async () => (await system.api.post('/routes', aStart)).body.routeId),
  );
  const stateOf = (routeId: string): Promise<RouteState> =>
    system.client.workflow.getHandle(`route/${routeId}`).query(routeState);
  await Promise.all(ids.map(stateOf)); // their first workflow task is behind them
  await system.stopWorker();
  const looks = ids.map((routeId) => stateOf(routeId).catch(() => undefined));
  await sleep(planMs + 1500); // nothing can be waited for: without a worker nobody sees the timer
  await system.startWorker();
  await Promise.all(looks);

  for (const routeId of ids) {
    const plan = await until('the time for a plan is over', async () => {
      const record = (await stateOf(routeId)).steps['intake.personal-plan'];
      return record?.status === 'done' && record;
    });
    expect(Date.parse(plan.closedAt!)).toBeGreaterThanOrEqual(Date.parse(plan.dueAt!));
  }
  const open = historiesOf(system.client, await openRoutes(system.client));
  for await (const verdict of replay(await bundleOnce(), open)) expect(verdict.broken).toBeUndefined();
});
