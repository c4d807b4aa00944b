/** Erasure while the route runs, over the real server and real HTTP: asked by one, granted by another, and then gone everywhere. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Certificate } from '../../contracts/certificate.ts';
import type { RouteView } from '../../contracts/views.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import type { Caller } from '../support/api-caller.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

/** From the decision on (a machine that is busy is slower by itself). */
const withinMs = 60_000;
const reason = 'De persoon heeft een huis gevonden en wil vergeten worden';

let system: System;
let colleague: Caller;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'demo' });
  colleague = await system.as({ role: 'case-manager', subject: 'cm-21', municipality: 'GM0153' });
});
afterAll(() => system?.stop());

const status = (route: RouteView, stepId: string) =>
  route.tracks.flatMap(({ steps }) => steps).find((each) => each.stepId === stepId)?.status;

async function atFirstTalk(): Promise<string> {
  await system.simulator.setBehaviours([{ stepId: 'debt.first-talk', mode: 'silent' }]);
  const { body } = await system.api.post('/routes', { ...aStart, person: aPerson, debts: 'problematic' });
  await accompany(system.api, body.routeId, (route) => status(route, 'debt.first-talk') === 'open');
  return body.routeId;
}

const certificateOf = async (routeId: string): Promise<Certificate | undefined> => {
  const { status, body } = await system.api.get(`/routes/${routeId}/certificate`);
  return status === 200 ? body : undefined;
};
const ended = (routeId: string) =>
  until(
    'the route has ended',
    async () => (await system.api.get(`/routes/${routeId}`)).body.ending !== undefined,
  );

it('the parties erase, the key is destroyed, the file names nobody, and the certificate says what remains', async () => {
  const routeId = await atFirstTalk();
  expect((await system.api.post(`/routes/${routeId}/erasure`, { note: 'Mondeling' })).status).toBe(202);
  const path = `/routes/${routeId}/erasure/decision`;
  const own = await system.api.post(path, { granted: true, reason });
  expect([own.status, own.body.detail]).toEqual([
    409,
    'Iemand anders dan wie het verzoek vastlegde beslist: wat vernietigd is, komt niet terug.',
  ]);
  const begun = Date.now();
  expect((await colleague.post(path, { granted: true, reason })).status).toBe(202);

  const certificate = await until('all parties answered, and the route is closed', async () => {
    const said = await certificateOf(routeId);
    const isAnswered = said?.erasure?.parties.every(({ outcome }) => outcome === 'erased');
    return said?.closedAt && isAnswered ? said : undefined;
  });
  expect(Date.now() - begun).toBeLessThan(withinMs);
  expect(certificate.erasure?.parties.map(({ party }) => party).sort()).toEqual(
    [
      ...new Set(
        system.simulator
          .ledger(routeId)
          .requests.map(({ party }) => party)
          .filter((party) => party !== 'record-system'),
      ),
    ].sort(),
  );
  expect(certificate.deleted.map(({ data }) => data)).toEqual(
    expect.arrayContaining(['opening-answer', 'identity', 'reasons']),
  );
  expect(certificate.remains.map(({ data }) => data)).toEqual(['file', 'course', 'access-log']);

  const { body: route } = await system.api.get(`/routes/${routeId}`);
  expect([route.ending, route.stage, route.erasure.status]).toEqual(['erased', 'closed', 'granted']);
  const { requests } = system.simulator.ledger(routeId);
  const file = requests.find(({ stepId }) => stepId === 'closure.file');
  expect(file?.data).toMatchObject({ ending: 'erased' });
  expect(file?.data).not.toHaveProperty('identity');
  expect((await system.api.get(`/routes/${routeId}/person`)).body.type).toContain('person-erased');
  // Neither the key nor what the parties had is on the disk any more.
  const keys = await readdir(join(system.dataDir, 'keys', 'persons'));
  expect(keys.filter((name) => name.startsWith(routeId)).sort()).toEqual([
    `${routeId}.destroyed`,
    `${routeId}.shelter.destroyed`,
  ]);
  const journal = await readFile(join(system.dataDir, 'simulator', 'journal.jsonl'), 'utf8');
  expect(journal).toContain(routeId);
  expect(journal).not.toContain(aPerson.bsn);
});

it('a party that is down is asked until it answers, and holds nothing else up', async () => {
  const routeId = await atFirstTalk();
  await system.simulator.setBehaviours([
    { stepId: 'debt.first-talk', mode: 'silent' },
    { stepId: 'erasure.debt-service', mode: 'down' },
  ]);
  await system.api.post(`/routes/${routeId}/erasure`, {});
  await colleague.post(`/routes/${routeId}/erasure/decision`, { granted: true, reason });
  const certificate = await until('the key is destroyed', () => certificateOf(routeId));
  expect(certificate.closedAt).toBeUndefined();
  expect((await system.api.get(`/routes/${routeId}/person`)).body.type).toContain('person-erased');
  await system.simulator.setBehaviours([]);
  await until('the route is closed', async () => (await certificateOf(routeId))?.closedAt !== undefined);
  expect((await certificateOf(routeId))?.erasure?.parties.map(({ outcome }) => outcome)).not.toContain(
    'being-asked',
  );
});

it('a refused request changes nothing but what is known of it', async () => {
  const routeId = await atFirstTalk();
  await system.api.post(`/routes/${routeId}/erasure`, { requestedOn: new Date().toISOString().slice(0, 10) });
  const refusal = { granted: false, ground: 'interest-of-another', reason };
  const { status: code, body } = await colleague.post(`/routes/${routeId}/erasure/decision`, refusal);
  expect([code, body.erasure.status, body.erasure.ground]).toEqual([202, 'refused', 'interest-of-another']);
  expect(status(body, 'debt.first-talk')).toBe('open');
  expect((await system.api.get(`/routes/${routeId}/person`)).body.person).toEqual(aPerson);
  await system.api.post(`/routes/${routeId}/closure`, { reason });
  await ended(routeId);
});
