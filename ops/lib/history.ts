/** What lies behind a point of a history: what a reset to it takes back, and what is told again. */
import type { Payload } from '@temporalio/common';
import proto from '@temporalio/proto';

const { EventType } = proto.temporal.api.enums.v1;

export type HistoryEvent = NonNullable<NonNullable<proto.temporal.api.history.v1.IHistory['events']>[number]>;

export interface ResetPoint {
  /** Id of the event by which the workflow task ended. */
  readonly to: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The event that the code of now does not come to, where the worker says so. */
  readonly differsAt?: number;
  /** Behind it. */
  readonly events: number;
  /** Signals and Updates behind it, counted by name: the server tells them again, in their order. */
  readonly toldAgain: Readonly<Record<string, number>>;
  /** Requests behind it: regular activities, and those that were answered at once. */
  readonly asked: number;
}

/**
 * Where a run is taken back to: the workflow task in which it went where the code of now does not go. Further back costs more:
 * what was told since is told again all at once, and a route refuses commands that come before it is where it was.
 * @param differsAt - the event at which a worker said that
 * @param to - the end of another workflow task
 * @returns undefined when there is none, or no worker said where the code differs
 */
export function sinceReset(
  events: readonly HistoryEvent[],
  differsAt: number | undefined,
  to?: number,
): ResetPoint | undefined {
  const ends = events.filter(({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
  const point =
    to !== undefined
      ? ends.find(({ eventId }) => Number(eventId) === to)
      : ends.findLast(({ eventId }) => Number(eventId) < (differsAt ?? 0));
  if (!point) return undefined;
  const behind = eventsBehind(events, Number(point.eventId));
  const names = behind.flatMap(nameOf);
  return {
    to: Number(point.eventId),
    at: new Date(Number(point.eventTime!.seconds) * 1000).toISOString(),
    ...(differsAt !== undefined && { differsAt }),
    events: behind.length,
    toldAgain: Object.fromEntries(
      [...new Set(names)].map((name) => [name, names.filter((each) => each === name).length]),
    ),
    asked: behind.filter(isRequest).length,
  };
}

export const eventsBehind = (events: readonly HistoryEvent[], to: number): readonly HistoryEvent[] =>
  events.filter(({ eventId }) => Number(eventId) > to);

/**
 * The event at which a worker said that its code goes another way. The SDK names it; where code takes the answer to one request
 * for that to another, workflows/request.ts names the request.
 * @param read - reads a payload
 */
export async function whereItDiffers(
  events: readonly HistoryEvent[],
  read: (payload: Payload) => Promise<unknown>,
): Promise<number | undefined> {
  const messages = events.map((each) => each.workflowTaskFailedEventAttributes?.failure?.message ?? '');
  const said = messages.findLast((message) => named.test(message) || ofRequest.test(message)) ?? '';
  const event = named.exec(said)?.[1];
  const request = ofRequest.exec(said)?.[1];
  if (event ?? !request) return event === undefined ? undefined : Number(event);
  for (const each of events) {
    const result =
      each.markerRecordedEventAttributes?.details?.['result']?.payloads?.[0] ??
      each.activityTaskCompletedEventAttributes?.result?.payloads?.[0];
    const answer = result && (await read(result).catch(() => undefined));
    const answered =
      typeof answer === 'string' ? answer : (answer as { requestId?: string } | undefined)?.requestId;
    const scheduled = each.activityTaskCompletedEventAttributes?.scheduledEventId;
    if (answered === request) return Number(scheduled ?? each.eventId);
  }
  return undefined;
}

const named = /HistoryEvent\(id: (\d+)/;
const ofRequest = /goes on with request ([^\s,]+)/;

function nameOf(event: HistoryEvent): string[] {
  const {
    workflowExecutionSignaledEventAttributes: signal,
    workflowExecutionUpdateAcceptedEventAttributes: update,
  } = event;
  if (signal) return [signal.signalName!];
  return update ? [update.acceptedRequest?.input?.name ?? 'Update'] : [];
}

const isRequest = ({ eventType, markerRecordedEventAttributes: marker }: HistoryEvent): boolean =>
  eventType === EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED || marker?.markerName === 'core_local_activity';
