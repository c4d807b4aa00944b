/** Concerns over a real server: raised by a partner and by people, settled, and waited for at the end of a route. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RouteView } from '../../contracts/views.ts';
import { sourceOf } from '../../simulator/partners.ts';
import type { Answer, Caller } from '../support/api-caller.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { documented } from './contract.ts';

let system: System;
let api: Caller;
let operations: Caller;
let elsewhere: Caller;
let corporation: Caller;
let benefits: Caller;
let registry: Caller;

beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
  const as = async (...who: Parameters<System['as']>) => documented(await system.as(...who));
  api = documented(system.api);
  operations = await as({ role: 'operations', subject: 'ops-1' });
  elsewhere = await as({ role: 'case-manager', subject: 'cm-99', municipality: 'GM0001' });
  const party = 'housing-corporation';
  corporation = await as({ role: 'partner', subject: party, party });
  benefits = await as({ role: 'partner', subject: 'benefits-office', party: 'benefits-office' });
  registry = await as({ role: 'partner', subject: 'civil-registry', party: 'civil-registry' });
});
afterAll(() => system?.stop());

const kind = ({ body }: Answer) => body.type.split('/').at(-1);
const start = async (more: object = {}): Promise<string> => {
  const { status, body } = await api.post('/routes', { ...aStart, person: aPerson, ...more });
  expect(status).toBe(201);
  return `/routes/${body.routeId}`;
};
/** Tells of a crisis as a partner. */
const concern = (who: Caller, subject: string): Promise<Answer> => {
  const party =
    who === benefits ? 'benefits-office' : who === registry ? 'civil-registry' : 'housing-corporation';
  const event = {
    specversion: '1.0',
    id: randomUUID(),
    source: sourceOf(party),
    subject,
    type: 'nl.uitstroomroutes.concern-raised.v1',
    time: new Date().toISOString(),
    data: { kind: 'crisis' },
  };
  return who.post('/partner-events', event, { 'content-type': 'application/cloudevents+json' });
};
/** What was answered, without the id of the call. */
const said = ({ status, body }: Answer) => ({ status, ...body, instance: undefined });
const crisis = { kind: 'crisis', from: 'gp', note: 'Belde in paniek' };
const settled = { outcome: 'contact-made', reason: 'Vanmiddag langs geweest' };

it('a concern of a partner is weighed, told at once, and settled', async () => {
  const path = await start();
  const event = {
    specversion: '1.0',
    id: randomUUID(),
    source: sourceOf('housing-corporation'),
    subject: path.replace('/routes/', ''),
    type: 'nl.uitstroomroutes.concern-raised.v1',
    time: new Date().toISOString(),
    data: { kind: 'crisis', note: 'Ruit ingeslagen' },
  };
  const headers = { 'content-type': 'application/cloudevents+json' };
  for (const receipt of ['applied', 'duplicate'])
    expect((await corporation.post('/partner-events', event, headers)).body.receipt).toBe(receipt);
  const { body } = (await api.get(path)) as { body: RouteView };
  expect(body.blockers).toContain('concern-open');
  expect(body.concerns).toMatchObject([
    { kind: 'crisis', from: 'housing-corporation', follows: 'crisis-contact', times: 1, overdue: false },
  ]);
  const [{ concernId, dueAt }] = body.concerns as [RouteView['concerns'][number]];
  expect(body.waits).toContainEqual(
    expect.objectContaining({ blocker: 'concern-open', concernId, dueAt, nextMove: 'make-contact' }),
  );
  await until('the case manager is told', async () => {
    const told = await fetch(`${system.simulatorUrl}/control/notifications?routeId=${body.routeId}`);
    const notices = (await told.json()) as { kind: string; recipient: string; dueAt: string }[];
    return notices.some(
      (each) => each.kind === 'crisis-contact' && each.recipient === 'cm-17' && each.dueAt === dueAt,
    );
  });
  const settle = `${path}/concerns/${concernId}/settle`;
  expect((await operations.post(settle, settled)).status).toBe(403);
  expect((await elsewhere.post(settle, settled)).status).toBe(404);
  const answer = await api.post(settle, settled);
  expect([answer.status, answer.body.concerns]).toMatchObject([
    200,
    [{ concernId, outcome: 'contact-made', settledBy: 'cm-17' }],
  ]);
  const again = await api.post(settle, settled);
  expect([again.status, kind(again)]).toEqual([409, 'concern-settled']);
  const { body: timeline } = await api.get(`${path}/timeline`);
  expect(timeline.items).toContainEqual(
    expect.objectContaining({ what: 'concern-settled', note: settled.reason }),
  );
});

it('people record what others told them; a word of it stands in no answer but the timeline', async () => {
  const path = await start();
  const key = { 'idempotency-key': randomUUID() };
  for (let i = 0; i < 2; i += 1) {
    const { status, body } = await api.post(`${path}/concerns`, crisis, key);
    expect([status, body.concerns]).toMatchObject([201, [{ from: 'gp', times: 1 }]]);
    expect(JSON.stringify(body)).not.toContain('paniek');
  }
  const { body: timeline } = await api.get(`${path}/timeline`);
  expect(timeline.items).toContainEqual(
    expect.objectContaining({ what: 'concern-crisis-contact', note: crisis.note }),
  );
  for (const wrong of [{ ...crisis, kind: 'ruzie' }, { ...crisis, from: 'housing-agreement' }, {}])
    expect((await api.post(`${path}/concerns`, wrong)).status).toBe(400);
  const unknown = await api.post(`${path}/concerns/aaaaaa/settle`, settled);
  expect([unknown.status, kind(unknown)]).toEqual([404, 'concern-unknown']);
});

it('a track is handed over in aftercare alone, to an owner who is known', async () => {
  const path = `${await start()}/tracks/debt/hand-over`;
  const owner = { owner: 'debt-service', reason: 'Lost af tot 2029' };
  const early = await api.post(path, owner);
  expect([early.status, kind(early)]).toEqual([409, 'track-not-ownable']);
  expect((await api.post(path, { ...owner, owner: 'mijn buurman' })).status).toBe(400);
  expect((await api.post(path.replace('debt', 'housing'), owner)).status).toBe(400);
  expect((await operations.post(path, owner)).status).toBe(403);
});

it('a route does not close before an open concern has an owner', async () => {
  const path = await start();
  const { body } = await api.post(`${path}/concerns`, crisis);
  const { concernId } = body.concerns[0];
  expect((await api.post(`${path}/closure`, { reason: 'Verhuisd' })).status).toBe(202);
  const ending = await api.get(`${path}/waits`);
  expect(ending.body.items).toMatchObject([{ blocker: 'concern-open', nextMove: 'hand-over-concern' }]);
  const settle = `${path}/concerns/${concernId}/settle`;
  const reopened = await api.post(settle, { outcome: 'track-reopened', track: 'debt', reason: 'Opnieuw' });
  expect([reopened.status, kind(reopened)]).toEqual([409, 'track-not-reopenable']);
  for (const wrong of [
    { outcome: 'handed-over', reason: 'Wijkteam' },
    { ...settled, owner: 'gp' },
  ])
    expect((await api.post(settle, wrong)).status).toBe(400);
  const over = { outcome: 'handed-over', owner: 'neighbourhood-team', reason: 'Het wijkteam belt morgen' };
  expect((await api.post(settle, over)).status).toBe(200);
  const closed = await until('the route closes', async () => {
    const { body: route } = await api.get(path);
    return route.closedAt && route;
  });
  expect(closed.concerns).toMatchObject([{ outcome: 'handed-over', owner: 'neighbourhood-team' }]);
  const file = system.simulator
    .ledger(path.replace('/routes/', ''))
    .requests.find(({ stepId }) => stepId === 'closure.file');
  expect(file?.data).toMatchObject({
    handedOver: [{ concern: 'crisis', owner: 'neighbourhood-team' }],
  });
});

it('a concern of a party that has no part in the route is refused as one about no route at all', async () => {
  const path = await start();
  expect((await api.post(`${path}/closure`, { reason: 'Verhuisd' })).status).toBe(202);
  await until('the route closes', async () => (await api.get(path)).body.closedAt);
  const refused = said(await concern(benefits, path.replace('/routes/', '')));
  expect([refused.status, refused.type]).toEqual([404, expect.stringMatching(/unknown-route$/)]);
  expect(refused).toEqual(said(await concern(benefits, randomUUID())));
});

it('of concerns that come together that of a stranger alone is refused', async () => {
  const path = await start();
  const routeId = path.replace('/routes/', '');
  await until('the registry is asked', () =>
    system.simulator.ledger(routeId).requests.some(({ stepId }) => stepId === 'intake.registry-check'),
  );
  const applied = { status: 200, receipt: 'applied' };
  expect(said(await concern(registry, routeId))).toEqual(applied); // which keeps the route open
  expect((await api.post(`${path}/closure`, { reason: 'Verhuisd' })).status).toBe(202);
  const told = [registry, corporation, registry, corporation, registry].map(async (who) =>
    said(await concern(who, routeId)),
  );
  const unknown = expect.objectContaining({ status: 404 }) as unknown;
  expect(await Promise.all(told)).toEqual([applied, unknown, applied, unknown, applied]);
  const { concerns } = (await api.get(path)).body;
  expect(concerns).toMatchObject([{ from: 'civil-registry', times: 4 }]);
});
