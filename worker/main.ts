/** The worker process. */
import { makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { traced } from '../platform/begin-tracing.ts';
import { connectClient } from '../platform/connection.ts';
import { createLog } from '../platform/log.ts';
import { runMain } from '../platform/main.ts';
import { openStores } from '../platform/stores.ts';
import { readSettings, WorkerSettings } from '../platform/settings.ts';
import { cannotListen } from '../platform/metrics.ts';
import { createWorker } from './create-worker.ts';
import { countAskedAgain, telemetryOf } from './metrics.ts';
import { keepClean } from './keep-clean.ts';
import { sdkLog } from './sdk-log.ts';
import { FailingTasks } from './operations/failing-tasks.ts';
import { reportFailing } from './operations/report-failing.ts';
import { troublesOf } from './operations/watch-ports.ts';

await runMain(async () => {
  const settings = readSettings(WorkerSettings, process.env);
  const log = createLog('worker', settings.LOG_LEVEL);
  const { METRICS_ADDRESS: address } = settings;
  const failing = new FailingTasks();
  let askedAgain: (() => void) | undefined;
  const logging = { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) };
  try {
    Runtime.install({
      logger: failing.heardIn(sdkLog(log, () => askedAgain?.())),
      shutdownSignals: [], // this process decides when its worker drains
      telemetryOptions: { logging, ...telemetryOf(address).telemetryOptions },
    });
  } catch (error) {
    throw address ? cannotListen(address, error) : error;
  }
  askedAgain = countAskedAgain(Runtime.instance().metricMeter);
  const tracing = await traced('worker', settings.OTEL_EXPORTER_OTLP_ENDPOINT);
  const stores = await openStores(settings, log, 'worker');
  const worker = await createWorker(settings, stores, log);
  const running = worker.run();
  const client = await connectClient(settings);
  const reporting = reportFailing({ failing, client, troubles: troublesOf(client, settings), log });
  const cleaning = keepClean(stores.processing, { years: settings.PROCESSING_LOG_YEARS, log });
  running.catch((error: unknown) => {
    log.fatal({ err: error }, 'worker failed');
    process.exit(1);
  });
  // Whoever started this process waits for the line, whatever the level of the log.
  process.stdout.write(`${JSON.stringify({ service: 'worker', msg: 'worker ready' })}\n`);
  return {
    stop: async () => {
      cleaning.stop();
      worker.shutdown();
      await reporting.stop();
      await client.connection.close();
      await running;
      await stores.close();
      await tracing.stop();
    },
  };
});
