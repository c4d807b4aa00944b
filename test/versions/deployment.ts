/** The versions of the worker in this test, and what operations do with them: by the CLI, as in docs/new-versions.md. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import proto from '@temporalio/proto';
import type { WorkflowBundle } from '@temporalio/worker';
import { readSettings, WorkerSettings } from '../../platform/settings.ts';
import type { System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { createWorker } from '../../worker/create-worker.ts';

const { ROUTING_CONFIG_UPDATE_STATE_COMPLETED } = proto.temporal.api.enums.v1.RoutingConfigUpdateState;
const deploymentName = 'outflow-routes';
const root = join(import.meta.dirname, '..', '..');

export interface Version {
  readonly buildId: string;
  readonly bundle: WorkflowBundle;
  /** Brings its worker up, with the settings that a worker process gets. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Makes it current: once its worker polls, before that the server refuses. */
  makeCurrent(): Promise<void>;
  /** Whether routes are on it still: `current`, `draining` or `drained`. */
  status(): Promise<string>;
}

export function createVersion(system: System, buildId: string, bundle: WorkflowBundle): Version {
  let running: { shutdown: () => void; ended: Promise<void> } | undefined;
  const file = join(system.dataDir, `${buildId}.js`);
  const settings = readSettings(WorkerSettings, {
    TEMPORAL_ADDRESS: system.env.address,
    DATA_DIR: system.dataDir,
    PARTNERS_URL: system.simulatorUrl,
    API_URL: system.url,
    WORKFLOW_BUNDLE: file,
    WORKER_DEPLOYMENT: deploymentName,
    WORKER_BUILD_ID: buildId,
  });
  const named = ['--deployment-name', deploymentName, '--build-id', buildId];
  return {
    buildId,
    bundle,
    async start() {
      await writeFile(file, bundle.code);
      const worker = await createWorker(settings);
      running = { shutdown: () => worker.shutdown(), ended: worker.run() };
    },
    async stop() {
      running?.shutdown();
      await running?.ended;
      running = undefined;
    },
    async makeCurrent() {
      const current = () =>
        temporal(system, 'worker', 'deployment', 'set-current-version', ...named, '--yes');
      await until(`${buildId} can be made current`, () => current().then(() => true), 60_000);
      await until(`everybody knows that ${buildId} is current`, () => isKnown(system));
    },
    async status() {
      const args = ['worker', 'deployment', 'describe-version', ...named, '--output', 'json'];
      const { drainageInfo } = JSON.parse(await temporal(system, ...args)) as Described;
      return drainageInfo?.drainageStatus || 'current';
    },
  };
}

/** The server tells its own parts in the background: a route that is woken within that second learns it later. */
async function isKnown({ env }: System): Promise<boolean> {
  const named = { namespace: 'default', deploymentName };
  const { workerDeploymentInfo } = await env.connection.workflowService.describeWorkerDeployment(named);
  return workerDeploymentInfo?.routingConfigUpdateState === ROUTING_CONFIG_UPDATE_STATE_COMPLETED;
}

interface Described {
  readonly drainageInfo?: { readonly drainageStatus?: string };
}

/** `npm run temporal -- …`; gives back what it printed. */
export async function temporal({ env }: System, ...args: string[]): Promise<string> {
  const environment = { ...process.env, TEMPORAL_ADDRESS: env.address };
  const script = ['scripts/temporal.mjs', ...args];
  const { stdout } = await promisify(execFile)(process.execPath, script, { cwd: root, env: environment });
  return stdout;
}
