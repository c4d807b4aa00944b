/**
 * What a workflow has cost by the time it is closed, read from the server: histories of all its runs.
 *
 * State transitions are the server's own count. Actions are counted as Temporal Cloud bills them
 * (https://docs.temporal.io/cloud/actions, read in November 2026), as far as a history shows them:
 * - 1 for each run (start, continue-as-new), timer, Signal, Update that was taken in and upsert of search attributes
 *   or memo; attributes given at the start are free;
 * - 1 for each attempt of an activity;
 * - 1 for all local activities that one workflow task reports;
 * - 2 for each child workflow.
 * Queries and refused Updates leave nothing in a history and are not counted: they depend on who looks.
 */
import type { Client, WorkflowHandle } from '@temporalio/client';
import proto from '@temporalio/proto';
import { decoded } from '../scripts/replay/history-file.ts';
import { causesOf, type Cause, type Caused } from './lib/causes.ts';

type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;

export interface Costs {
  readonly runs: number;
  readonly events: number;
  readonly bytes: number;
  readonly transitions: number;
  readonly actions: number;
  /** How many events of each type. */
  readonly byType: Readonly<Record<string, number>>;
  readonly causes: Readonly<Record<Cause, Caused>>;
}

const { EventType } = proto.temporal.api.enums.v1;

const actionsOf: Readonly<Record<string, number>> = {
  WORKFLOW_EXECUTION_STARTED: 1,
  WORKFLOW_EXECUTION_SIGNALED: 1,
  WORKFLOW_EXECUTION_UPDATE_ACCEPTED: 1,
  TIMER_STARTED: 1,
  UPSERT_WORKFLOW_SEARCH_ATTRIBUTES: 1,
  WORKFLOW_PROPERTIES_MODIFIED: 1,
  START_CHILD_WORKFLOW_EXECUTION_INITIATED: 2,
};

/** `TIMER_STARTED` for the number that stands in an event. */
function nameOf({ eventType }: HistoryEvent): string {
  return (EventType[eventType ?? 0] ?? 'UNSPECIFIED').replace(/^EVENT_TYPE_/, '');
}

/** What a workflow has cost, over all runs from the given one on. */
export async function costsOf(client: Client, workflowId: string, firstRunId: string): Promise<Costs> {
  const total = { runs: 0, bytes: 0, transitions: 0, actions: 0 };
  const all: HistoryEvent[] = [];
  const codecs = client.options.loadedDataConverter.payloadCodecs;
  let runId: string | undefined = firstRunId;
  while (runId) {
    const handle: WorkflowHandle = client.workflow.getHandle(workflowId, runId);
    const { raw } = await handle.describe();
    const events: HistoryEvent[] = (await decoded(await handle.fetchHistory(), codecs)).events ?? [];
    total.runs += 1;
    total.bytes += Number(raw.workflowExecutionInfo?.historySizeBytes ?? 0);
    total.transitions += Number(raw.workflowExecutionInfo?.stateTransitionCount ?? 0);
    total.actions += countActions(events);
    all.push(...events);
    runId = events.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
  }
  const byType: Record<string, number> = {};
  for (const name of all.map(nameOf)) byType[name] = (byType[name] ?? 0) + 1;
  return { ...total, events: all.length, byType, causes: causesOf(all) };
}

function countActions(events: readonly HistoryEvent[]): number {
  const local = new Set<string>();
  let actions = 0;
  for (const event of events) {
    actions += actionsOf[nameOf(event)] ?? 0;
    actions += event.activityTaskStartedEventAttributes?.attempt ?? 0;
    const marker = event.markerRecordedEventAttributes;
    if (marker?.markerName === 'core_local_activity') local.add(String(marker.workflowTaskCompletedEventId));
  }
  return actions + local.size;
}
