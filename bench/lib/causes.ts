/**
 * What a route's events are for: each workflow task, with what woke it and what came of it, belongs to one cause.
 * A request that is sent belongs to the partner's step, whatever woke the task in which it was sent; a notice to the
 * calendar, and the deletion of personal data to the end. The one timer is the
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
  const errands = errandsOf(events);
  const causes = { partner: none(), 'case-manager': none(), calendar: none(), 'start-and-end': none() };
  for (const group of groupsOf(events)) {
    const caused = causes[causeOf(group, errands)];
    const timers =
      count(group, EventType.EVENT_TYPE_TIMER_STARTED) + count(group, EventType.EVENT_TYPE_TIMER_CANCELED);
    const sent = group.filter((event) => sending.has(event.eventType ?? 0));
    const upserts = count(group, EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES);
    caused.tasks += count(group, EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
    caused.events += group.length - sent.length - timers;
    caused.timers += timers;
    caused.upsertsAgain += Math.max(0, upserts - 1);
    for (const event of sent) causes[errands.get(event) ?? 'partner'].events += 1;
  }
  return causes;
}

/**
 * Events of activities that ask no partner for a step, with what causes them: a notice comes of a date, as does the task in
 * which its delivery is heard; the deletion of personal data belongs to the end.
 */
function errandsOf(events: readonly HistoryEvent[]): ReadonlyMap<HistoryEvent, Cause> {
  const ofActivity = new Map<string, Cause>();
  const errands = new Map<HistoryEvent, Cause>();
  for (const event of events) {
    const scheduled = event.activityTaskScheduledEventAttributes;
    const later = event.activityTaskStartedEventAttributes ?? event.activityTaskCompletedEventAttributes;
    const type = scheduled?.activityType?.name;
    if (type === 'notify') ofActivity.set(String(event.eventId), 'calendar');
    if (type === 'personal-data.delete') ofActivity.set(String(event.eventId), 'start-and-end');
    const cause = ofActivity.get(String(later?.scheduledEventId ?? event.eventId));
    if (cause) errands.set(event, cause);
  }
  return errands;
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

function causeOf(group: readonly HistoryEvent[], errands: ReadonlyMap<HistoryEvent, Cause>): Cause {
  const updates = group.flatMap(
    (event) => event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name ?? [],
  );
  const signals = group.flatMap((event) => event.workflowExecutionSignaledEventAttributes?.signalName ?? []);
  const ended = group.filter(({ eventType }) => eventType === EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED);
  const isAnswered = ended.some((event) => !errands.has(event));
  if (isAnswered || [...updates, ...signals].some((name) => fromPartner.has(name))) return 'partner';
  if (updates.length > 0) return 'case-manager';
  if (count(group, EventType.EVENT_TYPE_TIMER_FIRED) > 0) return 'calendar';
  return ended.flatMap((event) => errands.get(event) ?? [])[0] ?? 'start-and-end';
}
