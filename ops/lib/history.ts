/** What lies behind a point of a history: what a reset to it takes back, and what is told again. */
import proto from '@temporalio/proto';

const { EventType } = proto.temporal.api.enums.v1;

type Event = NonNullable<NonNullable<proto.temporal.api.history.v1.IHistory['events']>[number]>;

export interface ResetPoint {
  /** Id of the event by which the workflow task ended. */
  readonly to: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Behind it. */
  readonly events: number;
  /** Signals and Updates behind it, counted by name: the server tells them again, in their order. */
  readonly toldAgain: Readonly<Record<string, number>>;
  /** Requests behind it: regular activities, and those that were answered at once. */
  readonly asked: number;
}

/** @param to - left out: the first workflow task that has ended */
export function sinceReset(events: readonly Event[], to?: number): ResetPoint | undefined {
  const ends = events.filter(({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
  const point = to === undefined ? ends[0] : ends.find(({ eventId }) => Number(eventId) === to);
  if (!point) return undefined;
  const behind = events.filter(({ eventId }) => Number(eventId) > Number(point.eventId));
  const names = behind.flatMap(nameOf);
  return {
    to: Number(point.eventId),
    at: new Date(Number(point.eventTime!.seconds) * 1000).toISOString(),
    events: behind.length,
    toldAgain: Object.fromEntries(
      [...new Set(names)].map((name) => [name, names.filter((each) => each === name).length]),
    ),
    asked: behind.filter(isRequest).length,
  };
}

function nameOf({
  workflowExecutionSignaledEventAttributes: signal,
  workflowExecutionUpdateAcceptedEventAttributes: update,
}: Event): string[] {
  if (signal) return [signal.signalName!];
  return update ? [update.acceptedRequest?.input?.name ?? 'Update'] : [];
}

const isRequest = ({ eventType, markerRecordedEventAttributes: marker }: Event): boolean =>
  eventType === EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED || marker?.markerName === 'core_local_activity';
