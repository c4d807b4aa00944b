/** The worker process. */
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { createLog } from '../platform/log.ts';
import { runMain } from '../platform/main.ts';
import { openStores } from '../platform/stores.ts';
import { readSettings, WorkerSettings } from '../platform/settings.ts';
import { createWorker } from './create-worker.ts';
import { keepClean } from './keep-clean.ts';

await runMain(async () => {
  const settings = readSettings(WorkerSettings, process.env);
  const log = createLog('worker', settings.LOG_LEVEL);
  const logger = new DefaultLogger('WARN', ({ level, message, meta }) =>
    log[level === 'ERROR' ? 'error' : 'warn'](
      { workflow: meta?.workflowId, type: meta?.workflowType },
      message,
    ),
  );
  Runtime.install({ logger, shutdownSignals: [] }); // this process decides when its worker drains
  const stores = await openStores(settings, log, 'worker');
  const worker = await createWorker(settings, stores, log);
  const running = worker.run();
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
      await running;
      await stores.close();
    },
  };
});
