/** What users do with a route, over the real development server and real HTTP, under the demo's rules. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RouteView } from '../../contracts/views.ts';
import type { Behaviour } from '../../simulator/behaviours.ts';
import { sourceOf } from '../../simulator/partners.ts';
import type { Caller } from '../support/api-caller.ts';
import { behaving } from '../support/behaving.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import { patient } from '../support/patient.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
let api: Caller;
let behave: ReturnType<typeof behaving>;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'demo' });
  api = patient(system.api);
  behave = behaving(system.simulator);
});
afterAll(() => system?.stop());

const begun = async (): Promise<string> => {
  const { status, body } = await api.post('/routes', aStart);
  expect(status).toBe(201);
  return body.routeId;
};
/** Partners are asked once it is said who the person is: by then they know how to behave. */
const started = async (...rules: Behaviour[]): Promise<string> => {
  const routeId = await begun();
  await behave(routeId, rules);
  expect((await api.put(`/routes/${routeId}/person`, aPerson)).status).toBe(200);
  return routeId;
};
const step = (route: RouteView, stepId: string) =>
  route.tracks.flatMap(({ steps }) => steps).find((each) => each.stepId === stepId);
const isDone = (stepId: string) => (route: RouteView) => step(route, stepId)?.status === 'done';

describe.concurrent('a route', () => {
  it('starts from the opening answer alone, and says at once on whom it waits', async () => {
    const routeId = await begun();
    const { waits } = await until('the route waits for the person', async () => {
      const { body } = await api.get(`/routes/${routeId}`);
      return body.waits?.some((wait: { blocker: string }) => wait.blocker === 'no-identity') && body;
    });
    expect(waits).toContainEqual(
      expect.objectContaining({
        stepId: 'intake.identity',
        waitingOn: 'case-manager',
        nextMove: 'identify-person',
        term: expect.objectContaining({ basis: 'Wmo 2015 art. 2.3.2(1)' }),
      }),
    );
  });

  it('shows operations on whom it waits, in search attributes and details, and nothing personal', async () => {
    const routeId = await begun();
    const handle = system.client.workflow.getHandle(`route/${routeId}`);
    const attributes = await until('it is listed as waiting on the case manager', async () => {
      const { typedSearchAttributes } = await handle.describe();
      const found = Object.fromEntries(
        typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]),
      );
      return String(found.WaitingOn).includes('case-manager') && found;
    });
    expect(attributes).toMatchObject({
      RouteStage: 'intake',
      RouteHealth: 'OnTrack',
      Municipality: 'GM0153',
      CaseManager: 'cm-17',
      TargetGroup: 'shelter',
      Blocker: expect.arrayContaining(['no-identity']),
    });
    const details = await handle.query<string>('__temporal_workflow_metadata').then(JSON.stringify);
    expect(details).toContain('Persoonsgegevens vastleggen: de persoonsgegevens ontbreken');
    expect(details).not.toContain('huurachterstand');
    const history = JSON.stringify((await handle.fetchHistory()).events);
    expect(history).not.toContain('huurachterstand');
  });

  it('whose postal address is refused waits for the case manager, and goes on after the objection', async () => {
    const routeId = await started({
      stepId: 'income.postal-address',
      attempt: 1,
      mode: 'refusing',
      reason: 'no-proven-residence',
    });
    const refused = await accompany(
      api,
      routeId,
      (route) => step(route, 'income.postal-address')?.status === 'refused',
    );
    expect(refused.waits).toContainEqual(
      expect.objectContaining({ blocker: 'refused-by-party', nextMove: 'redo-or-object' }),
    );
    const route = await accompany(api, routeId, isDone('income.benefit'), {
      habits: { redoes: true },
    });
    expect(step(route, 'income.postal-address')).toMatchObject({ status: 'done', attempt: 2 });
    expect(route.facts).toContain('income');
  });

  it('whose first offer is refused as unsafe gets another, and keeps both on record', async () => {
    const routeId = await started();
    const answers = [
      { accepted: false, reason: 'unsafe', note: 'Te dicht bij de vorige woning' },
      { accepted: true },
    ];
    const route = await accompany(api, routeId, isDone('housing.key-handover'), {
      habits: { answers },
    });
    expect(route.offers).toMatchObject([{ status: 'refused', refusal: 'unsafe' }, { status: 'accepted' }]);
    expect(step(route, 'housing.offer')?.attempt).toBe(2);
    const again = await api.post(`/routes/${routeId}/offers/${route.offers[0]!.offerId}/answer`, answers[1]);
    expect(again.status).toBe(409);
  });

  it('that is not granted can be objected to; income goes on meanwhile, and no home is looked for', async () => {
    const noDebts = { debts: 'none' } as const;
    const routeId = await started({ stepId: 'intake.debt-screening', mode: 'normal', result: noDebts });
    const decision = { granted: false, reason: 'Geen gronden' };
    const refused = await accompany(
      api,
      routeId,
      (route) => step(route, 'intake.decision')?.status === 'refused',
      { habits: { decision } },
    );
    expect(refused.ending).toBeUndefined();
    const objection = await api.post(`/routes/${routeId}/steps/intake.decision/objection`, {
      reason: 'De woning waar op gerekend werd, is er niet',
    });
    expect(objection.body).toMatchObject({
      waits: expect.arrayContaining([expect.objectContaining({ blocker: 'waiting-for-decision' })]),
    });
    const director = patient(
      await system.as({ role: 'process-director', subject: 'pd-1', municipality: 'GM0153' }),
    );
    const own = await api.post(`/routes/${routeId}/decision`, decision);
    expect([own.status, own.body.type]).toEqual([409, expect.stringContaining('four-eyes')]);
    expect((await director.post(`/routes/${routeId}/decision`, decision)).status).toBe(200);
    const route = await accompany(api, routeId, ({ stage }) => stage === 'closed');
    expect(route).toMatchObject({ ending: 'not-granted', waits: [] });
    expect(step(route, 'income.benefit')?.status).toBe('done');
    expect(step(route, 'intake.decision')).toMatchObject({ attempt: 2, objectsTo: 1 });
    const { requests } = system.simulator.ledger(routeId);
    expect(requests.some(({ stepId }) => stepId.startsWith('housing.'))).toBe(false);
  });

  it('that is closed early: partners hear that their requests are off, and the file is closed', async () => {
    const routeId = await started({ party: 'debt-service', stepId: 'debt.registration', mode: 'silent' });
    await accompany(api, routeId, (route) => step(route, 'debt.registration') !== undefined);
    await api.post(`/routes/${routeId}/closure`, { reason: 'Gaat bij familie wonen' });
    const route = await accompany(api, routeId, ({ stage }) => stage === 'closed');
    expect(route).toMatchObject({ ending: 'closed-early', waits: [] });
    const { requests } = system.simulator.ledger(routeId);
    expect(requests.find(({ stepId }) => stepId === 'debt.registration')).toMatchObject({ released: true });
  });

  it('meets a partner that is down: it becomes technical, tries on, and is well again by itself', async () => {
    const routeId = await started({ party: 'debt-service', mode: 'down' });
    const stuck = await accompany(api, routeId, ({ health }) => health === 'Technical');
    expect(stuck.waits).toContainEqual(
      expect.objectContaining({ blocker: 'technical', waitingOn: 'debt-service' }),
    );
    await behave(routeId, []);
    const route = await accompany(api, routeId, isDone('intake.debt-screening'));
    expect(step(route, 'intake.debt-screening')?.attempt).toBe(1);
  });

  it('whose request a partner rejects is technical until somebody asks again', async () => {
    const routeId = await started({ stepId: 'intake.skills', attempt: 1, mode: 'rejecting' });
    const stuck = await accompany(api, routeId, ({ health }) => health === 'Technical');
    expect(step(stuck, 'intake.skills')).toMatchObject({ status: 'technical', reason: 'PartnerRejected' });
    const redo = await api.post(`/routes/${routeId}/steps/intake.skills/redo`, {
      reason: 'Adres hersteld',
    });
    expect(redo.status).toBe(200);
    await accompany(api, routeId, isDone('intake.skills'));
  });
});

describe.concurrent('partners that behave badly', () => {
  it('that answer twice and out of order change nothing, and everything waits its turn', async () => {
    const routeId = await started(
      { mode: 'duplicate' },
      { party: 'housing-corporation', mode: 'out-of-order' },
      { party: 'debt-service', mode: 'out-of-order' },
    );
    const route = await accompany(api, routeId, isDone('debt.arrangement'));
    await accompany(api, routeId, isDone('housing.key-handover'));
    const { requests, totals } = system.simulator.ledger(routeId);
    expect(totals).toMatchObject({ actedTwice: 0, undeliverable: 0 });
    const receipts = new Set(requests.flatMap((each) => each.receipts.map(({ receipt }) => receipt)));
    receipts.delete('queued'); // where the worker had more to do
    expect(receipts).toEqual(new Set(['applied', 'duplicate', 'early', 'late']));
    expect(route.tracks.flatMap(({ steps }) => steps).every(({ attempt }) => attempt === 1)).toBe(true);
  });
});

describe('while no worker is there', () => {
  it('news is queued, and judged when one comes back', async () => {
    const routeId = await begun();
    await until('the route runs', async () => (await api.get(`/routes/${routeId}`)).status === 200);
    await system.stopWorker();
    const partner = await system.as({
      role: 'partner',
      subject: 'support-provider',
      party: 'support-provider',
    });
    const event = {
      specversion: '1.0',
      id: randomUUID(),
      source: sourceOf('support-provider'),
      subject: routeId,
      type: 'nl.uitstroomroutes.concern-raised.v1',
      time: new Date().toISOString(),
      data: { kind: 'missed-contact', note: 'Al twee weken niet gezien' },
    };
    const queued = await partner.post('/partner-events', event, {
      'content-type': 'application/cloudevents+json',
    });
    expect(queued).toMatchObject({ status: 202, body: { receipt: 'queued' } });
    await system.startWorker();
    const judged = await until('the news was judged', async () => {
      const answer = await partner.get(`/partner-events/${routeId}/${event.id}`);
      return answer.status === 200 && answer.body;
    });
    expect(judged).toMatchObject({ receipt: 'applied' });
    const { body } = await api.get(`/routes/${routeId}/timeline`);
    const concerns = body.items.filter(({ what }: { what: string }) => what === 'concern-raised');
    expect(concerns).toHaveLength(1);
  });
});
