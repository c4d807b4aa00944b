/** Repair by hand, over the real server and real HTTP: what a case manager and a colleague do with a stuck route. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RouteView } from '../../contracts/views.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import type { Caller } from '../support/api-caller.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
let colleague: Caller;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'demo' });
  colleague = await system.as({ role: 'case-manager', subject: 'cm-21', municipality: 'GM0153' });
});
afterAll(() => system?.stop());

const started = async (): Promise<string> =>
  (await system.api.post('/routes', { ...aStart, person: aPerson })).body.routeId;
const step = (route: RouteView, stepId: string) =>
  route.tracks.flatMap(({ steps }) => steps).find((each) => each.stepId === stepId);
const at = (stepId: string, status: string) => (route: RouteView) => step(route, stepId)?.status === status;
const reason = 'Afgesproken in het casusoverleg';

describe('a stuck route', () => {
  it('goes on when two people skip the step that nobody answers; the partner hears that it is off', async () => {
    await system.simulator.setBehaviours([{ stepId: 'intake.skills', mode: 'silent' }]);
    const routeId = await started();
    await accompany(system.api, routeId, at('intake.skills', 'open'));
    const path = `/routes/${routeId}/steps/intake.skills/skip`;
    expect((await system.api.post(path, { reason })).status).toBe(200);
    expect((await system.api.post(path, { reason })).body.type).toContain('four-eyes');
    expect((await colleague.post(path, { reason })).status).toBe(200);
    await accompany(system.api, routeId, at('intake.decision', 'done'));
    await until('the request was released', () =>
      system.simulator
        .ledger(routeId)
        .requests.some(({ stepId, released }) => stepId === 'intake.skills' && released),
    );
    await system.simulator.setBehaviours([]);
  });

  it('goes on when somebody completes a step for the partner who answered by telephone', async () => {
    await system.simulator.setBehaviours([{ stepId: 'intake.debt-screening', mode: 'silent' }]);
    const routeId = await started();
    await accompany(system.api, routeId, at('intake.debt-screening', 'open'));
    const body = { reason, result: { debts: 'none' } };
    await system.api.post(`/routes/${routeId}/steps/intake.debt-screening/complete`, body);
    const route = await accompany(system.api, routeId, at('intake.decision', 'done'));
    expect(route.tracks.find(({ track }) => track === 'debt')?.status).toBe('not-needed');
    await system.simulator.setBehaviours([]);
  });

  it('tells the party before the term, the case manager after it, and then the process director', async () => {
    await system.simulator.setBehaviours([{ stepId: 'debt.registration', mode: 'silent' }]);
    const routeId = await started();
    await accompany(system.api, routeId, at('debt.registration', 'open'));
    const told = await until('all were told', async () => {
      const answer = await fetch(`${system.simulatorUrl}/control/notifications?routeId=${routeId}`);
      const messages = (await answer.json()) as { kind: string; recipient: string; stepId: string }[];
      const about = messages.filter(({ stepId }) => stepId === 'debt.registration');
      return about.some(({ kind }) => kind === 'escalated') && about;
    });
    expect(told.map(({ kind, recipient }) => [kind, recipient])).toEqual([
      ['reminder', 'debt-service'],
      ['overdue', 'cm-17'],
      ['escalated', 'GM0153'],
    ]);
    await system.simulator.setBehaviours([]);
  });
});

describe('what is behind a route', () => {
  it('can be done anew: the attempt counts up, and the rest of the route is kept', async () => {
    const routeId = await started();
    await accompany(system.api, routeId, at('income.benefit', 'done'));
    await system.api.post(`/routes/${routeId}/steps/income.postal-address/redo`, { reason });
    const redone = (route: RouteView) => step(route, 'income.postal-address')?.attempt === 2;
    await accompany(
      system.api,
      routeId,
      (route) => redone(route) && at('income.postal-address', 'done')(route),
    );
    const route = await accompany(system.api, routeId, at('housing.key-handover', 'done'));
    expect(step(route, 'income.benefit')).toMatchObject({ status: 'done', attempt: 1 });
    expect(system.simulator.ledger(routeId).totals).toMatchObject({ actedTwice: 0 });
  });

  it('can be opened again after a relapse, from a step on', async () => {
    const routeId = await started();
    await accompany(system.api, routeId, at('cti.try-out', 'open'));
    const body = { track: 'cti', from: 'cti.transition', reason: 'Gedwongen verhuizing' };
    expect((await system.api.post(`/routes/${routeId}/reopenings`, body)).status).toBe(200);
    const route = await accompany(system.api, routeId, (each) => step(each, 'cti.transition')?.attempt === 2);
    expect(step(route, 'housing.key-handover')?.status).toBe('done');
    await accompany(system.api, routeId, at('cti.transition', 'done'));
  });
});

describe('a route', () => {
  it('on hold lets its terms stand still, and shifts them when it goes on', async () => {
    await system.simulator.setBehaviours([{ stepId: 'debt.registration', mode: 'silent' }]);
    const routeId = await started();
    const before = await accompany(system.api, routeId, at('debt.registration', 'open'));
    const held = await system.api.post(`/routes/${routeId}/hold`, { until: '2099-01-01T00:00:00Z', reason });
    expect(held.body).toMatchObject({ health: 'OnHold', hold: { by: 'cm-17' } });
    const { body: waits } = await system.api.get(`/routes/${routeId}/waits`, { 'accept-language': 'en' });
    expect(waits.hold.sentence).toMatch(/^On hold since .* by cm-17; terms stand still$/);
    expect(
      (await system.api.post(`/routes/${routeId}/hold`, { until: '2099-01-01T00:00:00Z', reason })).status,
    ).toBe(409);
    expect((await system.api.delete(`/routes/${routeId}/hold`)).status).toBe(204);
    const { body: after } = await system.api.get(`/routes/${routeId}`);
    expect(after.hold).toBeUndefined();
    expect(step(after, 'debt.registration')!.dueAt! > step(before, 'debt.registration')!.dueAt!).toBe(true);
    await system.simulator.setBehaviours([]);
  });

  it('is handed over to another case manager, who is found in the lists', async () => {
    const routeId = await started();
    await accompany(system.api, routeId, at('intake.registry-check', 'done'));
    await system.api.put(`/routes/${routeId}/case-manager`, { caseManager: 'cm-99' });
    const listed = await until('the list has it', async () => {
      const { body } = await system.api.get('/routes?caseManager=cm-99');
      return body.items.find((item: { routeId: string }) => item.routeId === routeId);
    });
    expect(listed).toMatchObject({ caseManager: 'cm-99' });
  });

  it('is moved to other rules on purpose: steps to come follow them, dates that were set keep their source', async () => {
    await system.simulator.setBehaviours([{ stepId: 'debt.registration', mode: 'silent' }]);
    const routeId = await started();
    await accompany(system.api, routeId, at('debt.registration', 'open'));
    const moved = await system.api.put(`/routes/${routeId}/rule-set`, { ruleSet: 'nl', reason });
    expect(moved.status).toBe(200);
    expect(step(moved.body, 'debt.registration')?.term?.ruleSet).toBe('demo');
    await system.api.post(`/routes/${routeId}/steps/debt.registration/complete`, { reason });
    const route = await accompany(system.api, routeId, (each) => step(each, 'debt.first-talk') !== undefined);
    expect(step(route, 'debt.first-talk')?.term?.ruleSet).toBe('nl');
    expect((await system.api.put(`/routes/${routeId}/rule-set`, { ruleSet: 'nl', reason })).status).toBe(409);
    await system.simulator.setBehaviours([]);
  });

  it('ends early: open requests are withdrawn, and the file is handed over', async () => {
    await system.simulator.setBehaviours([{ stepId: 'intake.skills', mode: 'silent' }]);
    const routeId = await started();
    await accompany(system.api, routeId, at('intake.skills', 'open'));
    expect((await system.api.post(`/routes/${routeId}/closure`, { reason: 'Verhuisd' })).status).toBe(202);
    const route = await accompany(system.api, routeId, ({ stage }) => stage === 'closed');
    expect(route).toMatchObject({ ending: 'closed-early', waits: [] });
    await system.simulator.setBehaviours([]);
  });

  it('does a command once, however often it is sent and however many runs lie between', async () => {
    const routeId = await started();
    await accompany(system.api, routeId, at('income.benefit', 'done'));
    const key = { 'Idempotency-Key': randomUUID() };
    const redo = () => system.api.post(`/routes/${routeId}/steps/income.benefit/redo`, { reason }, key);
    expect((await redo()).status).toBe(200);
    // The redo of a passed step begins a new run, which knows no update ids of the one before.
    await accompany(system.api, routeId, (route) => step(route, 'income.benefit')?.attempt === 2);
    expect((await redo()).status).toBe(200);
    const other = await system.api.post(
      `/routes/${routeId}/steps/income.benefit/redo`,
      { reason: 'anders' },
      key,
    );
    expect(other.status).toBe(409);
    const route = await accompany(system.api, routeId, at('income.benefit', 'done'));
    expect(step(route, 'income.benefit')?.attempt).toBe(2);
  });
});
