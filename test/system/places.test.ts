/** Routes and the housing agreement of their region: a place is reserved before a home is sought, and never leaks. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RouteView } from '../../contracts/views.ts';
import type { Caller } from '../support/api-caller.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import { sourceOf } from '../../simulator/partners.ts';
import { anAgreement } from '../support/region.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

const year = Number(new Date().toLocaleString('en', { timeZone: 'Europe/Amsterdam', year: 'numeric' }));
const ledger = `/housing-agreements/twente/${year}`;

let system: System;
let manager: Caller;
let policy: Caller;
let director: Caller;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
  manager = system.api;
  policy = await system.as({ role: 'policy', subject: 'pol-1' });
  director = await system.as({ role: 'process-director', subject: 'pd-1', municipality: 'GM0153' });
  await system.simulator.setBehaviours([{ stepId: 'housing.offer', mode: 'silent' }]);
});
afterAll(() => system?.stop());

/** A route of Enschede, which is in Twente: under its cooperation agreement. */
async function aRoute(): Promise<string> {
  const body = { ...aStart, person: aPerson, wishes: { living: 'Zelfstandig' } };
  const { status, body: route } = await manager.post('/routes', body);
  expect(status).toBe(201);
  return route.routeId as string;
}
const statusOf = (route: RouteView, stepId: string) =>
  route.tracks.flatMap(({ steps }) => steps).find((each) => each.stepId === stepId)?.status;
const isQueued = ({ waits }: RouteView) => waits.some(({ blocker }) => blocker === 'no-contingent');
const hasPlace = ({ place }: RouteView) => place !== undefined;
const figures = async () => (await manager.get(`${ledger}/utilisation`)).body;

it('a region that agreed on no places seeks homes without', async () => {
  const route = await accompany(
    manager,
    await aRoute(),
    (seen) => statusOf(seen, 'housing.offer') === 'open',
  );
  expect(route.place).toBeUndefined();
  expect(statusOf(route, 'housing.place')).toBe('done');
});

it('the last place goes to one route; the next waits in the queue, and gets it when that one ends', async () => {
  expect((await policy.put(ledger, anAgreement(1))).status).toBe(201);
  const first = await aRoute();
  const held = await accompany(manager, first, hasPlace);
  expect(held.place).toMatchObject({
    region: 'twente',
    year,
    corporation: 'de-woonplaats',
    housingForm: 'own-home',
  });

  const second = await aRoute();
  const queued = await accompany(manager, second, isQueued);
  expect(queued.waitingOn).toContain('housing-agreement');
  expect(statusOf(queued, 'housing.offer')).toBeUndefined();
  expect(queued.waits.find(({ stepId }) => stepId === 'housing.place')?.sentence).toMatch(/wachtrij/);
  expect(await figures()).toMatchObject({ reserved: 1, free: 0, queued: 1 });

  // Whoever gives back a place in the queue that is not theirs to give back changes nothing for the route.
  const [item] = (await manager.get(`${ledger}/queue`)).body.items as { reservationId: string }[];
  expect((await manager.delete(`${ledger}/reservations/${item!.reservationId}`)).status).toBe(204);
  await until('the route waits in the queue anew', async () => {
    const [again] = (await manager.get(`${ledger}/queue`)).body.items as (typeof item)[];
    return again && again.reservationId !== item!.reservationId;
  });

  await manager.post(`/routes/${first}/closure`, { reason: 'Verhuisd' });
  await accompany(manager, first, ({ closedAt }) => closedAt !== undefined);
  const next = await accompany(manager, second, hasPlace);
  await accompany(manager, second, (seen) => statusOf(seen, 'housing.offer') === 'open');
  expect(next.place!.reservationId).not.toBe(held.place!.reservationId);
  expect(await figures()).toMatchObject({ reserved: 1, queued: 0 });

  // What the corporation takes back is over at once, and the route waits again.
  const { reservationId } = next.place!;
  const path = `${ledger}/reservations/${reservationId}/withdrawal`;
  expect((await director.post(path, { placeStays: false })).status).toBe(200);
  const without = await accompany(manager, second, (seen) => isQueued(seen) && !hasPlace(seen));
  expect(statusOf(without, 'housing.place')).toBe('open');
  expect(await figures()).toMatchObject({ reserved: 0, queued: 1, withdrawn: 1 });

  // Two more places were found. The keys make a home of one of them.
  const agreed = await policy.get(ledger);
  const more = await policy.put(ledger, anAgreement(3), { 'if-match': agreed.headers.get('etag')! });
  expect(more.status).toBe(200);
  await accompany(manager, second, hasPlace);
  await system.simulator.setBehaviours([]);
  const redone = await manager.post(`/routes/${second}/steps/housing.offer/redo`, {
    reason: 'Nu wel gezocht',
  });
  expect(redone.status).toBe(200);
  await accompany(manager, second, (seen) => statusOf(seen, 'housing.key-handover') === 'done');
  await until('the ledger counts a home', async () => (await figures()).realised === 1);
  expect(await figures()).toMatchObject({ reserved: 0, realised: 1, queued: 0, free: 1 });

  // Support that ends later ends no tenancy: the home stays, and the case manager is told.
  const provider = await system.as({ role: 'partner', subject: 'support', party: 'support-provider' });
  const ended = {
    specversion: '1.0',
    id: 'support-ended',
    source: sourceOf('support-provider'),
    subject: second,
    type: 'nl.uitstroomroutes.commitment-broken.v1',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { requestId: `${second}:housing.support:1` },
  };
  const cloudEvent = { 'content-type': 'application/cloudevents+json' };
  expect((await provider.post('/partner-events', ended, cloudEvent)).body).toEqual({ receipt: 'applied' });
  const housed = (await manager.get(`/routes/${second}`)).body as RouteView;
  expect(housed.facts).toContain('home');
  expect(statusOf(housed, 'housing.key-handover')).toBe('done');
  await until('the case manager was told', async () => {
    const told = await fetch(`${system.simulatorUrl}/control/notifications?routeId=${second}`);
    const messages = (await told.json()) as { kind: string; recipient: string }[];
    return messages.some(({ kind, recipient }) => kind === 'support-ended' && recipient === 'cm-17');
  });
});

it('a place that somebody reserves by hand reaches its route, also before that asks for one', async () => {
  const { routeId } = (await manager.post('/routes', aStart)).body as { routeId: string };
  const { status, body } = await manager.post(`${ledger}/reservations`, { routeId });
  expect([status, body.status]).toEqual([201, 'reserved']);
  const held = await accompany(manager, routeId, hasPlace);
  expect(held.place).toMatchObject({ reservationId: body.reservationId, corporation: 'de-woonplaats' });
});
