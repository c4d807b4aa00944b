/** A route that goes to another municipality, and holds and endings of their own, over a real server. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Caller } from '../support/api-caller.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { documented } from './contract.ts';

let system: System;
let api: Caller;
let operations: Caller;
let receiver: Caller;
let third: Caller;

beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
  await system.simulator.setBehaviours([{ mode: 'silent' }]);
  const as = async (...who: Parameters<System['as']>) => documented(await system.as(...who));
  api = documented(system.api);
  operations = await as({ role: 'operations', subject: 'ops-1' });
  receiver = await as({ role: 'process-director', subject: 'pd-363', municipality: 'GM0363' });
  third = await as({ role: 'case-manager', subject: 'cm-99', municipality: 'GM0599' });
});
afterAll(() => system?.stop());

const kind = ({ body }: Answer) => body.type.split('/').at(-1);
const today = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });
const offer = () => ({
  municipality: 'GM0363',
  from: today(),
  personAgrees: true,
  reason: 'Gaat bij haar zus wonen',
});
const notices = async (path: string): Promise<{ kind: string; recipient: string }[]> => {
  const routeId = path.replace('/routes/', '');
  const answer = await fetch(`${system.simulatorUrl}/control/notifications?routeId=${routeId}`);
  return answer.json() as Promise<{ kind: string; recipient: string }[]>;
};
const start = async (): Promise<string> => {
  const { status, body } = await api.post('/routes', { ...aStart, person: aPerson });
  expect(status).toBe(201);
  return `/routes/${body.routeId}`;
};
const offered = async (): Promise<string> => {
  const path = await start();
  expect((await api.post(`${path}/transfer`, offer())).status).toBe(200);
  return path;
};

describe('a transfer', () => {
  it('is seen by the receiver, who sees nothing else; a third municipality sees no route at all', async () => {
    const path = await offered();
    const seen = await receiver.get(`${path}/transfer`);
    expect([seen.status, seen.body.transfer]).toMatchObject([
      200,
      { status: 'offered', sender: 'GM0153', receiver: 'GM0363', term: { rule: 'transfer.acceptance' } },
    ]);
    expect(seen.body.route).toMatchObject({ stage: 'intake', onAcceptance: { agreement: 'replaced' } });
    expect(JSON.stringify(seen.body)).not.toMatch(/zus|cm-17|999990019/);
    for (const hidden of [path, `${path}/timeline`, `${path}/waits`, `${path}/commitments`])
      expect((await receiver.get(hidden)).status).toBe(404);
    expect((await receiver.delete(`${path}/transfer`)).status).toBe(404);
    expect((await third.get(`${path}/transfer`)).status).toBe(404);
    const accept = { caseManager: 'cm-99' };
    expect((await third.post(`${path}/transfer/accept`, accept)).status).toBe(404);
    expect((await third.post(`${path}/transfer/decline`, { reason: 'other' })).status).toBe(404);
    const own = await api.post(`${path}/transfer/accept`, accept);
    expect([own.status, kind(own)]).toEqual([403, 'transfer-not-yours']);
    expect((await operations.post(`${path}/transfer/accept`, accept)).status).toBe(403);
    const { body } = await api.get(`${path}/waits`);
    expect(body.items.at(-1)).toMatchObject({
      blocker: 'transfer-offered',
      waitingOn: 'receiving-municipality',
    });
  });

  it('that is accepted makes the route theirs, with everything as it stood', async () => {
    const path = await offered();
    const { body: before } = await api.get(path);
    const headers = { 'idempotency-key': randomUUID() };
    const accept = { caseManager: 'cm-363', note: 'Welkom' };
    const taken = await receiver.post(`${path}/transfer/accept`, accept, headers);
    expect([taken.status, taken.body]).toMatchObject([
      200,
      { municipality: 'GM0363', caseManager: 'cm-363', transfer: { status: 'accepted', sender: 'GM0153' } },
    ]);
    const steps = ({
      tracks,
    }: {
      tracks: { steps: { stepId: string; attempt: number; since: string }[] }[];
    }) =>
      tracks.flatMap((track) => track.steps.map(({ stepId, attempt, since }) => [stepId, attempt, since]));
    expect(steps(taken.body)).toEqual(steps(before as never));
    expect((await receiver.post(`${path}/transfer/accept`, accept, headers)).status).toBe(200);
    const row = async (of: Caller) =>
      (await of.get('/routes')).body.items.some(({ routeId }: { routeId: string }) => path.endsWith(routeId));
    await until('it is in their list', () => row(receiver));
    await until('it is in the list of before no longer', async () => !(await row(api)));
    expect((await api.get(path)).status).toBe(404);
    const gone = await api.get(`${path}/transfer`);
    expect([gone.status, gone.body.transfer.status, gone.body.route]).toEqual([200, 'accepted', undefined]);
    await until('both were told', async () => {
      const told = new Set((await notices(path)).map((each) => `${each.kind} ${each.recipient}`));
      return told.has('transfer-offered GM0363') && told.has('transfer-accepted cm-17');
    });
  });

  it('that is declined, or taken back, leaves the route where it is', async () => {
    const path = await offered();
    const headers = { 'idempotency-key': randomUUID() };
    const no = { reason: 'no-capacity', note: 'Vanaf mei is er weer ruimte' };
    for (let i = 0; i < 2; i += 1)
      expect((await receiver.post(`${path}/transfer/decline`, no, headers)).status).toBe(204);
    expect((await receiver.get(`${path}/transfer`)).status).toBe(404);
    const { body } = await api.get(path);
    expect(body).toMatchObject({
      municipality: 'GM0153',
      transfer: { status: 'declined', reason: 'no-capacity' },
    });
    expect((await api.post(`${path}/transfer`, offer())).status).toBe(200);
    const twice = await api.post(`${path}/transfer`, offer());
    expect([twice.status, kind(twice)]).toEqual([409, 'transfer-under-way']);
    expect((await api.delete(`${path}/transfer`)).status).toBe(204);
    const none = await api.delete(`${path}/transfer`);
    expect([none.status, kind(none)]).toEqual([404, 'no-transfer']);
    expect((await receiver.post(`${path}/transfer/accept`, { caseManager: 'cm-363' })).status).toBe(404);
  });

  it('is to another municipality, with the person, and accepted from its day on', async () => {
    const path = await start();
    expect((await api.get(`${path}/transfer`)).status).toBe(404);
    const own = await api.post(`${path}/transfer`, { ...offer(), municipality: 'GM0153' });
    expect([own.status, kind(own)]).toEqual([409, 'same-municipality']);
    for (const more of [{ personAgrees: false }, { from: 'morgen' }, { municipality: 'Amsterdam' }])
      expect((await api.post(`${path}/transfer`, { ...offer(), ...more })).status).toBe(400);
    expect((await api.post(`${path}/transfer`, { ...offer(), from: '2999-01-01' })).status).toBe(200);
    const early = await receiver.post(`${path}/transfer/accept`, { caseManager: 'cm-363' });
    expect([early.status, kind(early)]).toEqual([409, 'transfer-not-yet']);
  });
});

describe('who is not there', () => {
  it('is out of contact without an end, and not ended for it before its time', async () => {
    const path = await start();
    const away = { kind: 'out-of-contact', reason: 'Sinds maandag niet gezien' };
    expect((await api.post(`${path}/hold`, { ...away, until: '2999-01-01T00:00:00Z' })).status).toBe(400);
    expect((await api.post(`${path}/hold`, { reason: 'Zonder einde' })).status).toBe(400);
    const held = await api.post(`${path}/hold`, away);
    expect([held.status, held.body.hold.kind, held.body.blockers]).toMatchObject([
      200,
      'out-of-contact',
      expect.arrayContaining(['out-of-contact']),
    ]);
    expect(held.body.hold.until).toBeUndefined();
    const early = await api.post(`${path}/closure`, { reason: 'Weg', ending: 'disappeared' });
    expect([early.status, kind(early)]).toEqual([409, 'absence-too-short']);
    expect((await api.delete(`${path}/hold`)).status).toBe(204);
    const not = await api.post(`${path}/closure`, { reason: 'Weg', ending: 'detained' });
    expect([not.status, kind(not)]).toEqual([409, 'absence-not-so']);
  });

  it('in detention is held until a known day; a long one may end the route', async () => {
    const path = await start();
    const held = await api.post(`${path}/hold`, {
      kind: 'detained',
      until: '2999-01-01T00:00:00Z',
      reason: 'Uitspraak van 1 november',
    });
    expect([held.status, held.body.hold.kind]).toEqual([200, 'detained']);
    const over = await api.post(`${path}/closure`, { reason: 'Langdurig', ending: 'detained' });
    expect([over.status, over.body.ending]).toEqual([202, 'detained']);
  });

  it('has died: who was asked hears that it is off, and the file says so', async () => {
    const path = await start();
    const routeId = path.replace('/routes/', '');
    const requests = () => system.simulator.ledger(routeId).requests;
    await until('a partner was asked', () => requests().length > 0);
    const over = await api.post(`${path}/closure`, { reason: 'Overleden', ending: 'deceased' });
    expect([over.status, over.body.ending]).toEqual([202, 'deceased']);
    const file = await until('the file is handed over', () =>
      requests().find(({ stepId, data }) => stepId === 'closure.file' && data),
    );
    expect(file.data).toMatchObject({ ending: 'deceased' });
    await until('who was asked hears that it is off', () => requests().some(({ released }) => released));
  });
});
