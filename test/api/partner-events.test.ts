/** What partners tell, over a real server; the test plays the partners itself, so the simulator is silent. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PartnerParty } from '../../contracts/vocabulary.ts';
import { sourceOf } from '../../simulator/partners.ts';
import type { Caller } from '../support/api-caller.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { documented } from './contract.ts';

let system: System;
let registry: Caller;
let debtService: Caller;
let operations: Caller;

beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
  await system.simulator.setBehaviours([{ mode: 'silent' }]);
  const as = async (party: PartnerParty) =>
    documented(await system.as({ role: 'partner', subject: party, party }));
  registry = await as('civil-registry');
  debtService = await as('debt-service');
  operations = documented(await system.as({ role: 'operations', subject: 'ops-1' }));
});
afterAll(() => system?.stop());

/** A route whose registry check is asked. */
async function aRoute(): Promise<string> {
  const { body } = await system.api.post('/routes', { ...aStart, person: aPerson });
  await until('the registry is asked', async () => {
    const { body: waits } = await system.api.get(`/routes/${body.routeId}/waits`);
    return waits.items?.some((wait: { stepId: string }) => wait.stepId === 'intake.registry-check');
  });
  return body.routeId;
}

const completed = (routeId: string, stepId: string, party: PartnerParty, more: object = {}) => ({
  specversion: '1.0',
  id: randomUUID(),
  source: sourceOf(party),
  subject: routeId,
  type: 'nl.uitstroomroutes.step-completed.v1',
  time: new Date().toISOString(),
  datacontenttype: 'application/json',
  data: { requestId: `${routeId}:${stepId}:1` },
  ...more,
});
const check = (routeId: string, more: object = {}) =>
  completed(routeId, 'intake.registry-check', 'civil-registry', more);
const kind = ({ body }: { body: { type: string } }) => body.type.split('/').at(-1);

describe('news of a partner gets a receipt', () => {
  it('applied, and a second arrival duplicate; both can be asked for afterwards', async () => {
    const routeId = await aRoute();
    const event = check(routeId, {
      data: { requestId: `${routeId}:intake.registry-check:1`, note: 'Gezien' },
    });
    const headers = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
    const [first, second] = [
      await registry.post('/partner-events', event, headers),
      await registry.post('/partner-events', event),
    ];
    expect([first.status, first.body, second.status, second.body]).toEqual([
      200,
      { receipt: 'applied' },
      200,
      { receipt: 'duplicate' },
    ]);
    const path = `/partner-events/${routeId}/${event.id}`;
    for (const asker of [registry, operations])
      expect((await asker.get(path)).body).toMatchObject({ eventId: event.id, receipt: 'applied' });
    expect((await debtService.get(path)).status).toBe(404);
  });

  it('early, when its step is not open yet', async () => {
    const routeId = await aRoute();
    const event = completed(routeId, 'debt.plan', 'debt-service');
    expect((await debtService.post('/partner-events', event)).body).toEqual({ receipt: 'early' });
    expect((await debtService.get(`/partner-events/${routeId}/${event.id}`)).body.receipt).toBe('early');
  });

  it('late, when the step was answered already', async () => {
    const routeId = await aRoute();
    await registry.post('/partner-events', check(routeId));
    const late = await registry.post('/partner-events', check(routeId));
    expect(late.body).toEqual({
      receipt: 'late',
      reason: 'already-answered',
      reasonSentence: 'er is al antwoord',
    });
  });

  it('duplicate, also when the event ended the route and comes again; what is new then is late', async () => {
    const routeId = await aRoute();
    await system.api.post(`/routes/${routeId}/closure`, { reason: 'Verhuisd' });
    const recordSystem = await system.as({
      role: 'partner',
      subject: 'record-system',
      party: 'record-system',
    });
    const event = completed(routeId, 'closure.file', 'record-system');
    await recordSystem.post('/partner-events', event);
    await until(
      'the route is closed',
      async () => (await system.api.get(`/routes/${routeId}`)).body.closedAt,
    );
    const tell = async (each: object) => (await recordSystem.post('/partner-events', each)).body;
    expect(await tell(event)).toEqual({ receipt: 'duplicate' });
    const late = completed(routeId, 'closure.file', 'record-system');
    expect(await tell(late)).toEqual({
      receipt: 'late',
      reason: 'route-closed',
      reasonSentence: 'de route is afgesloten',
    });
  });

  it('which is kept for a while; afterwards it is still known that the event was judged', async () => {
    const routeId = await aRoute();
    const type = 'nl.uitstroomroutes.concern-raised.v1';
    const concerns = Array.from({ length: 60 }, () => check(routeId, { type, data: { kind: 'other' } }));
    for (const each of concerns) await registry.post('/partner-events', each);
    const asked = async (id: string) => (await registry.get(`/partner-events/${routeId}/${id}`)).body;
    expect(await asked(concerns[0]!.id)).toMatchObject({
      receipt: 'duplicate',
      reason: 'judged-outcome-not-kept',
    });
    expect(await asked(concerns.at(-1)!.id)).toMatchObject({ receipt: 'applied' });
    expect(await asked('never-sent')).toMatchObject({ status: 404 });
  });

  it('also in binary mode, where headers carry the attributes', async () => {
    const routeId = await aRoute();
    const { data, datacontenttype: _, ...attributes } = check(routeId);
    const headers = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]),
    );
    const { body } = await registry.post('/partner-events', data, headers);
    expect(body).toEqual({ receipt: 'applied' });
  });

  it('for its own, though another partner uses the same event id', async () => {
    const routeId = await aRoute();
    const id = 'event-1';
    const mine = await registry.post('/partner-events', check(routeId, { id }));
    const theirs = completed(routeId, 'debt.plan', 'debt-service', { id });
    expect(mine.body).toEqual({ receipt: 'applied' });
    expect((await debtService.post('/partner-events', theirs)).body).toEqual({ receipt: 'early' });
  });
});

describe('news that is not for this partner to tell is refused', () => {
  it.each([
    ['from a source that is another system', 403, 'not-your-source', { source: sourceOf('debt-service') }],
    [
      'from a system of its name at another organisation',
      403,
      'not-your-source',
      { source: 'urn:nld:oin:00000001003214345000:systeem:civil-registry' },
    ],
    ['about a step of another party', 403, 'not-your-step', { step: 'debt.plan' }],
    ['about a step that nobody knows', 400, 'invalid-input', { step: 'debt.nonsense' }],
    ['about another route than its subject', 400, 'invalid-input', { subject: randomUUID() }],
    ['of an unknown type', 400, 'invalid-input', { type: 'nl.uitstroomroutes.step-forgotten.v1' }],
    ['without a requestId', 400, 'invalid-input', { data: {} }],
    ['larger than 64 KB', 413, 'body-too-large', { dataschema: 'x'.repeat(66_000) }],
  ])('%s', async (_, status, expected, { step, ...more }: Record<string, string | object>) => {
    const routeId = randomUUID();
    const event = completed(
      routeId,
      typeof step === 'string' ? step : 'intake.registry-check',
      'civil-registry',
      more,
    );
    const answer = await registry.post('/partner-events', event);
    expect([answer.status, kind(answer)]).toEqual([status, expected]);
  });

  it('about a route that does not exist', async () => {
    const routeId = randomUUID();
    const note = { requestId: `${routeId}:intake.registry-check:1`, note: 'Gezien' };
    for (const event of [check(routeId), check(routeId, { data: note })]) {
      const answer = await registry.post('/partner-events', event);
      expect([answer.status, kind(answer)]).toEqual([404, 'unknown-route']);
    }
  });

  it('and an offer by anybody but a corporation', async () => {
    const routeId = await aRoute();
    const type = 'nl.uitstroomroutes.offer-withdrawn.v1';
    const event = check(routeId, { type, data: { offerId: 'a1', reason: 'sold' } });
    const answer = await registry.post('/partner-events', event);
    expect([answer.status, kind(answer)]).toEqual([403, 'not-your-step']);
  });
});

describe('while no worker is there', () => {
  it('news is queued, after the second event without waiting; commands can be repeated; nothing is lost', async () => {
    const [commanded, ...routeIds] = [await aRoute(), await aRoute(), await aRoute(), await aRoute()];
    await system.stopWorker();

    // Ten Updates may be in flight on one route.
    const redo = () =>
      system.api.post(
        `/routes/${commanded}/steps/intake.registry-check/redo`,
        { reason: 'Bericht verloren' },
        { 'idempotency-key': 'redo-1' },
      );
    const others = Array.from({ length: 14 }, () => system.api.put(`/routes/${commanded}/person`, aPerson));
    const commands = Promise.all([redo(), ...others]);

    const events = routeIds.map((routeId) => check(routeId));
    const tell = (event: object) => registry.post('/partner-events', event);
    const first = await Promise.all(events.slice(0, 2).map(tell));
    const before = Date.now();
    const next = [await tell(events[2]!), await tell(events[0]!)];
    expect(Date.now() - before).toBeLessThan(1000);
    for (const { status, body } of [...first, ...next])
      expect([status, body]).toEqual([202, { receipt: 'queued' }]);

    const refused = await commands;
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([429, 503]));
    expect(new Set(refused.map(kind))).toEqual(new Set(['too-many-in-flight', 'worker-away']));
    expect(refused.every(({ headers }) => headers.get('retry-after') === '5')).toBe(true);

    await system.startWorker();
    for (const { subject, id } of events)
      await until('it is judged', async () => {
        const { body } = await registry.get(`/partner-events/${subject}/${id}`);
        return body.receipt === 'applied';
      });
    const again = await until('the command is carried out', async () => {
      const answer = await redo();
      return answer.status === 200 && answer;
    });
    const steps = again.body.tracks.flatMap((track: { steps: object[] }) => track.steps);
    expect(steps).toContainEqual(expect.objectContaining({ stepId: 'intake.registry-check', attempt: 2 }));
  });
});
