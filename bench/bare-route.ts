/** Runs the bare workflow beside the routes: same server, same activities and ports, same partners, same API. */
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { createActivities } from '../activities/create-activities.ts';
import type { Person } from '../contracts/person.ts';
import { readDataConverter } from '../platform/connection.ts';
import { fileKeyStore } from '../platform/key-store-files.ts';
import { createSealer } from '../platform/sealer.ts';
import { readSettings, WorkerSettings } from '../platform/settings.ts';
import type { System } from '../test/support/system.ts';
import { until } from '../test/support/until.ts';
import { portsOf } from '../worker/create-worker.ts';
import { bundleWorkflows } from '../worker/workflow-bundle.ts';
import { taskDone, type BareRouteInput, type bareRoute } from './bare-route.workflow.ts';
import { costsOf, type Costs } from './costs-of.ts';

const workflowsPath = join(import.meta.dirname, 'bare-route.workflow.ts');

/** The periods of the demo's rules, in milliseconds. */
const periodsMs: BareRouteInput['periodsMs'] = {
  'intake.personal-plan': 2000,
  'debt.repayment': 36_000,
  'cti.transition': 6000,
  'cti.try-out': 6000,
  'cti.transfer-of-care': 6000,
  'aftercare.first-interval': 4000,
  'aftercare.second-interval': 8000,
};

/** Which request is answered before the case manager does a task. */
const tasks = [
  ['intake.identity', undefined],
  ['intake.decision', 'intake.skills'],
  ['housing.offer-answer', 'housing.offer'],
] as const;

/** What starts bare routes, in a Temporal that knows their workflow. */
export interface BareStart {
  readonly client: Client;
  readonly dataDir: string;
  readonly taskQueue: string;
}

/** Starts one bare route: its person is sealed as that of a route is. */
export async function startBare(
  { client, dataDir, taskQueue }: BareStart,
  { routeId, sending, person }: Pick<BareRouteInput, 'routeId' | 'sending'> & { person: Person },
) {
  const sealed = await createSealer(fileKeyStore(dataDir)).seal(routeId, person);
  const request = {
    routeId,
    municipality: 'GM0153',
    dueAt: new Date().toISOString(),
    basis: 'regional cooperation agreement',
    known: { person: sealed, debts: 'problematic' as const, housingForm: 'own-home', birthYear: 1974 },
  };
  return client.workflow.start<typeof bareRoute>('bareRoute', {
    taskQueue,
    workflowId: `route/${routeId}`, // where the API looks for whom an answer is for
    args: [{ routeId, sending, request, periodsMs }],
  });
}

/** One bare route from start to end, and what it cost. */
export async function runBare(
  { env, client, dataDir, url, simulator, simulatorUrl }: System,
  route: Pick<BareRouteInput, 'routeId' | 'sending'> & { person: Person },
): Promise<Costs> {
  const { routeId, sending } = route;
  const taskQueue = `bare-${sending}`;
  const settings = readSettings(WorkerSettings, {
    DATA_DIR: dataDir,
    PARTNERS_URL: simulatorUrl,
    API_URL: url,
  });
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue,
    workflowBundle: await bundleWorkflows(workflowsPath),
    activities: createActivities(portsOf(settings)),
    dataConverter: await readDataConverter({ DATA_DIR: dataDir }),
  });
  return worker.runUntil(async () => {
    const handle = await startBare({ client, dataDir, taskQueue }, route);
    for (const [task, after] of tasks) {
      const isAnswered = () =>
        simulator.ledger(routeId).requests.some((row) => row.stepId === after && row.answered);
      if (after) await until(`${after} is answered`, isAnswered, 60_000);
      await handle.executeUpdate(taskDone, { args: [task] });
    }
    await handle.result();
    return costsOf(client, handle.workflowId, handle.firstExecutionRunId);
  });
}
