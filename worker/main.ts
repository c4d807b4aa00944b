/** The worker process. */
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { createLog } from '../platform/log.ts';
import { runMain } from '../platform/main.ts';
import { readSettings, WorkerSettings } from '../platform/settings.ts';
import { createWorker } from './create-worker.ts';

await runMain(async () => {
  const settings = readSettings(WorkerSettings, process.env);
  const log = createLog('worker', settings.LOG_LEVEL);
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) =>
      log[level === 'ERROR' ? 'error' : 'warn'](
        { workflow: meta?.workflowId, type: meta?.workflowType },
        message,
      ),
    ),
    shutdownSignals: [], // this process decides when its worker drains
  });
  const worker = await createWorker(settings, log);
  const running = worker.run();
  running.catch((error: unknown) => {
    log.fatal({ err: error }, 'worker failed');
    process.exit(1);
  });
  log.info({ taskQueue: settings.TASK_QUEUE }, 'worker ready');
  return {
    stop: async () => {
      worker.shutdown();
      await running;
    },
  };
});
