/** Where in a history a replay broke, in words that somebody can act on. */
import proto from '@temporalio/proto';
import { isStepId, stepIds, type StepId } from '../../domain/steps.ts';
import { stepText } from '../../domain/texts.ts';
import type { History, HistoryEvent } from './history-file.ts';

const { EventType } = proto.temporal.api.enums.v1;

export interface Place {
  /** Number of the event the new code does not agree with; left out when the SDK did not name one. */
  readonly event?: number;
  readonly eventType?: string;
  /** The step to which the event belongs; of an event that belongs to none, the one before it in the history. */
  readonly step?: string;
}

/** @param message - what the SDK says about the failed replay; @param history - with readable payloads */
export function placeOf(history: History, message: string): Place {
  const event = eventIn(history, message);
  const upTo = (history.events ?? []).filter(({ eventId }) => Number(eventId) <= event);
  const found = upTo.at(-1);
  const asked = /with request [0-9a-f-]{36}:((?:extra\.)?[a-z-]+\.[a-z-]+):\d+/.exec(message)?.[1];
  if (!found) return asked ? { step: asked } : {};
  const step = asked ?? upTo.map(stepOf).findLast((each) => each !== undefined);
  return { event, eventType: nameOf(found), ...(step && { step }) };
}

/** The SDK names an event by its number, or a local activity by its own: then its marker is meant. */
function eventIn(history: History, message: string): number {
  const [, event] = /HistoryEvent\(id: (\d+)/.exec(message) ?? [];
  const [, seq] = /LocalActivity\((\d+)\)/.exec(message) ?? [];
  const marker = history.events?.find((each) => seq !== undefined && localActivityOf(each) === Number(seq));
  return Number(event ?? marker?.eventId ?? Number.NaN);
}

function localActivityOf({ markerRecordedEventAttributes: marker }: HistoryEvent): number | undefined {
  const data = marker?.markerName === 'core_local_activity' && marker.details?.data?.payloads?.[0]?.data;
  return data ? (JSON.parse(Buffer.from(data).toString()) as { seq: number }).seq : undefined;
}

/** What the SDK says, without what it wraps it in. */
export function reasonIn(message: string): string {
  return /message: "((?:[^"\\]|\\.)+)"/.exec(message)?.[1] ?? message;
}

/** A place in one line. */
export function inWords({ event, eventType, step }: Place): string {
  if (event === undefined)
    return step ? `at the request of ${step}` : 'at a place that the SDK does not name';
  return `at event ${event}, ${eventType}${step ? `, ${step}` : ''}`;
}

const nameOf = ({ eventType }: HistoryEvent): string =>
  (EventType[eventType ?? 0] ?? 'EVENT_TYPE_UNSPECIFIED').replace('EVENT_TYPE_', '').toLowerCase();

/** The step that an activity or a timer is for, by its id or summary. @param event - with a readable summary */
export function stepOf({
  activityTaskScheduledEventAttributes: activity,
  userMetadata,
}: HistoryEvent): StepId | undefined {
  const fromId = /^((?:extra\.)?[a-z-]+\.[a-z-]+):\d+$/.exec(activity?.activityId ?? '')?.[1];
  if (fromId && isStepId(fromId)) return fromId;
  const summary = Buffer.from(userMetadata?.summary?.data ?? []).toString();
  return summary ? stepIds.find((id) => summary.startsWith(`"${stepText({}, id, 'nl')} (`)) : undefined;
}
