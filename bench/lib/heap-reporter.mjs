/**
 * Plain JavaScript, for threads load no TypeScript. Loaded in front of a worker process, and by that in the threads in which it runs workflows: says on a channel how
 * much of its heap a thread uses, after a collection. A process can't see the heaps of its threads by itself.
 */
import { isMainThread, threadId } from 'node:worker_threads';
import { getHeapStatistics } from 'node:v8';

if (!isMainThread) {
  const channel = new BroadcastChannel('heap');
  channel.addEventListener('message', ({ data }) => {
    if (data !== 'report') return;
    globalThis.gc?.();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window: a channel of threads
    channel.postMessage({ threadId, usedBytes: getHeapStatistics().used_heap_size });
  });
  channel.unref(); // it keeps no thread alive
}
