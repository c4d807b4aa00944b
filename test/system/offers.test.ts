/** Offers of homes over the real development server and real HTTP: what follows from each no, and from the yes. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RouteView } from '../../contracts/views.ts';
import type { Behaviour } from '../../simulator/behaviours.ts';
import type { Caller } from '../support/api-caller.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
let manager: Caller;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'demo' });
  manager = await system.as({ role: 'case-manager', subject: 'cm-17', municipality: 'GM0014' });
});
afterAll(() => system?.stop());

const step = (route: RouteView, stepId: string) =>
  route.tracks.flatMap(({ steps }) => steps).find((each) => each.stepId === stepId);
const offer = (attempt: number, more: Partial<Behaviour>): Behaviour => ({
  stepId: 'housing.offer',
  attempt,
  mode: 'normal',
  ...more,
});
const address = 'Geheimestraat 7, 7500 AA Nergens';

it('two refusals by preference are told, an unsafe area is excluded, a tripartite lease is taken over', async () => {
  const known: Behaviour = {
    stepId: 'intake.registry-check',
    mode: 'normal',
    result: { addressKnown: true },
  };
  const homes = [
    // The corporation offers in an excluded area all the same, and then a home on a tripartite lease.
    offer(4, { offer: { area: '7523 AB' } }),
    offer(5, { offer: { lease: 'tripartite' } }),
  ];
  await system.simulator.setBehaviours([known, offer(3, { mode: 'silent' }), ...homes]);
  const { body: started } = await manager.post('/routes', {
    ...aStart,
    municipality: 'GM0014',
    region: 'demo-region',
    person: aPerson,
  });
  const { routeId } = started;
  expect((await manager.put(`/routes/${routeId}/shelter-address`, { address })).status).toBe(200);

  const preference = { accepted: false, reason: 'preference' };
  const habits = {
    answers: [preference, preference, { accepted: false, reason: 'unsafe' }, { accepted: true }],
  };
  const isSearching = (route: RouteView) =>
    step(route, 'housing.offer')?.attempt === 3 && step(route, 'housing.offer')?.status === 'open';
  const atMost = await accompany(manager, routeId, isSearching, { habits });
  expect(atMost).toMatchObject({ preferenceRefusals: { count: 2, most: 2 }, stage: 'housing' });
  expect(atMost.waits).toContainEqual(
    expect.objectContaining({ stepId: 'housing.offer', nextMove: 'talk-before-offer' }),
  );
  const notice = await until('the process director is told', async () => {
    const told = await fetch(`${system.simulatorUrl}/control/notifications?routeId=${routeId}`);
    return ((await told.json()) as { kind: string }[]).find(({ kind }) => kind === 'preference-maximum');
  });
  expect(notice).toMatchObject({ to: 'process-director', recipient: 'GM0014' });

  await system.simulator.setBehaviours([known, ...homes]);
  const housed = await accompany(
    manager,
    routeId,
    (route) => step(route, 'housing.lease-trial') !== undefined,
    {
      habits,
    },
  );
  expect(housed.offers).toMatchObject([
    { status: 'refused', refusal: 'preference', counted: true },
    { status: 'refused', refusal: 'preference', counted: true },
    { status: 'refused', refusal: 'unsafe', counted: false, area: '7523' },
    { status: 'refused', refusal: 'unsafe', counted: false, byRule: true },
    { status: 'accepted', lease: 'tripartite', area: '7511' },
  ]);
  expect(housed).toMatchObject({ excludedAreas: ['7523'], shelterAddress: 'sealed' });
  const taken = await accompany(
    manager,
    routeId,
    (route) => step(route, 'housing.lease-takeover')?.status === 'done',
  );
  expect(taken.tracks.find(({ track }) => track === 'housing')?.status).toBe('done');

  const { requests } = system.simulator.ledger(routeId);
  const told = (requestId: string) =>
    requests.find((each) => each.requestId === `${routeId}:${requestId}`)?.data;
  expect(told('housing.offer:3')).not.toHaveProperty('excludedAreas');
  expect(told('housing.offer:4')).toMatchObject({ excludedAreas: ['7523'] });
  expect(told('housing.contract:1')).toMatchObject({ offerId: taken.offers.at(-1)!.offerId });
  expect(told('housing.lease-takeover:1')).toEqual({ offerId: taken.offers.at(-1)!.offerId });

  const { body: timeline } = await manager.get(`/routes/${routeId}/timeline`);
  const happened = timeline.items.map(({ what }: { what: string }) => what);
  expect(happened).toEqual(
    expect.arrayContaining(['preference-maximum-reached', 'area-excluded', 'offer-refused-by-rule']),
  );
  const handle = system.client.workflow.getHandle(`route/${routeId}`);
  const state = await handle.query('routeState');
  const history = (await handle.fetchHistory()).events;
  const everything = JSON.stringify([taken, timeline, requests, state, history]);
  expect(everything).not.toContain('Geheimestraat');
});
