/** Brings a worker up: the workflow bundle, the activities over their adapters, encryption. */
import { access } from 'node:fs/promises';
import { Client } from '@temporalio/client';
import {
  NativeConnection,
  Runtime,
  Worker,
  type WorkerOptions,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { createAgreementActivities } from '../activities/agreement-activities.ts';
import { createActivities } from '../activities/create-activities.ts';
import { createOperationsActivities } from '../activities/operations-activities.ts';
import { createToldActivities } from '../activities/operations-told.ts';
import { createWatchActivities } from '../activities/operations-watch.ts';
import type { PartnerPort, Ports } from '../activities/ports.ts';
import { PartnerParty } from '../contracts/vocabulary.ts';
import { readDataConverter, temporalAway } from '../platform/connection.ts';
import type { Destination } from '../platform/destinations.ts';
import { liveDestinations } from '../platform/live-destinations.ts';
import type { Logger } from '../platform/log.ts';
import { fileStores, type Stores } from '../platform/stores.ts';
import { createSealer } from '../platform/sealer.ts';
import { SettingsError, type WorkerSettings } from '../platform/settings.ts';
import { readZgw } from '../platform/zgw.ts';
import { httpNotifications } from './adapters/http-notifications.ts';
import { httpPartner } from './adapters/http-partner.ts';
import { veraPartner } from './adapters/vera-partner.ts';
import { zgwRecords } from './adapters/zgw-records.ts';
import { agreementPorts } from './agreement-ports.ts';
import { causeOfActivity } from './cause-of-activity.ts';
import { measured } from './metrics.ts';
import { toldPorts } from './operations/told-ports.ts';
import { watchPorts } from './operations/watch-ports.ts';
import { liveNotifications, livePartner } from './live-partners.ts';
import { operationsPorts } from './operations/operations-ports.ts';
import { wayOut, type WayOut } from './outbound/way-out.ts';
import { bundleWorkflows } from './workflow-bundle.ts';

/**
 * @param stores - left out: files in the settings' data folder
 * @param log - is told when PARTNERS_FILE was changed, or can't be read any more; left out: nobody is
 * @throws SettingsError when Temporal is away, the payload keys or the named bundle are missing
 */
export async function createWorker(
  settings: WorkerSettings,
  stores: Stores = fileStores(settings.DATA_DIR, 'worker'),
  log?: Logger,
): Promise<Worker> {
  const ports = measured(portsOf(settings, stores, log), Runtime.instance().metricMeter);
  const dataConverter = await readDataConverter(settings);
  const workflowBundle = await bundleOf(settings);
  const connection = await NativeConnection.connect({ address: settings.TEMPORAL_ADDRESS }).catch(() => {
    throw temporalAway(settings.TEMPORAL_ADDRESS);
  });
  const client = new Client({ connection, namespace: settings.TEMPORAL_NAMESPACE, dataConverter });
  return Worker.create({
    connection,
    namespace: settings.TEMPORAL_NAMESPACE,
    taskQueue: settings.TASK_QUEUE,
    workflowBundle,
    activities: {
      ...createActivities(ports),
      ...createAgreementActivities(agreementPorts(client)),
      ...createToldActivities(toldPorts(client, settings, ports.notify)),
      ...createWatchActivities(watchPorts(client, settings)),
      ...createOperationsActivities(operationsPorts(client, stores)),
    },
    dataConverter,
    interceptors: { activity: [() => ({ inbound: causeOfActivity })] },
    ...deploymentOf(settings),
    // A killed worker's routes wait this long for it before another takes them on.
    stickyQueueScheduleToStartTimeout: '1s',
    shutdownGraceTime: '10s',
    // After a restart every route is rebuilt once, from the queue that is no worker's own: docs/costs.md.
    workflowThreadPoolSize: 2,
    nonStickyToStickyPollRatio: 0.5,
    maxConcurrentWorkflowTaskPolls: 20,
    maxConcurrentWorkflowTaskExecutions: 100,
  });
}

/** The bundle that was built before, or one made now. A named bundle that is missing stops the start. */
async function bundleOf({ WORKFLOW_BUNDLE }: WorkerSettings): Promise<WorkflowBundleOption> {
  if (!WORKFLOW_BUNDLE) return bundleWorkflows();
  await access(WORKFLOW_BUNDLE).catch(() => {
    throw new SettingsError(`WORKFLOW_BUNDLE: there is no file at ${WORKFLOW_BUNDLE}`);
  });
  return { codePath: WORKFLOW_BUNDLE };
}

/**
 * Pins each run to the version that it began on, where the settings name one; else any worker takes any run.
 * A pinned route moves on when it continues as new: see docs/new-versions.md.
 */
function deploymentOf({
  WORKER_DEPLOYMENT: deploymentName,
  WORKER_BUILD_ID: buildId,
}: WorkerSettings): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (!deploymentName || !buildId) return {};
  const version = { deploymentName, buildId };
  return {
    workerDeploymentOptions: { version, useWorkerVersioning: true, defaultVersioningBehavior: 'PINNED' },
  };
}

/** By the standard that a partner speaks; `own` is that of docs/partners.md. */
const adapters = {
  own: httpPartner,
  vera: veraPartner,
  zgw: (way: WayOut, settings: WorkerSettings) => zgwRecords(way, readZgw(settings)),
} satisfies Record<string, (way: WayOut, settings: WorkerSettings) => PartnerPort>;

/**
 * Every port over its real adapter.
 * @throws SettingsError when an address is not allowed, or what an adapter needs besides is missing or wrong
 */
export function portsOf(
  settings: WorkerSettings,
  { keys, processing }: Stores = fileStores(settings.DATA_DIR, 'worker'),
  log?: Logger,
): Ports {
  const sealer = createSealer(keys);
  const current = liveDestinations(settings, log);
  const partners = PartnerParty.options.map((party) => {
    const reach = ({ standard, ...destination }: Destination) =>
      adapters[standard ?? 'own'](wayOut(destination), settings);
    return [party, livePartner(() => current()[party], reach)];
  });
  return {
    partners: Object.fromEntries(partners) as Ports['partners'],
    notify: liveNotifications(
      () => current().notifications,
      (destination) => httpNotifications(wayOut(destination)),
    ),
    openPerson: (person) => sealer.open(person),
    recordDisclosure: ({ stepId, requestId, party, ...disclosed }) =>
      processing.record({
        ...disclosed,
        activity: stepId,
        by: party,
        role: 'partner',
        party,
        direction: 'received',
        about: requestId,
      }),
    deletePersonalData: async (routeId) => {
      await sealer.forget(routeId);
      const basis = 'Wmo 2015 art. 5.3.4, AVG art. 17';
      const by = { by: 'outflow-routes', role: 'system' } as const;
      await processing.record({ routeId, activity: 'personal-data.delete', ...by, basis, data: ['keys'] });
    },
    replyTo: `${settings.API_URL.replace(/\/$/, '')}/v1/partner-events`,
  };
}
