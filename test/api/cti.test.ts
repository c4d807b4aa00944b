/** Critical Time Intervention over real HTTP; every answer held against the document. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FidelityView, SupporterList } from '../../contracts/cti-views.ts';
import type { RouteView } from '../../contracts/views.ts';
import type { Caller } from '../support/api-caller.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { documented } from './contract.ts';

let system: System;
let api: Caller;
let operations: Caller;
let elsewhere: Caller;

beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'demo' });
  api = documented(system.api);
  operations = documented(await system.as({ role: 'operations', subject: 'ops-1' }));
  elsewhere = documented(await system.as({ role: 'case-manager', subject: 'cm-99', municipality: 'GM0106' }));
});
afterAll(() => system?.stop());

const kind = ({ body }: { body: { type: string } }) => body.type.split('/').at(-1);
const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });
const friend = {
  relation: 'neighbour',
  support: ['practical'],
  name: 'M. de Vries',
  reach: '06 12345678',
  personAgrees: true,
};
const statusOf = (route: RouteView, stepId: string) =>
  route.tracks.flatMap(({ steps }) => steps).find((step) => step.stepId === stepId)?.status;
const supportersOf = ({ body }: { body: RouteView }) => body.criticalTimeIntervention.supporters;

it('a supporter is invited once under a key, answers, drops out and is replaced; nobody but a case manager sees a name', async () => {
  const { body } = await api.post('/routes', aStart);
  const path = `/routes/${body.routeId}`;
  const key = { 'Idempotency-Key': 'invite-1' };
  const invited = await api.post(`${path}/supporters`, friend, key);
  expect([invited.status, supportersOf(invited).length]).toEqual([201, 1]);
  const again = await api.post(`${path}/supporters`, friend, key);
  expect([again.headers.get('location'), supportersOf(again).length]).toEqual([
    invited.headers.get('location'),
    1,
  ]);
  const supporter = invited.headers.get('location')!.replace('/v1', '');
  expect(supporter).toBe(`${path}/supporters/${supportersOf(invited)[0]!.supporterId}`);

  const silent = await api.patch(supporter, { status: 'accepted' });
  expect([silent.status, kind(silent)]).toEqual([400, 'invalid-input']);
  const accepted = await api.patch(supporter, { status: 'accepted', consent: true });
  expect(supportersOf(accepted)[0]).toMatchObject({ status: 'accepted', consent: true, landing: true });
  const early = await api.patch(supporter, { takesPart: true });
  expect([early.status, kind(early)]).toEqual([409, 'transfer-not-begun']);

  const known = (await api.get(`${path}/supporters`)).body as SupporterList;
  expect(known.items[0]?.person).toEqual({ name: friend.name, reach: friend.reach });
  expect((await operations.get(`${path}/supporters`)).status).toBe(403);
  expect((await elsewhere.get(`${path}/supporters`)).status).toBe(404);
  expect(JSON.stringify((await operations.get(path)).body)).not.toContain('Vries');

  await api.patch(supporter, { status: 'dropped-out' });
  const { body: waits } = await api.get(`${path}/waits`);
  expect(waits.items).toContainEqual(
    expect.objectContaining({ blocker: 'supporter-lost', nextMove: 'replace-supporter' }),
  );
  const { items } = (await api.get(`${path}/supporters`)).body as SupporterList;
  expect(items[0]?.person).toBeUndefined();
  const nobody = await api.patch(`${path}/supporters/------`, { status: 'declined' });
  expect([nobody.status, kind(nobody)]).toEqual([404, 'supporter-unknown']);

  const contact = { date: today, kind: 'visit', with: ['person'] };
  const before = await api.post(`${path}/contacts`, contact);
  expect([before.status, kind(before)]).toEqual([409, 'contact-outside-cti']);
  const tomorrow = await api.post(`${path}/contacts`, { ...contact, date: '2999-01-01' });
  expect([tomorrow.status, tomorrow.body.errors[0].location]).toEqual([400, '/date']);
});

it('a route in CTI counts its contacts, keeps to its time, and is told that its network is thin', async () => {
  const { body } = await api.post('/routes', { ...aStart, person: aPerson });
  const path = `/routes/${body.routeId}`;
  const isOpen = (stepId: string) => (route: RouteView) => statusOf(route, stepId) === 'open';
  await accompany(system.api, body.routeId, isOpen('cti.transition'));
  const skipped = await api.post(`${path}/steps/cti.transition/skip`, { reason: 'Het gaat zo goed' });
  expect([skipped.status, kind(skipped)]).toEqual([409, 'early-discharge']);

  const contact = {
    date: today,
    kind: 'meeting-in-community',
    with: ['person', 'neighbour'],
    note: 'Koffie',
  };
  const met = await api.post(`${path}/contacts`, contact);
  expect([met.status, met.body.criticalTimeIntervention.contacts.latest[0]]).toEqual([
    201,
    { date: today, phase: 'transition', kind: 'meeting-in-community', with: ['person', 'neighbour'] },
  ]);
  const { body: timeline } = await api.get(`${path}/timeline`);
  expect(timeline.items.at(-1)).toMatchObject({ what: 'contact-noted', note: 'Koffie' });
  const areas = ['housing', 'money', 'family', 'safety'];
  expect((await api.put(`${path}/focus-areas`, { areas })).status).toBe(400);
  const focused = await api.put(`${path}/focus-areas`, { areas: areas.slice(0, 2) });
  expect(focused.body.criticalTimeIntervention.focusAreas).toEqual(['housing', 'money']);

  const move = { to: 'own-home', forced: true, reason: 'unsafe', date: today };
  expect((await api.post(`${path}/moves`, move)).status).toBe(200);
  const transferring = await accompany(system.api, body.routeId, isOpen('cti.transfer-of-care'));
  expect(transferring.alarms).toMatchObject([
    { alarm: 'thin-network', accepted: 0, norm: { value: 2 } },
    { alarm: 'exclusion-not-asked', stepId: 'cti.try-out' },
  ]);
  const answers = { participation: 'severe', integration: 'none', material: 'some', access: 'none' };
  const asked = await api.put(`${path}/social-exclusion`, answers);
  expect([asked.status, asked.body.socialExclusion, asked.body.alarms.length]).toMatchObject([
    200,
    [answers],
    1,
  ]);
  await until('the case manager is told', async () => {
    const told = await fetch(`${system.simulatorUrl}/control/notifications?routeId=${body.routeId}`);
    const notices = (await told.json()) as { kind: string; recipient: string }[];
    return notices.some((notice) => notice.kind === 'thin-network' && notice.recipient === 'cm-17');
  });
  const fidelity = (await operations.get(`${path}/cti-fidelity`, { 'accept-language': 'en' }))
    .body as FidelityView;
  expect([fidelity.phase, fidelity.restarts]).toEqual(['transfer-of-care', 0]);
  expect(fidelity.items).toContainEqual(
    expect.objectContaining({ figure: 'community-meetings', verdict: 'not-met', value: 1 }),
  );
});
