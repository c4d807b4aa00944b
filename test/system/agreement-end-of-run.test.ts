/**
 * The end of a ledger's run. No command may follow the one that ends it; nor is anything asked that the run would not
 * wait for.
 */
import { Worker, type WorkerOptions } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readDataConverter } from '../../platform/connection.ts';
import { agreementState, agreementWorkflowId } from '../../workflows/housing-agreement.messages.ts';
import { after, aLedger, aLine, asks, uuid } from '../domain/housing-agreement/support.ts';
import { bundleOnce } from '../support/bundle.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
});
afterAll(() => system?.stop());

const taskQueue = 'old-ledgers';
const aWorker = async (of: Pick<WorkerOptions, 'workflowBundle' | 'activities'>) =>
  Worker.create({
    connection: system.env.nativeConnection,
    taskQueue,
    dataConverter: await readDataConverter({ DATA_DIR: system.dataDir }),
    ...of,
  });
const DAY_MS = 86_400_000;
const many = Array.from({ length: 30 }, (_, i) => i + 1);

it('a run that grows old in the very task in which routes were told leaves the others to the next one', async () => {
  const workflowId = agreementWorkflowId('twente', 2033);
  const state = after(
    aLedger([aLine(30)]),
    ...[...many, ...many.map((n) => n + 30)].map((n) => asks(n)),
    ...many.map((n) => ({ kind: 'release' as const, reservationId: uuid(n) })),
  );
  const { firstExecutionRunId: firstRun } = await system.client.workflow.start('housingAgreement', {
    workflowId,
    taskQueue,
    args: [{ state, budget: { events: 100_000, days: 4000 / DAY_MS } }],
  });
  const handle = system.client.workflow.getHandle(workflowId);
  const eventsOf = async () =>
    (await system.client.workflow.getHandle(workflowId, firstRun).fetchHistory()).events ?? [];
  const workflowBundle = await bundleOnce();
  const asking = await aWorker({ workflowBundle });
  await asking.runUntil(() =>
    until('fifty are to be told', async () =>
      (await eventsOf()).some((event) => event.activityTaskScheduledEventAttributes),
    ),
  );
  // Now nobody moves the ledger: routes are told, and its run grows old.
  const told = async (all: readonly { key: string }[]) => all.map(({ key }) => key);
  const activities = { 'agreement.tell': told };
  const telling = await aWorker({ activities });
  await telling.runUntil(() =>
    until('some were told, and the timer rang', async () => {
      const events = await eventsOf();
      const told = events.filter((event) => event.activityTaskCompletedEventAttributes);
      return told.length === 1 && events.some((event) => event.timerFiredEventAttributes);
    }),
  );
  const going = await aWorker({ workflowBundle });
  const now = await going.runUntil(async () => {
    await until('there is a next run', async () => (await handle.describe()).runId !== firstRun);
    return handle.query(agreementState);
  });
  expect(now.outbox.map(({ key }) => key)).toEqual(state.outbox.slice(50).map(({ key }) => key));
  const events = await eventsOf();
  expect(events.filter((event) => event.workflowTaskFailedEventAttributes)).toEqual([]);
  const [before, last] = events.slice(-2);
  expect(last!.workflowExecutionContinuedAsNewEventAttributes).toBeTruthy();
  expect(before!.workflowTaskCompletedEventAttributes).toBeTruthy(); // and not one that nobody would wait for
});
