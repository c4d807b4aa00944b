/**
 * Routes that somebody asks about while no worker is there, and to which something comes in meanwhile. The worker that
 * comes then is asked before it is given their workflow tasks: what came in is heard at its own time all the same.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RouteState } from '../../domain/route-state.ts';
import { historiesOf, openRoutes } from '../../scripts/replay/open-routes.ts';
import { replay } from '../../scripts/replay/replay.ts';
import { bundleOnce } from '../support/bundle.ts';
import { aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { leaveNews, routeState } from '../../workflows/outflow-route.messages.ts';

const routes = 8;
const newsEach = 60;
const planMs = 2000; // intake.personal-plan under the rules of the demo

let system: System;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'demo' });
});
afterAll(() => system?.stop());

const handleOf = (routeId: string) => system.client.workflow.getHandle(`route/${routeId}`);
const stateOf = (routeId: string): Promise<RouteState> => handleOf(routeId).query(routeState);

async function begunRoutes(): Promise<string[]> {
  const ids = await Promise.all(
    Array.from({ length: routes }, async () => (await system.api.post('/routes', aStart)).body.routeId),
  );
  // Their first workflow task is behind them.
  await Promise.all(ids.map((routeId) => until('it began', () => stateOf(routeId))));
  return ids;
}

async function expectToReplay(): Promise<void> {
  const open = historiesOf(system.client, await openRoutes(system.client));
  for await (const verdict of replay(await bundleOnce(), open)) expect(verdict.broken).toBeUndefined();
}

it('what the timer rang for happens once, at the right time, and the run replays', async () => {
  const ids = await begunRoutes();
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
  await expectToReplay();
});

/** More comes in all the time, so that the server refuses any task that would end the run (`UnhandledCommand`). */
it('news that was left is heard at the right time, and the run replays', async () => {
  const ids = await begunRoutes();
  await system.stopWorker();
  const looks = ids.map((routeId) => stateOf(routeId).catch(() => undefined));
  await sleep(1000); // nothing can be waited for: a Query that nobody takes leaves no trace
  const leftAt = Date.now();
  const worker = system.startWorker();
  for (let i = 0; i < newsEach; i += 1) await Promise.all(ids.map(leaveConcern));
  await worker;
  await Promise.all(looks);

  for (const routeId of ids) {
    const heard = await until('all news was heard', async () => {
      const concerns = (await stateOf(routeId)).timeline.filter(({ what }) => what === 'concern-raised');
      return concerns.length === newsEach && concerns;
    });
    expect(heard.every(({ at }) => Date.parse(at) >= leftAt)).toBe(true);
  }
  await expectToReplay();
});

async function leaveConcern(routeId: string): Promise<void> {
  const news = {
    eventId: randomUUID(),
    party: 'housing-corporation',
    kind: 'concern-raised',
    reason: 'other', // no rule weighs it: it leaves a line and nothing else
  } as const;
  await handleOf(routeId).signal(leaveNews, news);
}
