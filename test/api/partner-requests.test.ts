/** A partner that was away asks what waits on it, over a real server; nobody answers by itself here. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenRequest } from '../../contracts/open-request.ts';
import type { PartnerParty } from '../../contracts/vocabulary.ts';
import { sourceOf } from '../../simulator/partners.ts';
import type { Caller } from '../support/api-caller.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { documented } from './contract.ts';

let system: System;
let registry: Caller;
let elsewhere: Caller;

beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
  await system.simulator.setBehaviours([{ mode: 'silent' }]);
  registry = await partner('civil-registry');
  elsewhere = await system.as({ role: 'case-manager', subject: 'cm-2', municipality: 'GM0001' });
});
afterAll(() => system?.stop());

const partner = async (party: PartnerParty, municipality?: string): Promise<Caller> =>
  documented(
    await system.as({ role: 'partner', subject: party, party, ...(municipality && { municipality }) }),
  );
const start = async (by: Caller, municipality: string): Promise<string> =>
  (await by.post('/routes', { ...aStart, municipality, person: aPerson })).body.routeId;
const requestIds = (items: OpenRequest[]) => items.map(({ requestId }) => requestId).toSorted();

/** Every page of the list. */
async function all(asker: Caller, query = ''): Promise<OpenRequest[]> {
  const items: OpenRequest[] = [];
  for (let cursor = ''; ;) {
    const { status, body } = await asker.get(`/partner-requests?status=open${query}${cursor}`);
    expect(status).toBe(200);
    items.push(...body.items);
    if (!body.nextCursor) return items;
    cursor = `&cursor=${body.nextCursor}`;
  }
}

/** The list once so many are in it that its partner has taken: the store follows in a moment. */
const untilListed = (asker: Caller, count: number) =>
  until(`${count} are listed`, async () => {
    const items = await all(asker);
    return items.filter(({ taken }) => taken).length === count && items;
  });

describe('a partner that was away', () => {
  it('gets what waits on it, page by page, and nothing about anybody', async () => {
    const mine = [
      await start(system.api, 'GM0153'),
      await start(system.api, 'GM0153'),
      await start(elsewhere, 'GM0001'),
    ];
    const expected = mine.map((routeId) => `${routeId}:intake.registry-check:1`).toSorted();
    const items = await untilListed(registry, 3);
    expect(requestIds(items)).toEqual(expected);
    expect(items.find(({ municipality }) => municipality === 'GM0001')).toEqual({
      requestId: `${mine[2]}:intake.registry-check:1`,
      stepId: 'intake.registry-check',
      routeId: mine[2],
      municipality: 'GM0001',
      askedAt: expect.any(String),
      taken: true,
      dueAt: expect.any(String),
      basis: expect.any(String),
    });
    expect(requestIds(await all(registry, '&pageSize=1'))).toEqual(expected);
    expect(JSON.stringify(items)).not.toContain(aPerson.bsn);

    // By municipality, of the query or of the token; another one's is as if it were not there.
    const there = [`${mine[2]}:intake.registry-check:1`];
    expect(requestIds(await all(registry, '&municipality=GM0001'))).toEqual(there);
    const ofOne = await partner('civil-registry', 'GM0001');
    expect(requestIds(await all(ofOne))).toEqual(there);
    expect(await all(ofOne, '&municipality=GM0153')).toEqual([]);
    expect(await all(await partner('record-system'))).toEqual([]);

    // What it answers is off the list, also before the store has heard of it.
    const event = {
      specversion: '1.0',
      id: 'checked',
      source: sourceOf('civil-registry'),
      subject: mine[0],
      type: 'nl.uitstroomroutes.step-completed.v1',
      time: new Date().toISOString(),
      data: { requestId: `${mine[0]}:intake.registry-check:1`, result: { addressKnown: false } },
    };
    expect((await ofOne.post('/partner-events', event)).status).toBe(404);
    expect((await registry.post('/partner-events', event)).body).toEqual({ receipt: 'applied' });
    const left = requestIds(await all(registry));
    expect(left).not.toContain(event.data.requestId);
    expect(left).toContain(`${mine[1]}:intake.registry-check:1`);
  });

  it('sees what it has not taken yet as still being sent, and takes it then', async () => {
    await system.simulator.setBehaviours([{ party: 'civil-registry', mode: 'down' }, { mode: 'silent' }]);
    const routeId = await start(system.api, 'GM0153');
    const own = (items: OpenRequest[]) => items.filter((each) => each.routeId === routeId);
    const isAsked = async () => own(await all(registry)).length === 1;
    await until('it is listed', isAsked);
    expect(own(await all(registry))).toMatchObject([{ taken: false }]);
    await system.simulator.setBehaviours([{ mode: 'silent' }]);
    await until('it was taken', async () => own(await all(registry))[0]?.taken === true);
  });
});

describe('is refused', () => {
  it.each([
    ['another status', 'status=closed'],
    ['more routes to a page than may be asked at once', 'pageSize=21'],
    ['a filter that there is none of', 'stage=intake'],
    ['a cursor of its own making', `cursor=abc.${'x'.repeat(43)}`],
  ])('%s', async (_, query) => {
    expect((await registry.get(`/partner-requests?${query}`)).status).toBe(400);
  });

  it('a cursor that was given for other filters, or for the list of routes', async () => {
    const { body } = await registry.get('/partner-requests?pageSize=1');
    expect(body.nextCursor).toEqual(expect.any(String));
    const other = `/partner-requests?pageSize=1&municipality=GM0153&cursor=${body.nextCursor}`;
    expect((await registry.get(other)).status).toBe(400);
    const operations = await system.as({ role: 'operations', subject: 'ops-1' });
    const list = `/routes?waitingOn=civil-registry&cursor=${body.nextCursor}`;
    expect((await operations.get(list)).status).toBe(400);
  });

  it('anybody who is no partner', async () => {
    expect((await documented(system.api).get('/partner-requests?status=open')).status).toBe(403);
  });
});

it('while no worker is there it says so, and can be asked again', async () => {
  await system.stopWorker();
  const { status, body } = await registry.get('/partner-requests?status=open');
  expect([status, body.type.split('/').at(-1)]).toEqual([503, 'worker-away']);
  await system.startWorker();
  await until('it answers again', async () => (await registry.get('/partner-requests')).status === 200);
});
