/** A person sees who did what with their data and why, and of their route what is theirs to see and to say. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ProcessingView } from '../../contracts/processing.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import type { Caller } from '../support/api-caller.ts';
import { startSystem, type System } from '../support/system.ts';

let system: System;
let routeId: string;
let person: Caller;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'demo' });
  await system.simulator.setBehaviours([{ stepId: 'debt.first-talk', mode: 'silent' }]);
  routeId = (await system.api.post('/routes', { ...aStart, person: aPerson, debts: 'problematic' })).body
    .routeId;
  person = await system.as({ role: 'person', subject: 'p-1', route: routeId });
  await accompany(system.api, routeId, ({ tracks }) =>
    tracks.some(({ steps }) =>
      steps.some(({ stepId, status }) => stepId === 'debt.first-talk' && status === 'open'),
    ),
  );
});
afterAll(() => system?.stop());

const linesOf = async (who: Caller): Promise<ProcessingView[]> =>
  (await who.get(`/routes/${routeId}/processing`)).body.items;

it('each partner that got something is told with what, what for and on which basis; so is each look', async () => {
  await system.api.get(`/routes/${routeId}/person`);
  const lines = await linesOf(person);
  expect(lines.map(({ at }) => at)).toEqual(
    lines
      .map(({ at }) => at)
      .toSorted()
      .toReversed(),
  );
  const registry = lines.find(({ activity }) => activity === 'intake.registry-check');
  expect(registry).toMatchObject({
    role: 'partner',
    party: 'civil-registry',
    data: ['identity'],
    basis: 'wettelijke taak: Wmo 2015 art. 5.2.9, Wet BRP art. 1.7 [aangenomen]',
  });
  expect(registry?.sentence).toBe('Burgerzaken (BRP) kreeg: wie u bent (Gegevens in de BRP nagaan)');
  const looks = lines.filter(({ activity }) => activity === 'getPerson');
  expect(looks).toMatchObject([{ by: 'cm-17', role: 'case-manager', data: ['opening-answer', 'identity'] }]);
  // What a partner told is there as well, by the party and not by who of it.
  expect(lines).toContainEqual(expect.objectContaining({ activity: 'tellPartnerEvent', by: 'debt-service' }));
  expect(JSON.stringify(lines)).not.toContain(aPerson.bsn);
  expect((await linesOf(person))[0]).toMatchObject({ activity: 'listProcessing', by: 'p-1', role: 'person' });
});

it('the person sees their route and who they are, and says what they wish, agree to and want erased', async () => {
  expect((await person.get(`/routes/${routeId}`)).status).toBe(200);
  expect((await person.get(`/routes/${routeId}/person`)).body.person).toEqual(aPerson);
  const { body } = await person.get(`/routes/${routeId}/timeline`);
  expect(body.items.some(({ note }: { note?: string }) => note)).toBe(false);
  const wished = await person.put(`/routes/${routeId}/wishes`, { living: 'Bij het water' });
  expect(wished.status).toBe(200);
  const consent = { purposes: ['housing-training'], givenOn: '2026-11-02' };
  expect((await person.put(`/routes/${routeId}/consents/support-provider`, consent)).status).toBe(200);
  expect((await person.delete(`/routes/${routeId}/consents/support-provider`)).status).toBe(204);
  expect((await person.post(`/routes/${routeId}/erasure`, {})).status).toBe(202);
  // Whoever asked does not decide, and a person decides about no route.
  expect(
    (await person.post(`/routes/${routeId}/erasure/decision`, { granted: true, reason: 'Ja' })).status,
  ).toBe(403);
});

it("another's route is unknown to a person, and so is every list and figure", async () => {
  const other = (await system.api.post('/routes', aStart)).body.routeId;
  for (const path of [`/routes/${other}`, `/routes/${other}/processing`, `/routes/${randomUUID()}`]) {
    const { status, body } = await person.get(path);
    expect([path, status, body.type.split('/').at(-1)]).toEqual([path, 404, 'unknown-route']);
  }
  expect((await person.put(`/routes/${other}/wishes`, { living: 'Elders' })).status).toBe(404);
  for (const path of ['/routes', '/overview', '/changes']) expect((await person.get(path)).status).toBe(403);
  const nobody = await system.as({ role: 'person', subject: 'p-2' });
  expect((await nobody.get(`/routes/${routeId}`)).status).toBe(403);
});
