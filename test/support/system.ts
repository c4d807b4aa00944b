/** The whole system in one process, over a real server and real HTTP: worker, API, partner simulator. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Client } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { createAgreementActivities } from '../../activities/agreement-activities.ts';
import { createActivities } from '../../activities/create-activities.ts';
import { createOperationsActivities } from '../../activities/operations-activities.ts';
import { createToldActivities } from '../../activities/operations-told.ts';
import { createWatchActivities } from '../../activities/operations-watch.ts';
import { createVerifyToken } from '../../api/access.ts';
import { createApp } from '../../api/app.ts';
import { connectForCallers, createGateway } from '../../api/gateway.ts';
import { fingerprintKeyOf } from '../../api/idempotency.ts';
import { listen } from '../../api/server.ts';
import { readDataConverter } from '../../platform/connection.ts';
import { loadHousingBook } from '../../platform/housing-forms.ts';
import { fileKeyStore } from '../../platform/key-store-files.ts';
import { createLog } from '../../platform/log.ts';
import { loadPartners } from '../../platform/partner-registry.ts';
import { ensurePayloadKeys, readPayloadKeys } from '../../platform/payload-keys.ts';
import { loadRuleBook } from '../../platform/rule-sets.ts';
import type { RuleBook } from '../../domain/rules.ts';
import { fileProcessingLog } from '../../platform/processing-log-files.ts';
import { createSealer } from '../../platform/sealer.ts';
import { ApiSettings, readSettings, WorkerSettings } from '../../platform/settings.ts';
import {
  createSimulator,
  type RunningSimulator,
  type SimulatorOptions,
} from '../../simulator/create-simulator.ts';
import { agreementPorts } from '../../worker/agreement-ports.ts';
import { portsOf } from '../../worker/create-worker.ts';
import { toldPorts } from '../../worker/operations/told-ports.ts';
import { FailingTasks } from '../../worker/operations/failing-tasks.ts';
import { reportFailing } from '../../worker/operations/report-failing.ts';
import { troublesOf, watchPorts } from '../../worker/operations/watch-ports.ts';
import { operationsPorts } from '../../worker/operations/operations-ports.ts';
import type { RunBudget } from '../../workflows/outflow-route.messages.ts';
import { caller, type Caller } from './api-caller.ts';
import { bundleOnce } from './bundle.ts';
import { devServer, timeSkippingServer } from './servers.ts';

type Who = Parameters<RunningSimulator['token']>[0];

export interface System {
  readonly env: TestWorkflowEnvironment;
  /** Reads what is encrypted. */
  readonly client: Client;
  readonly dataDir: string;
  /** Where the API is. */
  readonly url: string;
  readonly simulator: ReturnType<typeof createSimulator>;
  readonly simulatorUrl: string;
  /** The API as a case manager of GM0153 calls it. */
  readonly api: Caller;
  /** The API as anybody else calls it. */
  as(who: Who): Promise<Caller>;
  token(who: Who): Promise<string>;
  /** Stops the worker; `startWorker` brings another one up, with other workflow code when it is given. */
  stopWorker(): Promise<void>;
  startWorker(code?: WorkflowBundle): Promise<void>;
  stop(): Promise<void>;
}

export interface SystemOptions {
  /** A server that is begun here, or one that runs already. */
  readonly server: 'dev' | 'time-skipping' | { readonly address: string };
  /** Id of the national rule set for new routes. */
  readonly rules: string;
  /** Where rule sets, cooperation agreements and housing forms are read; left out: `rules/`. */
  readonly rulesFolder?: string;
  /** Routes are held to no norms, as those were that began before there were any: the phases of CTI can be skipped. */
  readonly norms?: 'none';
  /** How long partners take to answer. */
  readonly delayMs?: number;
  /** What else the played partners do. */
  readonly simulator?: Pick<SimulatorOptions, 'signsEvents'>;
  /** What each run of a route may use up. */
  readonly budget?: RunBudget;
  /** Settings of the worker besides those that it always has. */
  readonly settings?: Readonly<Record<string, string>>;
  /** File that says who tells news as which party, once it is known where the played ones are; left out: those. */
  readonly registry?: (partnersUrl: string) => string;
  /** The clock of the API and of the partners, in milliseconds since 1970; left out: that of the machine. */
  readonly clock?: () => number;
  /** No worker yet: whoever asks for that brings up their own. */
  readonly withoutWorker?: true;
}

async function ruleBookWith(norms: 'none' | undefined, folder?: string): Promise<RuleBook> {
  const book = await loadRuleBook(new Date().toISOString(), folder);
  if (!norms) return book;
  const sets = [...book.sets].map(([id, set]) => [id, { ...set, norms: [] as never[] }] as const);
  return { ...book, sets: new Map(sets) };
}

const log = createLog('test', process.env.TEST_LOG ?? 'silent');
const failing = new FailingTasks();

/** The SDK gives it up with the last worker of a process: the next system in it begins with another. */
function installRuntime(): void {
  try {
    Runtime.install({
      logger: failing.heardIn(new DefaultLogger('ERROR')), // which prints no more, whatever it hears
      shutdownSignals: [],
      telemetryOptions: { logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } } },
    });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'IllegalStateError') throw error; // there is one
  }
}

const begin = { dev: devServer, 'time-skipping': timeSkippingServer };

/** Brings everything up. Whoever calls it calls `stop`. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const { server, rules, rulesFolder, norms, delayMs = 20, budget, withoutWorker } = options;
  const { clock = Date.now } = options;
  installRuntime();
  const dataDir = await mkdtemp(join(tmpdir(), 'outflow-'));
  await ensurePayloadKeys({ DATA_DIR: dataDir });
  const payloadKeys = await readPayloadKeys({ DATA_DIR: dataDir });
  const env = await (typeof server === 'string'
    ? begin[server]()
    : TestWorkflowEnvironment.createFromExistingServer(server));
  const simulator = createSimulator({ dataDir, delayMs, ...options.simulator, clock });
  const partners = await simulator.start();
  const environment = { TEMPORAL_ADDRESS: env.address, DATA_DIR: dataDir, PARTNERS_URL: partners.url };
  const settings = readSettings(ApiSettings, environment);
  const client = connectForCallers(settings, payloadKeys);
  const gateway = createGateway({
    client,
    taskQueue: settings.TASK_QUEUE,
    ...(budget && { budget }),
  });
  const app = createApp({
    gateway,
    verifyToken: createVerifyToken({
      jwksUrl: `${partners.issuer}/jwks.json`,
      issuer: partners.issuer,
      audience: partners.audience,
    }),
    sealer: createSealer(fileKeyStore(dataDir)),
    processing: fileProcessingLog(dataDir, 'api'),
    ruleBook: await ruleBookWith(norms, rulesFolder),
    housing: await loadHousingBook(new Date().toISOString(), rulesFolder),
    rules,
    partners: await loadPartners(options.registry?.(partners.url)),
    eventWindowDays: settings.EVENT_WINDOW_DAYS,
    log,
    now: () => new Date(clock()).toISOString(),
    version: '0.0.0',
    fingerprintKey: fingerprintKeyOf(payloadKeys),
  });
  const http = await listen(app, { host: '127.0.0.1', port: 0, ending: () => gateway.changes.close() });
  const ofWorker = { ...environment, ...options.settings, API_URL: http.url };
  const worker = workerOf(env, client, readSettings(WorkerSettings, ofWorker));
  if (!withoutWorker) await worker.start();

  const as = async (who: Who) => caller(http.url, await partners.token(who));
  return {
    env,
    client,
    dataDir,
    url: http.url,
    simulator,
    simulatorUrl: partners.url,
    api: await as({ role: 'case-manager', subject: 'cm-17', municipality: 'GM0153' }),
    as,
    token: (who) => partners.token(who),
    startWorker: (code) => worker.start(code),
    stopWorker: () => worker.stop(),
    async stop() {
      await http.stop();
      await worker.stop();
      await partners.close();
      await gateway.close();
      await env.teardown();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function workerOf(env: TestWorkflowEnvironment, client: Client, settings: WorkerSettings) {
  let running: { worker: Worker; ended: Promise<void>; reporting: { stop(): Promise<void> } } | undefined;
  return {
    async start(code?: WorkflowBundle) {
      const ports = portsOf(settings);
      const worker = await Worker.create({
        connection: env.nativeConnection,
        taskQueue: settings.TASK_QUEUE,
        workflowBundle: code ?? (await bundleOnce()),
        activities: {
          ...createActivities(ports),
          ...createAgreementActivities(agreementPorts(client)),
          ...createToldActivities(toldPorts(client, settings, ports.notify)),
          ...createWatchActivities(watchPorts(client, settings)),
          ...createOperationsActivities(operationsPorts(client, { keys: fileKeyStore(settings.DATA_DIR) })),
        },
        dataConverter: await readDataConverter(settings),
        stickyQueueScheduleToStartTimeout: '1s',
      });
      const reporting = reportFailing({ failing, client, troubles: troublesOf(client, settings), log });
      running = { worker, ended: worker.run(), reporting };
    },
    async stop() {
      if (!running) return;
      running.worker.shutdown();
      await running.reporting.stop();
      await running.ended;
      running = undefined;
    },
  };
}
