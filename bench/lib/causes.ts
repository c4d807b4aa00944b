/**
 * What a route's events are for: each workflow task, with what woke it and what came of it, belongs to one cause.
 * A request that is sent belongs to the partner's step, whatever woke the task in which it was sent. The one timer is the
 * whole route's, and has a line of its own: when it is set, and set anew, depends on all terms that run. A task that it
 * wakes belongs to the calendar.
 */
import proto from '@temporalio/proto';

type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;

export type Cause = 'partner' | 'case-manager' | 'calendar' | 'start-and-end';

export interface Caused {
  /** Workflow tasks. */
  tasks: number;
  /** Without the timers. */
  events: number;
  /** Timers that were set or taken back. */
  timers: number;
  /** Upserts of search attributes behind the first one of a task: one would have done. */
  upsertsAgain: number;
}

const { EventType } = proto.temporal.api.enums.v1;
const fromPartner = new Set(['partnerNews', 'partnerNewsQueued']);
const sending = new Set<number>([
  EventType.EVENT_TYPE_MARKER_RECORDED,
  EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
  EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED,
  EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
]);

/** Divides the events of a history over their causes. */
export function causesOf(events: readonly HistoryEvent[]): Record<Cause, Caused> {
  const none = (): Caused => ({ tasks: 0, events: 0, timers: 0, upsertsAgain: 0 });
  const ofEnd = deletionsOf(events);
  const causes = { partner: none(), 'case-manager': none(), calendar: none(), 'start-and-end': none() };
  for (const group of groupsOf(events)) {
    const caused = causes[causeOf(group, ofEnd)];
    const timers =
      count(group, EventType.EVENT_TYPE_TIMER_STARTED) + count(group, EventType.EVENT_TYPE_TIMER_CANCELED);
    const sent = group.filter((event) => sending.has(event.eventType ?? 0) && !ofEnd.has(event)).length;
    const upserts = count(group, EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES);
    caused.tasks += count(group, EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
    caused.events += group.length - sent - timers;
    caused.timers += timers;
    caused.upsertsAgain += Math.max(0, upserts - 1);
    causes.partner.events += sent;
  }
  return causes;
}

/** The deletion of personal data is an activity that asks no partner. */
function deletionsOf(events: readonly HistoryEvent[]): ReadonlySet<HistoryEvent> {
  const scheduled = events.filter(
    ({ activityTaskScheduledEventAttributes: asked }) => asked?.activityType?.name === 'personal-data.delete',
  );
  const ids = new Set(scheduled.map(({ eventId }) => String(eventId)));
  const later = events.filter((event) => {
    const { activityTaskStartedEventAttributes: started, activityTaskCompletedEventAttributes: completed } =
      event;
    return ids.has(String((started ?? completed)?.scheduledEventId));
  });
  return new Set([...scheduled, ...later]);
}

const count = (group: readonly HistoryEvent[], type: proto.temporal.api.enums.v1.EventType) =>
  group.filter(({ eventType }) => eventType === type).length;

/** Cuts a history where a completed workflow task and what it commanded ends. */
function groupsOf(events: readonly HistoryEvent[]): HistoryEvent[][] {
  const groups: HistoryEvent[][] = [[]];
  let completed: unknown;
  for (const event of events) {
    const of = commandedBy(event);
    const isNew = completed !== undefined && of === undefined;
    if (isNew) groups.push([]);
    groups.at(-1)!.push(event);
    if (isNew) completed = undefined;
    if (event.eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED) completed = event.eventId;
  }
  return groups;
}

/** The completed workflow task that commanded an event; nothing for an event that came from outside. */
function commandedBy(event: HistoryEvent): unknown {
  const attributes = Object.entries(event).find(
    ([name, value]) => name.endsWith('EventAttributes') && value,
  )?.[1] as { workflowTaskCompletedEventId?: number; acceptedRequestMessageId?: string } | undefined;
  const isUpdate = event.eventType === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED;
  const id = attributes?.workflowTaskCompletedEventId ?? attributes?.acceptedRequestMessageId;
  return isUpdate || (id !== undefined && id !== null && String(id) !== '0') ? (id ?? true) : undefined;
}

function causeOf(group: readonly HistoryEvent[], ofEnd: ReadonlySet<HistoryEvent>): Cause {
  const updates = group.flatMap(
    (event) => event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name ?? [],
  );
  const signals = group.flatMap((event) => event.workflowExecutionSignaledEventAttributes?.signalName ?? []);
  const isActivity =
    count(
      group.filter((event) => !ofEnd.has(event)),
      EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
    ) > 0;
  if (isActivity || [...updates, ...signals].some((name) => fromPartner.has(name))) return 'partner';
  if (updates.length > 0) return 'case-manager';
  return count(group, EventType.EVENT_TYPE_TIMER_FIRED) > 0 ? 'calendar' : 'start-and-end';
}
