/**
 * A route of Enschede whose corporation finds no home for seven months, on the server on which months pass in an instant.
 * It begins on the day on which the test runs, so its dates can't stand here: they are reckoned by
 * test/support/slow-reckoning.ts. Granted on 24 November 2026, say: signals at the end of the 24th of December, January,
 * February, March and April, passed at the end of 24 May 2027, one more signal on 24 June, and the keys the day after.
 * The same with dates by hand is in test/domain/home-promise.test.ts.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RouteView } from '../../contracts/views.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import { monthsAfter } from '../support/slow-reckoning.ts';
import { passTo } from '../support/passing-time.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
beforeAll(async () => {
  // Answers that overtake the completion of their request wedge a workflow on this server.
  system = await startSystem({ server: 'time-skipping', rules: 'nl', delayMs: 100 });
});
afterAll(() => system?.stop());

it('a home that comes after seven months was signalled each month, passed after six, and kept too late', async () => {
  const { body } = await system.api.post('/routes', {
    ...aStart,
    person: aPerson,
    wishes: { living: 'Zelfstandig' },
  });
  const routeId = body.routeId as string;
  await system.simulator.setBehaviours([{ routeId, stepId: 'housing.offer', mode: 'silent' }]);
  const view = async () => (await system.api.get(`/routes/${routeId}`)).body as RouteView;
  const told = async () => {
    const answer = await fetch(`${system.simulatorUrl}/control/notifications?routeId=${routeId}`);
    const all = (await answer.json()) as { kind: string; recipient: string; dueAt: string }[];
    return all.filter(({ kind }) => kind.startsWith('home-promise'));
  };
  const isSearched = ({ waits }: RouteView) => waits.some(({ stepId }) => stepId === 'housing.offer');
  const { homePromise } = await accompany(system.api, routeId, isSearched);
  const { since, dueAt } = homePromise!;
  expect(dueAt).toBe(monthsAfter(since, 6));

  for (let month = 1; month <= 7; month += 1) {
    const moment = monthsAfter(since, month);
    await passTo(system.env, Date.parse(moment) - 60_000);
    expect(await told()).toHaveLength(month - 1);
    await passTo(system.env, Date.parse(moment) + 1000);
    await until(`month ${month} is told`, async () => (await told()).length === month);
    const status = month < 6 ? 'running' : 'passed';
    await until(`it is ${status}`, async () => (await view()).homePromise?.status === status);
  }
  const kinds = (await told()).map(({ kind }) => kind);
  expect(kinds.map((kind) => kind === 'home-promise-passed')).toEqual([
    ...Array<boolean>(5).fill(false),
    true,
    false,
  ]);
  expect(new Set((await told()).map(({ recipient, dueAt: due }) => `${recipient} ${due}`))).toEqual(
    new Set([`GM0153 ${dueAt}`]),
  );
  expect((await view()).health).toBe('Overdue');

  await system.simulator.setBehaviours([]);
  await system.api.post(`/routes/${routeId}/steps/housing.offer/redo`, { reason: 'Er is een woning' });
  const kept = await accompany(system.api, routeId, ({ stage }) => stage === 'cti');
  expect(kept.homePromise).toMatchObject({ status: 'kept-late', signals: 6 });
  expect(kept.homePromise!.keptAt! > kept.homePromise!.passedAt!).toBe(true);
});
