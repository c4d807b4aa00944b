/**
 * npm run bench:recovery: 500 routes that wait for their first partner; the worker is killed with kill -9, the partner
 * answers all of them while it is away, and it is started again. How long until each has gone on to the request of its
 * next step: an empty cache, so each route is replayed from its history first. Before that the same with as many bare
 * workflows (bench/bare-route.workflow.ts): what this machine, the server and the SDK take at the least.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StepId } from '../domain/steps.ts';
import { connectClient } from '../platform/connection.ts';
import { ConnectionSettings, readSettings } from '../platform/settings.ts';
import { caller, type Caller } from '../test/support/api-caller.ts';
import { aPerson, aStart } from '../test/support/case-manager.ts';
import { until } from '../test/support/until.ts';
import { sourceOf } from '../simulator/partners.ts';
import { atOnce, environment, tokenOf, type Addresses } from './lib/parked-routes.ts';
import type { Parts } from '../test/support/processes.ts';
import { withParts, type Campaign } from '../test/support/with-parts.ts';
import { bundleWorkflows } from '../worker/workflow-bundle.ts';
import { startBare } from './bare-route.ts';

const budgetSeconds = 5;
const parkedWithinMs = 10 * 60_000;
const wentOnWithinMs = 5 * 60_000;
const atOnceAtMost = 16;
const lookEveryMs = 250;
const party = 'civil-registry';
const asked = 'intake.registry-check';
const askedNext = 'income.postal-address';
const { routes } = parseArgs({ options: { routes: { type: 'string', default: '500' } } }).values;
const count = Number(routes);

/** How many routes a partner was asked about, for one step. */
async function askedOf({ simulatorUrl }: Addresses, stepId: string): Promise<number> {
  const ledger = await (await fetch(`${simulatorUrl}/control/ledger`)).json();
  const { requests } = ledger as { requests: { stepId: string; effects: number }[] };
  return requests.filter((row) => row.stepId === stepId && row.effects > 0).length;
}

/** One of the two that are measured: how many are started, and how one of them is. */
interface Kind {
  readonly name: string;
  readonly start: () => Promise<string>;
}

/** Parks so many, kills the worker, lets the partner answer, and starts the worker again. @returns seconds */
async function secondsOf({ name, start }: Kind, parts: Parts, partner: Caller): Promise<number> {
  const [askedBefore, goneOnBefore] = [await askedOf(parts, asked), await askedOf(parts, askedNext)];
  const ids: string[] = [];
  await atOnce(atOnceAtMost, count, async () => void ids.push(await start()));
  const areParked = async () => (await askedOf(parts, asked)) - askedBefore === count;
  await until(`all are parked: ${name}`, areParked, parkedWithinMs, lookEveryMs);
  await sleep(2000); // what was asked is also written down by now

  await parts.worker.kill();
  await atOnce(atOnceAtMost, count, async (i) => {
    const { status, body } = await partner.post('/partner-events', answerOf(ids[i]!), {
      'content-type': 'application/cloudevents+json',
    });
    if (status !== 202) throw new Error(`status ${status}: ${JSON.stringify(body)}`);
  });
  await parts.worker.start();
  const readyAt = Date.now();
  const wentOn = async () => (await askedOf(parts, askedNext)) - goneOnBefore === count;
  await until(`all went on: ${name}`, wentOn, wentOnWithinMs, lookEveryMs);
  return (Date.now() - readyAt) / 1000;
}

async function main({ parts, dataDir }: Campaign): Promise<boolean> {
  await Promise.all([parts.temporal.start(), parts.simulator.start()]);
  await Promise.all([parts.worker.start(), parts.api.start()]);
  await fetch(`${parts.simulatorUrl}/control/behaviours`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ mode: 'silent' }]),
  });
  const settings = readSettings(ConnectionSettings, {
    DATA_DIR: dataDir,
    TEMPORAL_ADDRESS: parts.temporalAddress,
  });
  const client = await connectClient(settings);
  const manager = caller(parts.apiUrl, await tokenOf(dataDir, parts, {}));
  const partner = caller(parts.apiUrl, await tokenOf(dataDir, parts, { party }));

  const bareStart = { client, dataDir, taskQueue: settings.TASK_QUEUE };
  const bare = await secondsOf(
    {
      name: 'bare routes',
      async start() {
        const routeId = randomUUID();
        const handle = await startBare(bareStart, { routeId, sending: 'local', person: aPerson });
        await handle.executeUpdate<void, [StepId]>('taskDone', { args: ['intake.identity'] });
        return routeId;
      },
    },
    parts,
    partner,
  );
  for await (const { workflowId } of client.workflow.list({ query: "WorkflowType = 'bareRoute'" }))
    await client.workflow.getHandle(workflowId).terminate();
  const routes = await secondsOf(
    {
      name: 'routes',
      async start() {
        const { status, body } = await manager.post('/routes', { ...aStart, person: aPerson });
        if (status !== 201) throw new Error(`A route did not start: status ${status}`);
        return body.routeId as string;
      },
    },
    parts,
    partner,
  );
  const within = routes <= budgetSeconds;
  process.stdout.write(
    `${within ? 'PASS' : 'FAIL'}: ${count} parked routes went on within ${routes.toFixed(1)} s of the return of a ` +
      `killed worker (budget ${budgetSeconds} s); as many bare workflows, in the same worker, in ${bare.toFixed(1)} s\n`,
  );
  return within;
}

const bundled = () => bundleWorkflows(join(import.meta.dirname, 'both-routes.workflow.ts'));
await withParts(environment, main, bundled);

function answerOf(routeId: string) {
  return {
    specversion: '1.0',
    id: `${routeId}:answer`,
    source: sourceOf(party),
    subject: routeId,
    type: 'nl.uitstroomroutes.step-completed.v1',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { requestId: `${routeId}:${asked}:1` },
  };
}
