/** Follows the histories of workflows while they grow, through all runs, and through outages of the server. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { decoded, type HistoryEvent } from '../../scripts/replay/history-file.ts';

const pollMs = 15_000;
const againAfterMs = 100;

export interface Followed {
  readonly client: Client;
  readonly codecs: readonly PayloadCodec[];
  readonly workflowId: string;
  readonly signal: AbortSignal;
}

/** Yields the new events of a workflow whenever there are some, with readable payloads, until it is over or aborted. */
export async function* followed({
  client,
  codecs,
  workflowId,
  signal,
}: Followed): AsyncGenerator<readonly HistoryEvent[]> {
  let runId = '';
  let token: Uint8Array | undefined;
  let last = 0;
  while (!signal.aborted) {
    const ask = {
      execution: { workflowId, runId },
      waitNewEvent: true,
      nextPageToken: token ?? new Uint8Array(),
    };
    const found = await client
      .withDeadline(Date.now() + pollMs, () =>
        client.workflowService.getWorkflowExecutionHistory({ namespace: client.options.namespace, ...ask }),
      )
      .catch(() => undefined);
    if (!found) {
      token = undefined;
      await sleep(againAfterMs);
      continue;
    }
    const fresh = (found.history?.events ?? []).filter(({ eventId }) => Number(eventId) > last);
    token = found.nextPageToken;
    if (fresh.length > 0) yield (await decoded({ events: fresh }, codecs)).events ?? [];
    const end = fresh.at(-1);
    last = Number(end?.eventId ?? last);
    const next = end?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
    if (next) [runId, token, last] = [next, undefined, 0];
    else if (end && token.length === 0) return;
  }
}
