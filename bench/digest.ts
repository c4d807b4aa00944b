/**
 * npm run bench:digest: the morning's digest, and the week's figures, with 20,000 open routes. The server itself says which calls
 * it got meanwhile, and the routes are on a queue that nobody serves: a Query could not even be answered.
 */
import { parseArgs } from 'node:util';
import type { WorkflowHandle } from '@temporalio/client';
import { ensureSchedules, schedules } from '../ops/schedules.ts';
import type { ListedRoute } from '../platform/open-routes.ts';
import { aRow, startRow } from '../test/support/parked-rows.ts';
import { startSystem } from '../test/support/system.ts';
import { until } from '../test/support/until.ts';
import { atOnce } from './lib/parked-routes.ts';
import { aServer, callsAt, since, type Calls } from './lib/server-calls.ts';

const budgetSeconds = 60;
const { routes } = parseArgs({ options: { routes: { type: 'string', default: '20000' } } }).values;
const count = Number(routes);
const caseManagers = 2000;
const municipalities = ['GM0141', 'GM0147', 'GM0153', 'GM0158', 'GM0163', 'GM0164', 'GM0168', 'GM0173'];

/** A Monday: what the digest does on a day on which it is sent, whatever day it is. */
const at = '2027-02-01T06:00:00.000Z';
const longAgo = { changedAt: '2026-11-01T09:00:00.000Z', stageSince: '2026-10-01T09:00:00.000Z' };
/** How a hundred routes stand: 28 of them stand still. [assumed] */
const mix: readonly [share: number, row: Partial<ListedRoute>][] = [
  [2, { health: 'Technical', waitingOn: ['benefits-office'], blockers: ['technical'] }],
  [
    2,
    { health: 'Deadlocked', waitingOn: ['civil-registry', 'debt-service'], deadlock: 'open/address+income' },
  ],
  [8, { health: 'Overdue', dueAt: '2027-01-12T22:59:59.000Z' }],
  [8, { health: 'DueSoon', dueAt: '2027-02-03T22:59:59.000Z' }],
  [3, { health: 'OnHold', ...longAgo }],
  [5, longAgo],
  [2, { health: 'OnHold' }],
  [70, {}],
];

function rowOf(i: number): ListedRoute {
  let place = i % 100;
  const [, more] = mix.find(([share]) => (place -= share) < 0)!;
  return aRow(at, {
    caseManager: `cm-${i % caseManagers}`,
    municipality: municipalities[i % municipalities.length]!,
    ...(i % 1000 === 99 && { isWedged: true }),
    ...more,
  });
}

const { address, metricsUrl, stop } = await aServer();
const system = await startSystem({ server: { address }, rules: 'nl' });
let within = false;
try {
  const begun = Date.now();
  await atOnce(150, count, (i) => startRow(system.client, rowOf(i)));
  await until(
    'the store lists all of them',
    async () => (await system.client.workflow.count("WorkflowType = 'outflowRoute'")).count === count,
    120_000,
    1000,
  );
  process.stdout.write(`${count} open routes after ${seconds(begun)} s\n`);
  const onThatDay = schedules
    .filter(({ workflowType }) => workflowType !== 'watchdog')
    .map((each) => ({ ...each, args: [{ at }] }));
  await ensureSchedules(system.client, 'outflow-routes', onThatDay);
  const digest = await measured('stuck-digest');
  const figures = await measured('region-figures');
  const queries = digest.calls.get('QueryWorkflow') ?? 0;
  within = queries === 0 && digest.seconds <= budgetSeconds && digest.told > 0;
  process.stdout.write(
    `${within ? 'PASS' : 'FAIL'}: ${digest.told} owners told in ${digest.seconds} s, by ${digest.lists} pages of the list and ${queries} Queries ` +
      `(budget ${budgetSeconds} s, 0 Queries), ${digest.bytes} bytes of history\n` +
      `figures: ${figures.told} region told in ${figures.seconds} s, by ${figures.lists} pages and ${figures.calls.get('QueryWorkflow') ?? 0} Queries\n`,
  );
} finally {
  await system.stop();
  stop();
}
process.exit(within ? 0 : 1);

async function measured(scheduleId: string) {
  const handle = system.client.schedule.getHandle(scheduleId);
  const before = await callsAt(metricsUrl);
  const begun = Date.now();
  await handle.trigger();
  const workflowId = await until('it has begun', async () => {
    const { recentActions } = (await handle.describe()).info;
    return recentActions.at(-1)?.action.workflow.workflowId;
  });
  const run = system.client.workflow.getHandle(workflowId);
  const { told } = (await run.result()) as { told: number };
  const took = seconds(begun);
  const calls = await countedSince(before, run);
  const { historySize } = await run.describe();
  const lists = calls.get('ListWorkflowExecutions') ?? 0;
  return { told, seconds: took, calls, lists, bytes: historySize ?? 0 };
}

/**
 * The server reports its counts once a second or less. So one Query is asked by us, of a run that is over: when that is counted, so
 * is all that came before it. It is left out of the counts.
 */
async function countedSince(before: Calls, ownRun: WorkflowHandle): Promise<Calls> {
  await ownRun.query('__temporal_workflow_metadata');
  const calls = await until('our own Query is counted', async () => {
    const now = since(before, await callsAt(metricsUrl));
    return now.get('QueryWorkflow') ? now : undefined;
  });
  return new Map([...calls, ['QueryWorkflow', calls.get('QueryWorkflow')! - 1]]);
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 100) / 10;
}
