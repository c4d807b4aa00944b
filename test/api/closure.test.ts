/** The end of a route over a real server: its file is taken, what was written about the person is deleted, and a certificate says so. */
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer, Caller } from '../support/api-caller.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { documented } from './contract.ts';

let system: System;
let api: Caller;

beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
  api = documented(system.api);
});
afterAll(() => system?.stop());

const kind = ({ body }: Answer) => body.type.split('/').at(-1);
const closed = (path: string) =>
  until('there is a certificate', async () => {
    const answer = await api.get(`${path}/certificate`, { 'accept-language': 'en' });
    return answer.status === 200 && answer;
  });
const keysOf = async (routeId: string) =>
  (await readdir(join(system.dataDir, 'keys', 'persons'))).filter((file) => file.startsWith(routeId)).sort();

it('nobody can read any more what was written about the person, and the certificate says what that was', async () => {
  const begun = { ...aStart, person: aPerson, wishes: { living: 'Een tuin' } };
  const key = { 'idempotency-key': randomUUID() };
  const { body } = await api.post('/routes', begun, key);
  const path = `/routes/${body.routeId}`;
  expect((await api.get(`${path}/person`)).body.person.bsn).toBe(aPerson.bsn);
  const address = { address: 'Geheime laan 1' };
  expect((await api.put(`${path}/shelter-address`, address)).status).toBeLessThan(300);
  const early = await api.get(`${path}/certificate`);
  expect([early.status, kind(early)]).toEqual([404, 'no-certificate']);
  expect(await keysOf(body.routeId)).toEqual([`${body.routeId}.key`, `${body.routeId}.shelter.key`]);

  const reason = 'Woont bij zijn zus';
  expect((await api.post(`${path}/closure`, { reason })).status).toBe(202);
  const { body: certificate } = await closed(path);
  expect(certificate.deleted.map(({ data }: { data: string }) => data)).toEqual([
    'opening-answer',
    'identity',
    'wishes',
    'reasons',
    'shelter-address',
  ]);
  expect(certificate.remains).toMatchObject([
    { data: 'file', where: 'record-system', term: { rule: 'file.retention', ruleSet: 'nl' } },
    { data: 'course', where: 'here' },
    { data: 'access-log', where: 'here' },
  ]);
  const { until: keptUntil } = certificate.remains[0];
  expect(keptUntil).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(Number(keptUntil.slice(0, 4)) - Number(certificate.closedAt.slice(0, 4))).toBe(15);
  expect(certificate.deletedAt >= certificate.closedAt).toBe(true);

  expect(await keysOf(body.routeId)).toEqual([
    `${body.routeId}.destroyed`,
    `${body.routeId}.shelter.destroyed`,
  ]);
  const person = await api.get(`${path}/person`);
  expect([person.status, kind(person)]).toEqual([410, 'person-erased']);
  const { body: timeline } = await api.get(`${path}/timeline`);
  expect(JSON.stringify(timeline)).not.toContain(reason);
  expect(timeline.items.at(-1)).toMatchObject({ what: 'personal-data-deleted' });
  const again = await api.post('/routes', begun, key);
  expect([again.status, again.body.routeId]).toEqual([200, body.routeId]);
  const other = await api.post('/routes', { ...begun, caseManager: 'cm-18' }, key);
  expect([other.status, kind(other)]).toEqual([409, 'idempotency-key-reused']);
  const late = await api.post(`${path}/concerns`, { kind: 'other', from: 'gp', note: 'Nog iets' });
  expect([late.status, kind(late)]).toEqual([409, 'route-closed']);
  expect(await keysOf(body.routeId)).toEqual([
    `${body.routeId}.destroyed`,
    `${body.routeId}.shelter.destroyed`,
  ]);
});

it('who was never identified has a file as well, of the course alone', async () => {
  const { body } = await api.post('/routes', aStart);
  const path = `/routes/${body.routeId}`;
  expect((await api.post(`${path}/closure`, { reason: 'Kwam niet meer' })).status).toBe(202);
  const { body: certificate } = await closed(path);
  expect(certificate.deleted.map(({ data }: { data: string }) => data)).toEqual([
    'opening-answer',
    'reasons',
  ]);
  const file = system.simulator.ledger(body.routeId).requests.find(({ stepId }) => stepId === 'closure.file');
  expect(Object.keys(file?.data ?? {}).sort()).toEqual(['caseManager', 'ending', 'stages']);
});
