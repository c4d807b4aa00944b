/** A worker as the product runs it, but with room for a given number of routes, and which says what it uses. */
import { setTimeout as sleep } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities } from '../../activities/create-activities.ts';
import { readDataConverter } from '../../platform/connection.ts';
import { readSettings, WorkerSettings } from '../../platform/settings.ts';
import { portsOf } from '../../worker/create-worker.ts';

/** What a worker process uses, after a collection of garbage. */
export interface Usage {
  readonly rssBytes: number;
  /** Of all its threads. */
  readonly heapBytes: number;
  readonly cachedRoutes: number;
}

const threadsAnswerWithinMs = 3000;
const settings = readSettings(WorkerSettings, process.env);
Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address: settings.TEMPORAL_ADDRESS }),
  taskQueue: settings.TASK_QUEUE,
  workflowBundle: { codePath: settings.WORKFLOW_BUNDLE! },
  activities: createActivities(portsOf(settings)),
  dataConverter: await readDataConverter(settings),
  stickyQueueScheduleToStartTimeout: '1s',
  maxCachedWorkflows: Number(process.argv[2]),
});
void worker.run();

async function usage(): Promise<Usage> {
  const channel = new BroadcastChannel('heap');
  let threads = 0;
  channel.addEventListener('message', (event) => {
    threads += (event as unknown as { data: { usedBytes: number } }).data.usedBytes;
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window: a channel of threads
  channel.postMessage('report');
  await sleep(threadsAnswerWithinMs);
  channel.close();
  globalThis.gc?.();
  return {
    rssBytes: process.memoryUsage().rss,
    heapBytes: threads + getHeapStatistics().used_heap_size,
    cachedRoutes: worker.getStatus().numCachedWorkflows,
  };
}

process.on('message', () => void usage().then((used) => process.send?.(used)));
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
