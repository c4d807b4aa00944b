/** Repair by hand, over the real server and real HTTP: what a case manager and a colleague do with a stuck route. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RouteView } from '../../contracts/views.ts';
import type { Behaviour } from '../../simulator/behaviours.ts';
import { behaving } from '../support/behaving.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import type { Caller } from '../support/api-caller.ts';
import { patient } from '../support/patient.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
let api: Caller;
let colleague: Caller;
let behave: ReturnType<typeof behaving>;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'demo' });
  api = patient(system.api);
  behave = behaving(system.simulator);
  colleague = patient(await system.as({ role: 'case-manager', subject: 'cm-21', municipality: 'GM0153' }));
});
afterAll(() => system?.stop());

/** Partners are asked once it is said who the person is: by then they know how to behave. */
const started = async (...rules: Behaviour[]): Promise<string> => {
  const { routeId } = (await api.post('/routes', aStart)).body;
  await behave(routeId, rules);
  await api.put(`/routes/${routeId}/person`, aPerson);
  return routeId;
};
const step = (route: RouteView, stepId: string) =>
  route.tracks.flatMap(({ steps }) => steps).find((each) => each.stepId === stepId);
const at = (stepId: string, status: string) => (route: RouteView) => step(route, stepId)?.status === status;
const reason = 'Afgesproken in het casusoverleg';

describe.concurrent('a stuck route', () => {
  it('goes on when two people skip the step that nobody answers; the partner hears that it is off', async () => {
    const routeId = await started({ stepId: 'intake.skills', mode: 'silent' });
    await accompany(api, routeId, at('intake.skills', 'open'));
    const path = `/routes/${routeId}/steps/intake.skills/skip`;
    expect((await api.post(path, { reason })).status).toBe(200);
    expect((await api.post(path, { reason })).body.type).toContain('four-eyes');
    expect((await colleague.post(path, { reason })).status).toBe(200);
    await accompany(api, routeId, at('intake.decision', 'done'));
    await until('the request was released', () =>
      system.simulator
        .ledger(routeId)
        .requests.some(({ stepId, released }) => stepId === 'intake.skills' && released),
    );
  });

  it('goes on when somebody completes a step for the partner who answered by telephone', async () => {
    const routeId = await started({ stepId: 'intake.debt-screening', mode: 'silent' });
    await accompany(api, routeId, at('intake.debt-screening', 'open'));
    const body = { reason, result: { debts: 'none' } };
    await api.post(`/routes/${routeId}/steps/intake.debt-screening/complete`, body);
    const route = await accompany(api, routeId, at('intake.decision', 'done'));
    expect(route.tracks.find(({ track }) => track === 'debt')?.status).toBe('not-needed');
  });

  it('tells the party before the term, the case manager after it, and then the process director', async () => {
    const routeId = await started({ stepId: 'debt.registration', mode: 'silent' });
    await accompany(api, routeId, at('debt.registration', 'open'));
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
  });
});

describe.concurrent('what is behind a route', () => {
  it('can be done anew: the attempt counts up, and the rest of the route is kept', async () => {
    const routeId = await started();
    await accompany(api, routeId, at('income.benefit', 'done'));
    await api.post(`/routes/${routeId}/steps/income.postal-address/redo`, { reason });
    const redone = (route: RouteView) => step(route, 'income.postal-address')?.attempt === 2;
    await accompany(api, routeId, (route) => redone(route) && at('income.postal-address', 'done')(route));
    const route = await accompany(api, routeId, at('housing.key-handover', 'done'));
    expect(step(route, 'income.benefit')).toMatchObject({ status: 'done', attempt: 1 });
    expect(system.simulator.ledger(routeId).totals).toMatchObject({ actedTwice: 0 });
  });

  it('can be opened again after a relapse, from a step on', async () => {
    const routeId = await started();
    await accompany(api, routeId, at('cti.try-out', 'open'));
    const body = { track: 'cti', from: 'cti.transition', reason: 'Gedwongen verhuizing' };
    expect((await api.post(`/routes/${routeId}/reopenings`, body)).status).toBe(200);
    const route = await accompany(api, routeId, (each) => step(each, 'cti.transition')?.attempt === 2);
    expect(step(route, 'housing.key-handover')?.status).toBe('done');
    await accompany(api, routeId, at('cti.transition', 'done'));
  });
});

describe.concurrent('a route', () => {
  it('on hold lets its terms stand still, and shifts them when it goes on', async () => {
    const routeId = await started({ stepId: 'debt.registration', mode: 'silent' });
    const before = await accompany(api, routeId, at('debt.registration', 'open'));
    const held = await api.post(`/routes/${routeId}/hold`, { until: '2099-01-01T00:00:00Z', reason });
    expect(held.body).toMatchObject({ health: 'OnHold', hold: { by: 'cm-17' } });
    const { body: waits } = await api.get(`/routes/${routeId}/waits`, { 'accept-language': 'en' });
    expect(waits.hold.sentence).toMatch(/^On hold since .* by cm-17; terms stand still$/);
    expect(
      (await api.post(`/routes/${routeId}/hold`, { until: '2099-01-01T00:00:00Z', reason })).status,
    ).toBe(409);
    expect((await api.delete(`/routes/${routeId}/hold`)).status).toBe(204);
    const { body: after } = await api.get(`/routes/${routeId}`);
    expect(after.hold).toBeUndefined();
    expect(step(after, 'debt.registration')!.dueAt! > step(before, 'debt.registration')!.dueAt!).toBe(true);
  });

  it('is handed over to another case manager, who is found in the lists', async () => {
    const routeId = await started();
    await accompany(api, routeId, at('intake.registry-check', 'done'));
    await api.put(`/routes/${routeId}/case-manager`, { caseManager: 'cm-99' });
    const listed = await until('the list has it', async () => {
      const { body } = await api.get('/routes?caseManager=cm-99');
      return body.items.find((item: { routeId: string }) => item.routeId === routeId);
    });
    expect(listed).toMatchObject({ caseManager: 'cm-99' });
  });

  it('is moved to other rules on purpose: steps to come follow them, dates that were set keep their source', async () => {
    const routeId = await started({ stepId: 'debt.registration', mode: 'silent' });
    await accompany(api, routeId, at('debt.registration', 'open'));
    const moved = await api.put(`/routes/${routeId}/rule-set`, { ruleSet: 'nl', reason });
    expect(moved.status).toBe(200);
    expect(step(moved.body, 'debt.registration')?.term?.ruleSet).toBe('demo');
    await api.post(`/routes/${routeId}/steps/debt.registration/complete`, { reason });
    const route = await accompany(api, routeId, (each) => step(each, 'debt.first-talk') !== undefined);
    expect(step(route, 'debt.first-talk')?.term?.ruleSet).toBe('nl');
    expect((await api.put(`/routes/${routeId}/rule-set`, { ruleSet: 'nl', reason })).status).toBe(409);
  });

  it('ends early: open requests are withdrawn, and the file is handed over', async () => {
    const routeId = await started({ stepId: 'intake.skills', mode: 'silent' });
    await accompany(api, routeId, at('intake.skills', 'open'));
    expect((await api.post(`/routes/${routeId}/closure`, { reason: 'Verhuisd' })).status).toBe(202);
    const route = await accompany(api, routeId, ({ stage }) => stage === 'closed');
    expect(route).toMatchObject({ ending: 'closed-early', waits: [] });
  });

  it('does a command once, however often it is sent and however many runs lie between', async () => {
    const routeId = await started();
    await accompany(api, routeId, at('income.benefit', 'done'));
    const key = { 'Idempotency-Key': randomUUID() };
    const redo = () => api.post(`/routes/${routeId}/steps/income.benefit/redo`, { reason }, key);
    expect((await redo()).status).toBe(200);
    // The redo of a passed step begins a new run, which knows no update ids of the one before.
    await accompany(api, routeId, (route) => step(route, 'income.benefit')?.attempt === 2);
    expect((await redo()).status).toBe(200);
    const other = await api.post(`/routes/${routeId}/steps/income.benefit/redo`, { reason: 'anders' }, key);
    expect(other.status).toBe(409);
    const route = await accompany(api, routeId, at('income.benefit', 'done'));
    expect(step(route, 'income.benefit')?.attempt).toBe(2);
  });
});
