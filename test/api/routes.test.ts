/** Starting, listing, viewing and commanding routes, over a real server; every answer held against the document. */
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../support/api-caller.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { documented } from './contract.ts';

let system: System;
let api: Caller;
let elsewhere: Caller;
let operations: Caller;

beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
  await system.simulator.setBehaviours([{ mode: 'silent' }]);
  const as = async (...who: Parameters<System['as']>) => documented(await system.as(...who));
  api = documented(system.api);
  elsewhere = await as({ role: 'case-manager', subject: 'cm-99', municipality: 'GM0001' });
  operations = await as({ role: 'operations', subject: 'ops-1' });
});
afterAll(() => system?.stop());

const start = async (more: object = {}, by = api): Promise<string> => {
  const { status, body, headers } = await by.post('/routes', { ...aStart, ...more });
  expect([status, headers.get('location')]).toEqual([201, `/v1/routes/${body.routeId}`]);
  return body.routeId;
};
const kind = ({ body }: { body: { type: string } }) => body.type.split('/').at(-1);

describe('starting', () => {
  it('follows the template of the target group, or of the origin; one that is not there is refused by name', async () => {
    const { items } = (await api.get('/target-groups')).body;
    expect(items.map(({ id }: { id: string }) => id)).toContain('youth');
    const youth = await api.post('/routes', { ...aStart, targetGroup: 'youth' });
    const usual = await api.post('/routes', { ...aStart, origin: 'womens-shelter' });
    expect([youth.body.targetGroup, usual.body.targetGroup]).toEqual(['youth', 'womens-shelter']);
    const unknown = await api.post('/routes', { ...aStart, targetGroup: 'sailors' });
    expect([unknown.status, kind(unknown)]).toEqual([400, 'invalid-input']);
    expect(unknown.body.errors[0].detail).toContain('youth');
  });

  it('twice under one idempotency key is starting once', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const [first, second] = [
      await api.post('/routes', aStart, headers),
      await api.post('/routes', { ...aStart, origin: aStart.origin }, headers),
    ];
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body.routeId).toBe(first.body.routeId);
    const other = await api.post('/routes', { ...aStart, caseManager: 'cm-18' }, headers);
    expect([other.status, kind(other)]).toEqual([409, 'idempotency-key-reused']);
  });

  it('at the same time under one idempotency key gives one route to all', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all([1, 2, 3].map(() => api.post('/routes', aStart, headers)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.routeId)).size).toBe(1);
  });

  it('under the key that somebody else used starts a route of your own', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const mine = await api.post('/routes', aStart, headers);
    const theirs = await elsewhere.post('/routes', { ...aStart, municipality: 'GM0001' }, headers);
    expect([theirs.status, theirs.body.routeId === mine.body.routeId]).toEqual([201, false]);
  });
});

describe('the list', () => {
  it('finds routes by what they wait for, and pages through them', async () => {
    const caseManager = `cm-${randomUUID()}`;
    const ids = [await start({ caseManager }), await start({ caseManager }), await start({ caseManager })];
    const query = `caseManager=${caseManager}&waitingOn=case-manager&blocker=no-identity&stage=intake&health=OnTrack&targetGroup=shelter`;
    await until('all are listed', async () => (await api.get(`/routes?${query}`)).body.items.length === 3);
    const found: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await api.get(`/routes?${query}&pageSize=2${cursor}`);
      expect(body.items.length).toBeLessThanOrEqual(2);
      found.push(...body.items.map((item: { routeId: string }) => item.routeId));
      if (!body.nextCursor) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(found.sort()).toEqual(ids.sort());
    expect((await elsewhere.get(`/routes?${query}`)).body.items).toEqual([]);
    expect((await operations.get(`/routes?${query}`)).body.items).toHaveLength(3);
    expect((await operations.get(`/routes?${query}&municipality=GM0001`)).body.items).toEqual([]);
  });

  it('refuses a cursor that it never gave', async () => {
    const answer = await api.get(`/routes?cursor=bm9uc2Vuc2U.${'x'.repeat(43)}`);
    expect([answer.status, kind(answer)]).toEqual([400, 'invalid-input']);
  });
});

describe('a view', () => {
  it('need not be sent again while nothing changed', async () => {
    const routeId = await start();
    const path = `/routes/${routeId}`;
    const etag = await until('the route came to rest', async () => {
      const tag = (await api.get(path)).headers.get('etag')!;
      return (await api.get(path, { 'if-none-match': `W/"0", ${tag}` })).status === 304 && tag;
    });
    await api.put(`${path}/person`, aPerson);
    expect((await api.get(path, { 'if-none-match': etag })).status).toBe(200);
    expect((await api.get(path, { 'if-none-match': etag, 'accept-language': 'en' })).status).toBe(200);
  });

  it('speaks Dutch, or English to who prefers it', async () => {
    const path = `/routes/${await start()}`;
    const waits = (language: string) => api.get(`${path}/waits`, { 'accept-language': language });
    const [dutch, english, german] = [await waits('*'), await waits('en-GB, nl;q=0.5'), await waits('de')];
    expect(dutch.body.items[0].sentence).toContain('wacht op de trajectbegeleider');
    expect(english.body.items[0].sentence).toContain('waits on the case manager');
    expect(german.headers.get('content-language')).toBe('nl');
    const { body } = await api.get(`${path}/timeline`, { 'accept-language': 'en' });
    expect(body.items[0]).toMatchObject({ what: 'route-started', by: 'cm-17', sentence: 'Route started' });
  });

  it("of another municipality's route is that of no route at all", async () => {
    const path = `/routes/${await start()}`;
    for (const each of [path, `${path}/waits`, `${path}/timeline`, `${path}/person`]) {
      const [theirs, nobodys] = [
        await elsewhere.get(each),
        await api.get(each.replace(/[\w-]{36}/, randomUUID())),
      ];
      expect([theirs.status, theirs.body.detail]).toEqual([404, nobodys.body.detail]);
    }
  });
});

it('the debt track goes out in the exchange model once it is asked for, to the case manager alone', async () => {
  const routeId = await start({ person: aPerson, wishes: { living: 'Zelfstandig' } });
  const path = `/routes/${routeId}`;
  const none = await api.get(`${path}/debt-exchange`);
  expect([none.status, kind(none)]).toEqual([404, 'no-debt-track']);
  const found = { debts: 'problematic', threat: 'eviction' };
  const answered = (stepId: string, result: object) =>
    until(`${stepId} is open`, async () => {
      const body = { reason: 'Telefonisch bevestigd', result };
      return (await api.post(`${path}/steps/${stepId}/complete`, body)).status === 200;
    });
  await answered('intake.registry-check', { addressKnown: true });
  await answered('intake.debt-screening', found);
  const { body } = await until('the debt service has the registration', async () => {
    const answer = await api.get(`${path}/debt-exchange`);
    return answer.status === 200 && answer;
  });
  expect(body.leveringen[0].schuldhulptrajecten).toMatchObject([
    {
      gemeentecode: '0153',
      aanmelding: { startdatum: body.startdatumLevering, crisisinterventie: true },
      client: [{ Burgerservicenummer: aPerson.bsn }],
    },
  ]);
  const others = [
    await operations.get(`${path}/debt-exchange`),
    await elsewhere.get(`${path}/debt-exchange`),
  ];
  expect(others.map(({ status }) => status)).toEqual([403, 404]);
});

it('a start of somebody whom the intake of the region is not open to, or before the law, is refused', async () => {
  const faultsOf = async (more: object) => (await api.post('/routes', { ...aStart, ...more })).body.errors;
  const year = new Date().getFullYear();
  expect(await faultsOf({ birthYear: year - 17 })).toMatchObject([
    {
      location: '/birthYear',
      code: 'too-young',
      detail: expect.stringContaining('centrale intake vanaf 18'),
    },
  ]);
  expect(await faultsOf({ birthYear: year - 18 })).toBeUndefined();
  expect(await faultsOf({ reportedAt: '2014-06-01T09:00:00Z' })).toMatchObject([
    { location: '/reportedAt', code: 'before-the-law' },
  ]);
});

describe('a command', () => {
  it('identifies a person, whom only the case manager may see', async () => {
    const path = `/routes/${await start({ wishes: { living: 'Zelfstandig, dicht bij mijn zus' } })}`;
    const { status, body } = await api.put(`${path}/person`, aPerson);
    expect([status, body.identified]).toEqual([200, true]);
    expect((await api.get(`${path}/person`)).body).toEqual({
      openingAnswer: aStart.openingAnswer,
      person: aPerson,
      wishes: { living: 'Zelfstandig, dicht bij mijn zus' },
    });
    const again = await api.put(`${path}/person`, aPerson);
    expect([again.status, kind(again)]).toEqual([409, 'already-identified']);
  });

  it('repeated under its key is carried out once; another one under it is refused', async () => {
    const path = `/routes/${await start()}`;
    const headers = { 'idempotency-key': randomUUID() };
    const answers = [
      await api.put(`${path}/person`, aPerson, headers),
      await api.put(`${path}/person`, aPerson, headers),
      await api.put(`${path}/person`, { bsn: '111222333' }, headers),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 409]);
    expect(kind(answers[2]!)).toBe('idempotency-key-reused');
  });

  it('that the state of the route forbids says which rule forbids it', async () => {
    const path = `/routes/${await start()}`;
    const decision = await api.post(`${path}/decision`, {
      granted: true,
      housingForm: 'own-home',
      reason: 'Klaar',
    });
    expect([decision.status, kind(decision)]).toEqual([409, 'decision-not-open']);
    expect(decision.body.detail).toMatch(/^De intake is nog niet bij het besluit/);
    const inEnglish = await api.post(
      `${path}/decision`,
      { granted: true, housingForm: 'own-home', reason: 'Klaar' },
      { 'accept-language': 'en' },
    );
    expect(inEnglish.body.detail).toMatch(/^The intake is not at its decision/);
    const redo = await operations.post(`${path}/steps/debt.plan/redo`, { reason: 'Opnieuw' });
    expect([redo.status, kind(redo)]).toEqual([409, 'step-not-open']);
    const offer = await api.post(`${path}/offers/nowhere/answer`, { accepted: true });
    expect([offer.status, kind(offer)]).toEqual([404, 'offer-unknown']);
  });

  it('asks a step again as a new attempt', async () => {
    const routeId = await start({ person: aPerson });
    const path = `/routes/${routeId}/steps/intake.registry-check/redo`;
    const answer = await until('the step is open', async () => {
      const redone = await operations.post(path, { reason: 'Bericht verloren' });
      return redone.status === 200 && redone;
    });
    const steps = answer.body.tracks.flatMap((track: { steps: object[] }) => track.steps);
    expect(steps).toContainEqual(expect.objectContaining({ stepId: 'intake.registry-check', attempt: 2 }));
  });

  it('to a route of another municipality, or to none, makes no key', async () => {
    const nobodys = randomUUID();
    const theirs = await start({ municipality: 'GM0001' }, elsewhere);
    for (const routeId of [nobodys, theirs])
      expect((await api.put(`/routes/${routeId}/person`, aPerson)).status).toBe(404);
    const files = await readdir(join(system.dataDir, 'keys', 'persons'));
    expect(files.filter((file) => file.includes(nobodys))).toEqual([]);
  });
});

it('a route is in the region of its municipality, and in the one it names where no region has that', async () => {
  const regionOf = async (body: object, by: Caller = api) =>
    (await by.get(`/routes/${await start(body, by)}`)).body.region;
  expect(await regionOf({})).toBe('twente');
  expect(await regionOf({ region: 'twente' })).toBe('twente');
  expect(await regionOf({ municipality: 'GM0001' }, elsewhere)).toBeUndefined();
  expect(await regionOf({ municipality: 'GM0001', region: 'noord' }, elsewhere)).toBe('noord');
});

it('health and rule sets are there', async () => {
  expect((await api.get('/health')).body).toEqual({ status: 'ok', temporal: 'up', worker: 'polling' });
  const layers = (await api.get('/rule-sets')).body.items.map((set: { layer: string }) => set.layer);
  expect(layers).toEqual(['national', 'national', 'region', 'region', 'municipality']);
  expect((await api.get('/rule-sets/nl')).body.rules.length).toBeGreaterThan(10);
  expect((await api.get('/rule-sets/GM0153')).body).toMatchObject({
    layer: 'municipality',
    municipality: 'GM0153',
    overlays: 'nl',
    rules: [{ id: 'debt.decision', limit: 'P6W', kind: 'local', from: '2022-01-01' }],
  });
});
