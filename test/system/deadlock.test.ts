/** Parties that wait for each other, over the real development server and real HTTP: found, named, and broken. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenRequest } from '../../contracts/open-request.ts';
import type { Behaviour } from '../../simulator/behaviours.ts';
import { sourceOf } from '../../simulator/partners.ts';
import type { RouteView } from '../../contracts/views.ts';
import type { Caller } from '../support/api-caller.ts';
import { behaving } from '../support/behaving.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import { patient } from '../support/patient.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
let manager: Caller;
let behave: ReturnType<typeof behaving>;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'demo' });
  behave = behaving(system.simulator);
  manager = patient(await system.as({ role: 'case-manager', subject: 'cm-17', municipality: 'GM0014' }));
});
afterAll(() => system?.stop());

/** No postal address here: an address comes with a home, a home with an income, an income with an address. */
const noPostalAddress: Behaviour = {
  stepId: 'income.postal-address',
  mode: 'refusing',
  reason: 'no-proven-residence',
};

/** The debts are where they get stuck before the search is: all three stand still at once, in one deadlock. */
const debtsFirst: Behaviour = { stepId: 'housing.urgency', mode: 'normal', delayMs: 1500 };

async function inDeadlock(...behaviours: Behaviour[]): Promise<string> {
  const body = { ...aStart, municipality: 'GM0014', region: 'demo-region' };
  const { status, body: route } = await manager.post('/routes', body);
  expect(status).toBe(201);
  const { routeId } = route;
  await behave(routeId, [noPostalAddress, debtsFirst, ...behaviours]);
  expect((await manager.put(`/routes/${routeId}/person`, aPerson)).status).toBe(200);
  return routeId;
}

const step = (route: RouteView, stepId: string) =>
  route.tracks.flatMap(({ steps }) => steps).find((each) => each.stepId === stepId);
/** What operations read of a route in the Temporal UI. */
const inTheUi = async (routeId: string): Promise<string> => {
  const route = system.client.workflow.getHandle(`route/${routeId}`);
  const told = await route.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  return told.currentDetails;
};
const latest = (route: RouteView) => route.rounds.at(-1);
const impasse = 'address+debt.stabilised+home+income';

it.concurrent(
  'all commit: all promises become active together, and the route goes on to the keys',
  async () => {
    const parties = ['benefits-office', 'debt-service', 'housing-corporation'] as const;
    // They answer when the test has seen that they are asked.
    const notYet = parties.map((party) => ({ stepId: `commitment.${party}`, mode: 'silent' as const }));
    // What was promised is not done before the test has seen the promises.
    const patiently = ['income.benefit', 'debt.stabilisation', 'housing.offer'].map((stepId) => ({
      stepId,
      mode: 'silent' as const,
    }));
    const routeId = await inDeadlock(...notYet, ...patiently);
    const stuck = await accompany(manager, routeId, ({ deadlock }) => deadlock?.name === impasse);
    expect(stuck.health).toBe('Deadlocked');
    expect(stuck.deadlock).toMatchObject({
      name: impasse,
      members: expect.arrayContaining([
        { stepId: 'income.benefit', party: 'benefits-office', wants: ['address'], owes: ['income'] },
        { stepId: 'debt.stabilisation', party: 'debt-service', wants: ['home'], owes: ['debt.stabilised'] },
      ]),
      sentence: expect.stringContaining('de uitkeringsinstantie wil eerst een adres'),
    });
    expect(stuck.waits).toContainEqual(
      expect.objectContaining({ blocker: 'mutual-precondition', nextMove: 'await-commitments' }),
    );

    const whileAsked = await inTheUi(routeId);
    expect(whileAsked).toContain(
      'Impasse rond een adres, een start met de schulden, een woning en een inkomen',
    );
    expect(whileAsked).toMatch(/Ronde \d: alle partijen zijn om een toezegging gevraagd/);
    await behave(routeId, [noPostalAddress, ...patiently]);

    const active = await accompany(manager, routeId, (route) => latest(route)?.status === 'active');
    expect(await inTheUi(routeId)).toMatch(/Ronde \d: alle toezeggingen gelden sinds/);
    expect(active.deadlock).toBeUndefined();
    expect([...active.promised].sort()).toEqual(['address', 'debt.stabilised', 'home', 'income']);
    expect(active.facts).toEqual([]);
    expect(latest(active)!.commitments.every(({ answer, keepBy }) => answer === 'given' && keepBy)).toBe(
      true,
    );

    await behave(routeId, [noPostalAddress]);
    const kept = await accompany(manager, routeId, (route) => latest(route)?.status === 'kept');
    expect(kept.promised).toEqual([]);
    expect(kept.facts).toEqual(expect.arrayContaining(['address', 'home', 'income', 'debt.stabilised']));
    expect(step(kept, 'income.postal-address')?.status).toBe('not-asked');
  },
);

it.concurrent(
  'one declines: nobody is bound, and the process director is told; asked again, they may all commit',
  async () => {
    const declines: Behaviour = { stepId: 'commitment.housing-corporation', attempt: 1, mode: 'refusing' };
    const routeId = await inDeadlock(declines);
    const released = await accompany(manager, routeId, (route) => latest(route)?.status === 'released');
    expect(released).toMatchObject({ health: 'Deadlocked', promised: [], deadlock: { name: impasse } });
    expect(latest(released)).toMatchObject({ reason: 'declined' });
    expect(released.waits).toContainEqual(expect.objectContaining({ nextMove: 'ask-commitments' }));
    expect(await inTheUi(routeId)).toMatch(/is voorbij, niemand is gebonden: een partij zegde niet toe/);

    const again = await manager.post(
      `/routes/${routeId}/commitments`,
      { reason: 'Besproken aan de regietafel' },
      { 'idempotency-key': randomUUID() },
    );
    expect(again.status).toBe(200);
    expect((await manager.post(`/routes/${routeId}/commitments`, { reason: 'Nog eens' })).status).toBe(409);
    const active = await accompany(manager, routeId, (route) => route.rounds.length === 2 && !route.deadlock);
    expect(latest(active)?.nr).toBe(2);
  },
);

it.concurrent(
  'one breaks its promise: the others are released, and what leaned on it goes back to blocked',
  async () => {
    const waits: Behaviour[] = ['housing.offer', 'income.benefit', 'debt.stabilisation'].map((stepId) => ({
      stepId,
      mode: 'silent',
    }));
    const breaks: Behaviour = { stepId: 'commitment.benefits-office', mode: 'breaking', delayMs: 700 };
    const routeId = await inDeadlock(breaks, ...waits);
    await accompany(manager, routeId, (route) => step(route, 'housing.offer')?.status === 'open');
    const broken = await accompany(manager, routeId, (route) => latest(route)?.status === 'broken');
    expect(latest(broken)).toMatchObject({ reason: 'broken' });
    expect(broken).toMatchObject({ promised: [], health: 'Deadlocked' });
    for (const stepId of ['housing.offer', 'income.benefit', 'debt.stabilisation'])
      expect(step(broken, stepId)?.status).toBe('blocked');
    const { body } = await manager.get(`/routes/${routeId}/timeline`);
    expect(body.items.map(({ what }: { what: string }) => what)).toContain('commitment-broken');
  },
);

it.concurrent('a party that was away finds the promise that it is asked for, and gives it', async () => {
  const party = 'benefits-office';
  const routeId = await inDeadlock({ stepId: `commitment.${party}`, mode: 'silent' });
  await accompany(manager, routeId, (route) => latest(route)?.status === 'asking');
  const partner = await system.as({ role: 'partner', subject: party, party, municipality: 'GM0014' });
  const asked = async (): Promise<OpenRequest | undefined> => {
    const { body } = await partner.get('/partner-requests?status=open');
    return body.items.find((each: OpenRequest) => each.routeId === routeId);
  };
  const found = await until('it is listed', async () => {
    const request = await asked();
    return request?.stepId === `commitment.${party}` && request.taken && request;
  });
  expect(found).toMatchObject({ municipality: 'GM0014', basis: expect.stringContaining('demo-region') });
  const event = {
    specversion: '1.0',
    id: randomUUID(),
    source: sourceOf(party),
    subject: routeId,
    type: 'nl.uitstroomroutes.commitment-given.v1',
    time: new Date().toISOString(),
    data: { requestId: found.requestId },
  };
  expect([200, 202]).toContain((await partner.post('/partner-events', event)).status);
  const judged = await until('it is judged', async () => {
    const { status, body } = await partner.get(`/partner-events/${routeId}/${event.id}`);
    return status === 200 && body;
  });
  expect(judged).toMatchObject({ receipt: 'applied' });
  expect((await asked())?.requestId).not.toBe(found.requestId);
});

it.concurrent(
  'the keys are never handed over on a promise of support, whatever the agreement says',
  async () => {
    const { body } = await manager.get('/cooperation-agreements/demo-region');
    const promised = body.parties.flatMap(({ promises }: { promises: { fact: string }[] }) => promises);
    expect(promised.map(({ fact }: { fact: string }) => fact)).not.toContain('support');
  },
);
