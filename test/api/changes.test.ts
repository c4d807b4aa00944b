/** Watching routes over real HTTP and a real server: who hears what, and how a stream goes on where it broke off. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RouteSummary } from '../../contracts/views.ts';
import { startAnotherApi } from '../support/another-api.ts';
import type { Caller } from '../support/api-caller.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { watch, type Watching } from '../support/watching.ts';

const manager = { role: 'case-manager', subject: 'cm-17', municipality: 'GM0153' } as const;
const elsewhere = { role: 'case-manager', subject: 'cm-9', municipality: 'GM0141' } as const;

let system: System;
const open: Watching[] = [];
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
  // Whoever is asked stays silent, so that a route moves when the test moves it; its end is recorded.
  await system.simulator.setBehaviours([{ mode: 'silent' }, { party: 'record-system', mode: 'normal' }]);
});
afterAll(async () => {
  for (const each of open) each.close();
  await system?.stop();
});

const start = async (more: object = {}, by: Caller = system.api): Promise<string> => {
  const { status, body } = await by.post('/routes', { ...aStart, ...more });
  expect(status).toBe(201);
  return body.routeId;
};
const watching = async (
  path: string,
  { who = manager, url = system.url, ...more }: { who?: object; url?: string; lastEventId?: string } = {},
): Promise<Watching> => {
  const token = await system.token(who as Parameters<System['token']>[0]);
  const stream = await watch(`${url}/v1${path}`, token, more);
  open.push(stream);
  return stream;
};
const listed = async (routeId: string): Promise<RouteSummary> =>
  (await system.api.get('/routes?pageSize=200')).body.items.find(
    (each: RouteSummary) => each.routeId === routeId,
  );
const identify = (routeId: string) => system.api.put(`/routes/${routeId}/person`, aPerson);
const close = (routeId: string) => system.api.post(`/routes/${routeId}/closure`, { reason: 'Verhuisd' });

describe('who watches the routes of a municipality', () => {
  it('hears how each stands as lists show it: its start, each change once, and its end', async () => {
    const stream = await watching('/changes');
    const routeId = await start();
    await until('its start is told', () =>
      stream.of(routeId).some(({ blockers }) => blockers.includes('no-identity')),
    );
    await identify(routeId);
    await until('it waits for others', () =>
      stream.of(routeId).some(({ blockers }) => !blockers.includes('no-identity')),
    );
    await close(routeId);
    await until('its end is told', () => stream.of(routeId).some(({ status }) => status === 'closed'));
    expect(stream.of(routeId).at(-1)).toEqual(await listed(routeId));
    const told = stream.of(routeId).map((each) => JSON.stringify(each));
    expect(new Set(told).size).toBe(told.length);
    const moments = stream.of(routeId).map(({ changedAt }) => changedAt);
    expect(moments).toEqual([...moments].sort());
  });

  it('gets what a browser needs, and no proxy keeps', async () => {
    const stream = await watching('/changes');
    expect(Object.fromEntries(stream.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'api-version': expect.any(String),
    });
    expect(stream.text).toMatch(/^retry: \d+\n\n/);
    expect(stream.events.map(({ event }) => event)).toEqual(['ready']);
  });

  it('is one of those who read routes', async () => {
    const asked = [
      { role: 'policy', subject: 'pol-1' },
      { role: 'partner', subject: 'debt', party: 'debt-service' },
      { role: 'person', subject: 'person-1' },
    ].map((who) => watching('/changes', { who }));
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  it('hears nothing of other municipalities, and operations hears of all', async () => {
    const [theirs, all] = [
      await watching('/changes', { who: elsewhere }),
      await watching('/changes', { who: { role: 'operations', subject: 'ops-1' } }),
    ];
    const there = await system.as(elsewhere);
    const [ours, others] = [
      await start(),
      await start({ municipality: 'GM0141', caseManager: 'cm-9' }, there),
    ];
    await until('both are told', () => [ours, others].every((each) => all.of(each).length > 0));
    await until('theirs is told', () => theirs.of(others).length > 0);
    expect(theirs.text).not.toContain(ours);
  });

  it('hears what is within the filters, and what leaves them', async () => {
    const stream = await watching('/changes?waitingOn=case-manager&caseManager=cm-44');
    const [mine, notMine] = [await start({ caseManager: 'cm-44' }), await start()];
    await until('mine is told', () => stream.of(mine).length > 0);
    await identify(mine);
    await stream.heard('route-left', ({ routeId }) => routeId === mine);
    expect(stream.of(notMine)).toEqual([]);
    const nobodys = await watching('/changes?municipality=GM0141');
    await start();
    await start({ municipality: 'GM0141' }, await system.as(elsewhere));
    await start({ caseManager: 'cm-44' });
    await until('the last is told', () => stream.events.length > 3);
    expect(nobodys.events.map(({ event }) => event)).toEqual(['ready']);
  });

  it('hears that a route went to another municipality, and then nothing of it', async () => {
    const routeId = await start();
    const [sender, receiver, one] = [
      await watching('/changes'),
      await watching('/changes', { who: elsewhere }),
      await watching(`/routes/${routeId}/changes`),
    ];
    const from = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });
    const offer = { municipality: 'GM0141', from, personAgrees: true, reason: 'Woont daar' };
    expect((await system.api.post(`/routes/${routeId}/transfer`, offer)).status).toBe(200);
    await sender.heard('route-changed', ({ blockers }) => blockers.includes('transfer-offered'));
    const there = await system.as(elsewhere);
    const accepted = await there.post(`/routes/${routeId}/transfer/accept`, { caseManager: 'cm-9' });
    expect(accepted.status).toBe(200);
    await sender.heard('route-left', (data) => data.routeId === routeId);
    await receiver.heard('route-changed', (data) => data.routeId === routeId);
    expect((await one.heard('end')).data).toEqual({ reason: 'route-left' });
    await until('that stream is over', () => one.isOver);
    const heard = sender.text.split(routeId).length;
    await there.post(`/routes/${routeId}/closure`, { reason: 'Verhuisd' });
    await until('its end is told there', () =>
      receiver.of(routeId).some(({ status }) => status === 'closed'),
    );
    expect(sender.text.split(routeId).length).toBe(heard);
  });
});

describe('who watches one route', () => {
  it('hears of that one alone', async () => {
    const [one, other] = [await start(), await start()];
    const stream = await watching(`/routes/${one}/changes`);
    await identify(other);
    await identify(one);
    await until('it is told', () => stream.of(one).some(({ blockers }) => !blockers.includes('no-identity')));
    expect(stream.text).not.toContain(other);
  });

  it('finds none that is not there, or not theirs', async () => {
    const routeId = await start();
    const asked = [
      await watching(`/routes/${randomUUID()}/changes`),
      await watching(`/routes/${routeId}/changes`, { who: elsewhere }),
    ];
    expect(asked.map(({ status }) => status)).toEqual([404, 404]);
  });
});

describe('a stream that broke off', () => {
  it('goes on where it was, at the same process: each change once', async () => {
    const stream = await watching('/changes');
    const routeId = await start();
    await until('its start is told', () => stream.of(routeId).some(({ blockers }) => blockers.length > 0));
    stream.close();
    await identify(routeId);
    const later = await start();
    const next = await watching('/changes', { lastEventId: stream.lastId });
    await until('what was missed is told', () => next.of(routeId).length > 0 && next.of(later).length > 0);
    const known = new Set(stream.of(routeId).map((each) => JSON.stringify(each)));
    expect(next.of(routeId).filter((each) => known.has(JSON.stringify(each)))).toEqual([]);
  });

  it('goes on at another process, and at one that was not there yet', async () => {
    const stream = await watching('/changes');
    const routeId = await start();
    await until('its start is told', () => stream.of(routeId).length > 0);
    stream.close();
    await close(routeId);
    await until('it is closed', async () => (await listed(routeId)).status === 'closed');
    const other = await startAnotherApi(system);
    const next = await watching('/changes', { url: other.url, lastEventId: stream.lastId });
    expect(next.of(routeId).at(-1)).toMatchObject({ status: 'closed' });
    next.close();
    await other.stop();
  });

  it('from too long ago is told to read the list anew', async () => {
    const tooOld = Buffer.from(`1.${Date.now() - 2 * 86_400_000}.-.0`).toString('base64url');
    const stream = await watching('/changes', { lastEventId: tooOld });
    expect(stream.events.map(({ event }) => event).slice(0, 2)).toEqual(['reset', 'ready']);
    const routeId = await start();
    await until('it goes on from there', () => stream.of(routeId).length > 0);
  });

  it.each([
    ['that is no id', 'nonsense'],
    ['that is written otherwise', `${Buffer.from('1.1.-.0').toString('base64url')}=`],
    ['that is too long', 'x'.repeat(300)],
  ])('with one %s is refused', async (_, lastEventId) => {
    const response = await fetch(`${system.url}/v1/changes`, {
      headers: { authorization: `Bearer ${await system.token(manager)}`, 'last-event-id': lastEventId },
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ in: 'header', location: 'Last-Event-ID' }] });
  });
});

describe('a stream ends', () => {
  it('when its token has expired, and says so', async () => {
    // Taken for half a minute longer than it says, for clocks differ.
    const stream = await watching('/changes', { who: { ...manager, expiresInSeconds: -27 } });
    expect((await stream.heard('end')).data).toEqual({ reason: 'token-expired' });
    await until('it is over', () => stream.isOver);
  });

  it('when its process stops, at once', async () => {
    const other = await startAnotherApi(system);
    const stream = await watching('/changes', { url: other.url });
    const before = Date.now();
    await other.stop();
    expect(Date.now() - before).toBeLessThan(3000);
    await until('it is over', () => stream.isOver);
    expect(stream.events.at(-1)).toMatchObject({ event: 'end', data: { reason: 'reconnect' } });
  });
});

it('nobody has more streams than there is room for', async () => {
  const other = await startAnotherApi(system, { watching: { room: { perSubject: 2, inAll: 3 } } });
  const asked = (who: object) => watching('/changes', { url: other.url, who });
  const mine = [await asked(manager), await asked(manager), await asked(manager)];
  expect(mine.map(({ status }) => status)).toEqual([200, 200, 429]);
  const others = [await asked(elsewhere), await asked({ ...elsewhere, subject: 'cm-10' })];
  expect(others.map(({ status }) => status)).toEqual([200, 503]);
  expect(others[1]!.headers.get('retry-after')).not.toBeNull();
  mine[0]!.close();
  await until('there is room again', async () => (await asked(elsewhere)).status === 200);
  await other.stop();
});

it('who asks for the headers alone takes no place', async () => {
  const other = await startAnotherApi(system, { watching: { room: { perSubject: 1 } } });
  const headers = { authorization: `Bearer ${await system.token(manager)}` };
  for (let i = 0; i < 3; i += 1)
    expect((await fetch(`${other.url}/v1/changes`, { method: 'HEAD', headers })).status).toBe(200);
  expect((await watching('/changes', { url: other.url })).status).toBe(200);
  await other.stop();
});
