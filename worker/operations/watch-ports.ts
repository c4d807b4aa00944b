/** Watching over Temporal: the port of activities/operations-watch.ts, over a client. */
import type { Client } from '@temporalio/client';
import type { WatchPorts } from '../../activities/operations-watch.ts';
import type { WorkerSettings } from '../../platform/settings.ts';
import { sweeps } from './sweeps.ts';
import { troubles, type Troubles } from './troubles.ts';

export const troublesOf = (client: Client, settings: WorkerSettings): Troubles =>
  troubles(client, {
    taskQueue: settings.TASK_QUEUE,
    looks: { firstSeconds: settings.TROUBLE_FIRST_LOOK, longestSeconds: settings.TROUBLE_LONGEST_LOOK },
  });

/** @param client - of the same namespace, with the same encryption */
export function watchPorts(client: Client, settings: WorkerSettings): WatchPorts {
  const found = troublesOf(client, settings);
  return {
    look: found.look,
    sweep: sweeps({ client, troubles: found, perSecond: settings.WATCHDOG_PER_SECOND }),
  };
}
