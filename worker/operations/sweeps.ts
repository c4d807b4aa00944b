/** Looks at many routes from outside: those that are suspect by what the store has of them, or all, at a bounded pace. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Place, Swept, WatchPorts } from '../../activities/operations-watch.ts';
import { suspects, watched } from '../../platform/operations/watched.ts';
import type { Troubles } from './troubles.ts';

const listedWithinMs = 20_000;
/** Few enough that a sweep which was cut off repeats little, at most a few seconds of it. */
const pageSize = 100;
/** Of each kind of suspects: a sweep that finds more has found what is wrong, and comes back in minutes. */
const mostSuspects = 500;

interface Sweeping {
  readonly client: Client;
  readonly troubles: Troubles;
  readonly perSecond: number;
}

/** How routes are swept through, page by page of the store. */
export function sweeps({ client, troubles, perSecond }: Sweeping): WatchPorts['sweep'] {
  const { namespace } = client.options;

  async function pageOf(query: string, token: string | undefined) {
    const more = token ? { nextPageToken: Buffer.from(token, 'base64') } : {};
    const { executions, nextPageToken } = await client.withDeadline(Date.now() + listedWithinMs, () =>
      client.workflowService.listWorkflowExecutions({ namespace, pageSize, query, ...more }),
    );
    const ids = executions.flatMap(({ execution }) => execution?.workflowId ?? []);
    return {
      ids,
      next: nextPageToken.length > 0 ? Buffer.from(nextPageToken).toString('base64') : undefined,
    };
  }

  return async (of, from, reached): Promise<Swept> => {
    const queries = of === 'all' ? watched : suspects(new Date());
    let place: Place = from ?? { query: 0, looked: 0, found: 0 };
    let ofThis = 0;
    while (place.query < queries.length) {
      reached(place);
      const { ids, next } = await pageOf(queries[place.query]!, place.token);
      let { found } = place;
      for (const workflowId of ids) {
        const began = performance.now();
        const { trouble } = await troubles.report(workflowId);
        if (trouble) found += 1;
        await sleep(Math.max(0, 1000 / perSecond - (performance.now() - began)));
      }
      ofThis += ids.length;
      const goesOn = next !== undefined && (of === 'all' || ofThis < mostSuspects);
      if (!goesOn) ofThis = 0;
      const looked = place.looked + ids.length;
      place = goesOn
        ? { query: place.query, token: next, looked, found }
        : { query: place.query + 1, looked, found };
    }
    return { looked: place.looked, found: place.found };
  };
}
