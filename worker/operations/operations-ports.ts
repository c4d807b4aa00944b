/** Repairs of many routes over the real Temporal, with the real keys. */
import type { Client } from '@temporalio/client';
import type { OperationsPorts } from '../../activities/operations-ports.ts';
import { routeLine } from '../../platform/route-line.ts';
import { rulesOfToday } from '../../platform/rules-of-today.ts';
import { createSealer } from '../../platform/sealer.ts';
import type { Stores } from '../../platform/stores.ts';

/** @param client - of the same namespace, with the same encryption */
export function operationsPorts(client: Client, { keys }: Pick<Stores, 'keys'>): OperationsPorts {
  const { list, stateOf, give, retry, waitingRequests } = routeLine(client);
  const sealer = createSealer(keys);
  return {
    list,
    stateOf,
    give,
    retry,
    waiting: async (routeId, party) =>
      (await waitingRequests(routeId, party)).filter(({ isUnderWay }) => !isUnderWay).length,
    seal: (routeId, reason) => sealer.seal(routeId, reason),
    rulesFor: rulesOfToday(),
  };
}
