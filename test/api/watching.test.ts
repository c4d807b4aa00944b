/** What watching costs, and that it outlasts Temporal's absence: counted and tried over a real server and real HTTP. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAnotherApi, type AnotherApi } from '../support/another-api.ts';
import { cableTo, type Cable } from '../support/cable.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { givesUpAfterMs, until } from '../support/until.ts';
import { watch, type Watching } from '../support/watching.ts';

let system: System;
let cable: Cable;
let api: AnotherApi;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
  await system.simulator.setBehaviours([{ mode: 'silent' }]);
  cable = await cableTo(system.env.address);
  api = await startAnotherApi(system, { address: cable.address });
});
afterAll(async () => {
  await api?.stop();
  await cable?.close();
  await system?.stop();
});

const start = async (): Promise<string> => {
  const { body } = await system.api.post('/routes', { ...aStart, person: aPerson });
  return body.routeId;
};
const watching = async (subject = 'cm-17', lastEventId?: string): Promise<Watching> => {
  const token = await system.token({ role: 'case-manager', subject, municipality: 'GM0153' });
  return watch(`${api.url}/v1/changes`, token, lastEventId === undefined ? {} : { lastEventId });
};
const looks = () => api.calls.ListWorkflowExecutions ?? 0;

/** Starts routes one by one while so many watch; what each of these heard of them, and how often the store was asked. */
async function watchedBy(count: number) {
  const before = { looks: looks(), at: Date.now() };
  const streams = await Promise.all(
    Array.from({ length: count }, (_, i) => watching(`cm-${Math.floor(i / 10) + 100}`)),
  );
  const routes: string[] = [];
  for (let i = 0; i < 5; i += 1) {
    const routeId = await start();
    routes.push(routeId);
    await until('all hear that it waits', () =>
      streams.every((stream) => stream.of(routeId).some(({ waitingOn }) => waitingOn.length > 0)),
    );
  }
  const seconds = (Date.now() - before.at) / 1000;
  const asked = looks() - before.looks;
  const heard = streams.map((stream) => stream.events.map(({ data }) => JSON.stringify(data)));
  for (const stream of streams) stream.close();
  return { heard, asked, seconds, streams };
}

it('the store is asked as often for two hundred who watch as for one, and each hears each change once', async () => {
  expect(looks()).toBe(0);
  const one = await watchedBy(1);
  const many = await watchedBy(200);
  // One look a second; the first, and one each half minute, asks two questions more.
  for (const { asked, seconds } of [one, many]) {
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThanOrEqual(seconds * (1 + 2 / 30) + 5);
  }
  expect(many.heard[0]!.length).toBeGreaterThan(5);
  for (const heard of many.heard) {
    expect(heard).toEqual(many.heard[0]);
    expect(new Set(heard).size).toBe(heard.length);
  }
  process.stdout.write(
    `looks: ${one.asked} in ${one.seconds.toFixed(1)} s for 1, ${many.asked} in ${many.seconds.toFixed(1)} s for 200\n`,
  );
});

it('nobody watches: the store is not asked', async () => {
  const stream = await watching();
  stream.close();
  let last = -1;
  await until('it is asked no more', () => last === (last = looks()), givesUpAfterMs, 2500);
  const then = looks();
  await start();
  expect(looks()).toBe(then);
});

it('two hundred who come back after their process was started anew cost no more than one', async () => {
  const before = await watchedBy(1);
  const missed = await start();
  const at = { looks: looks(), at: Date.now() };
  const restarted = await startAnotherApi(system);
  const lastEventId = before.streams[0]!.lastId;
  const came = await Promise.all(
    Array.from({ length: 200 }, async (_, i) => {
      const subject = `cm-${Math.floor(i / 10) + 100}`;
      const token = await system.token({ role: 'case-manager', subject, municipality: 'GM0153' });
      return watch(`${restarted.url}/v1/changes`, token, { lastEventId });
    }),
  );
  await until('all are told', () => came.every((stream) => stream.of(missed).length > 0));
  expect(restarted.calls.ListWorkflowExecutions).toBeLessThanOrEqual((Date.now() - at.at) / 1000 + 5);
  for (const stream of came) stream.close();
  await restarted.stop();
});

it('Temporal is away: streams stay open, and go on with what was missed when it is back', async () => {
  const stream = await watching();
  cable.pull();
  await stream.heard('away');
  const missed = await start(); // by the other process, which reaches it
  const refused = await watch(
    `${api.url}/v1/changes`,
    await system.token({ role: 'case-manager', subject: 'cm-18', municipality: 'GM0153' }),
  );
  expect(refused.status).toBe(503);
  cable.plugIn();
  await stream.heard('back');
  await until('what was missed is told', () => stream.of(missed).length > 0);
  expect(stream.isOver).toBe(false);
  stream.close();
});
