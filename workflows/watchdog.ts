/**
 * Looks after routes that can't say themselves that they are stuck. Begun by Temporal Schedules (ops/schedules.ts): often for
 * those that are suspect by what the store has of them, seldom for all of them, one after the other.
 */
import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { OperationsActivities, Swept } from '../activities/operations-watch.ts';

export interface WatchdogInput {
  readonly of: 'suspects' | 'all';
}

export async function watchdog({ of }: WatchdogInput): Promise<Swept> {
  const what = of === 'all' ? 'alle open routes, rustig achter elkaar' : 'routes die verdacht zijn';
  setCurrentDetails(`- Bekijkt ${what}, en meldt wie vastzit als \`trouble/…\``);
  const { 'operations.sweep': sweep } = proxyActivities<OperationsActivities>({
    startToCloseTimeout: '6h',
    heartbeatTimeout: '1m',
    retry: { initialInterval: '5s', maximumInterval: '1m' },
    summary: `Bekijkt ${what}`,
  });
  const swept = await sweep(of);
  setCurrentDetails(`- ${swept.looked} bekeken, ${swept.found} vastgelopen`);
  return swept;
}
