/** The reports on missed signals, deadlocks and agreed homes over a real server; every answer held against the document. */
import { randomUUID } from 'node:crypto';
import { TypedSearchAttributes } from '@temporalio/common';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RouteState } from '../../domain/route-state.ts';
import { attributesOf } from '../../workflows/route-attributes.messages.ts';
import { aRoute } from '../support/a-route.ts';
import type { Caller } from '../support/api-caller.ts';
import { aStart } from '../support/case-manager.ts';
import { deadlocked } from '../support/deadlocked-route.ts';
import { anAgreement } from '../support/region.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { documented } from './contract.ts';

let system: System;
let policy: Caller;
let stranger: Caller;

/** Routes that nobody works on: for a count it is enough what lists show of them. */
async function routes(count: number, state: RouteState): Promise<void> {
  const pairs = attributesOf(state).filter(({ value }) => value !== null);
  for (let i = 0; i < count; i += 1)
    await system.client.workflow.start('outflowRoute', {
      workflowId: `route/${randomUUID()}`,
      taskQueue: 'nobody',
      args: [],
      typedSearchAttributes: new TypedSearchAttributes(pairs),
    });
}

beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
  policy = documented(await system.as({ role: 'policy', subject: 'pol-1' }));
  stranger = documented(
    await system.as({ role: 'process-director', subject: 'pd-9', municipality: 'GM0014' }),
  );
  const missed = {
    ...aRoute(),
    missedSignals: ['rent-arrears housing-corporation 1-2-years', 'job-loss nobody unknown'],
  };
  await routes(6, missed);
  await routes(2, { ...aRoute(), municipality: 'GM0141', missedSignals: ['rent-arrears gp unknown'] });
  await routes(5, deadlocked());
  await policy.put('/housing-agreements/twente/2026', anAgreement(20));
  // The last one through the API: a real route, which tells it later.
  const { body } = await system.api.post('/routes', { ...aStart, region: 'twente' });
  const signals = [{ signal: 'rent-arrears', party: 'housing-corporation', before: '1-2-years' }];
  await system.api.put(`/routes/${body.routeId}/missed-signals`, { signals });
  const query = "MissedSignals = 'rent-arrears/housing-corporation/1-2-years'";
  await until('the store has them all', async () => (await system.client.workflow.count(query)).count === 7);
});
afterAll(() => system?.stop());

it('missed signals are counted for prevention, small figures kept back', async () => {
  const { status, body } = await policy.get('/reports/missed-signals');
  const [{ signals, before }] = body.items;
  const of = (signal: string) => signals.find((each: { signal: string }) => each.signal === signal);
  expect([status, of('job-loss').routes, of('divorce').routes]).toEqual([
    200,
    { count: 6 },
    { count: null, suppressed: true },
  ]);
  expect(of('rent-arrears').seenBy).toEqual([{ party: 'housing-corporation', routes: { count: 7 } }]);
  expect(before).toContainEqual({ before: '1-2-years', routes: { count: 7 } });
  // Of the two of GM0141 nothing can be reckoned: together with the seven of GM0153 they are not told either.
  expect(of('rent-arrears').routes.count).not.toBe(9);
  const small = await policy.get('/reports/missed-signals?municipality=GM0141');
  expect(JSON.stringify(small.body)).not.toMatch(/"count":\d/);
  expect(
    JSON.stringify((await stranger.get('/reports/missed-signals?municipality=GM0153')).body),
  ).not.toMatch(/"count":\d/);
});

it('deadlocks are counted by what their parties wait for, and by what became of them', async () => {
  const { status, body } = await policy.get('/reports/deadlocks?municipality=GM0014');
  const { name } = deadlocked().impasse!;
  expect([status, body.items[0].deadlocks.map((each: { name: string }) => each.name)]).toEqual([200, [name]]);
  expect(body.items[0].deadlocks[0].statuses[0]).toEqual({ status: 'open', routes: { count: 5 } });
});

it('agreed homes stand beside those that were reserved and realised', async () => {
  const { status, body } = await policy.get('/reports/agreements');
  expect(status).toBe(200);
  expect(body.items).toContainEqual(
    expect.objectContaining({ region: 'twente', year: 2026, realised: { count: null, suppressed: true } }),
  );
  expect(body.items.reduce((sum: number, { agreed }: { agreed: number }) => sum + agreed, 0)).toBe(20);
  expect((await policy.get('/reports/agreements?region=drenthe')).status).toBe(400);
  expect((await policy.get('/reports/agreements?region=twente')).body.items).toEqual(body.items);
  const token = await system.token({ role: 'policy', subject: 'pol-1' });
  const table = await fetch(`${system.url}/v1/reports/agreements`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/csv' },
  });
  const [head, row] = (await table.text()).split('\r\n');
  expect([head, row]).toEqual([
    'region,year,municipality,agreed,reserved,reservedSuppressed,realised,realisedSuppressed',
    expect.stringMatching(/^twente,2026,GM\d{4},\d+,,true,,true$/),
  ]);
  expect((await stranger.get('/reports/agreements')).body.items).toEqual([]);
});
