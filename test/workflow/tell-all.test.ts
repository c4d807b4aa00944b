/** Telling goes on through the day for who was not taken, over a server on which hours pass in an instant. */
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createToldActivities, type ToldPorts } from '../../activities/operations-told.ts';
import { PartnerFailed } from '../../activities/ports.ts';
import { calendarFor } from '../../platform/rule-sets/calendar.ts';
import { bundleOnce } from '../support/bundle.ts';
import { aRow } from '../support/parked-rows.ts';
import { startSystem, type System } from '../support/system.ts';

const at = '2027-02-01T06:00:00.000Z';
const rows = ['cm-1', 'cm-2'].map((caseManager) => aRow(at, { caseManager, health: 'Overdue' }));
let system: System;

beforeAll(async () => {
  system = await startSystem({ server: 'time-skipping', rules: 'nl', withoutWorker: true });
});
afterAll(() => system?.stop());

/** Runs the digest with a service that takes nothing for `cm-2` so many times. @returns what came, in order */
async function told(inVain: number): Promise<{ keys: string[]; run: Promise<unknown> }> {
  const keys: string[] = [];
  let tried = 0;
  const ports: ToldPorts = {
    rules: () =>
      Promise.resolve({ escalation: { directorAfter: 'P1W' }, calendar: calendarFor(2027, 1), regions: [] }),
    async *routesToLookAt() {
      yield await Promise.resolve(rows);
    },
    async *openRoutes() {},
    agreements: () => Promise.resolve([]),
    tell: ({ key, recipient }) => {
      if (recipient === 'cm-2' && tried++ < inVain) throw new PartnerFailed('PartnerUnreachable', 'away');
      keys.push(key);
      return Promise.resolve();
    },
    linkOf: (routeId) => `https://routes.example/${routeId}`,
  };
  const taskQueue = `told-${inVain}`;
  const worker = await Worker.create({
    connection: system.env.nativeConnection,
    taskQueue,
    workflowBundle: await bundleOnce(),
    activities: createToldActivities(ports),
  });
  const options = { workflowId: taskQueue, taskQueue, args: [{ at }] };
  const run = worker.runUntil(system.env.client.workflow.execute('stuckDigest', options));
  await run.catch(() => undefined);
  return { keys, run };
}

it('who is not taken at first is told later that day, and nobody else again', async () => {
  const { keys, run } = await told(3);
  expect(await run).toEqual({ day: '2027-02-01', told: 2 });
  expect(keys).toEqual([
    'stuck-digest:case-manager:cm-1:2027-02-01',
    'stuck-digest:case-manager:cm-2:2027-02-01',
  ]);
});

it('who could not be told by the evening is named where operations see it', async () => {
  const { keys, run } = await told(Infinity);
  expect(keys).toHaveLength(1);
  await expect(run).rejects.toMatchObject({
    cause: { type: 'NotTold', message: expect.stringContaining('case-manager:cm-2') },
  });
});
