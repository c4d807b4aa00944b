/**
 * Where the history of a workflow stands: its last event, and what that came of. Only of what belongs to a place in the
 * housing agreement or to a round of commitments; of anything else undefined.
 */
import proto from '@temporalio/proto';
import type { HistoryEvent } from '../../scripts/replay/history-file.ts';

const { EventType } = proto.temporal.api.enums.v1;

const isAboutIt =
  /commit|Wederzijdse|Reservering|housing\.place|place-|housing-agreement|reserve|realise|release|agreement\./;

/** Names the place at which each of these events left its workflow. @param events - with readable payloads, in order */
export class EventPlaces {
  readonly #what: string;
  /** What timers are for, by the event that started them. */
  readonly #timers = new Map<string, string>();
  #cause: string | undefined;

  /** @param what - what the workflow is: `route` or `ledger` */
  constructor(what: string) {
    this.#what = what;
  }

  /** To be told every event, in order. @returns the place of the last one */
  after(events: readonly HistoryEvent[]): string | undefined {
    for (const event of events) {
      if (event.timerStartedEventAttributes) this.#timers.set(String(event.eventId), summaryIn(event));
      const fired = event.timerFiredEventAttributes?.startedEventId;
      this.#cause = (fired && this.#timers.get(String(fired))) ?? causeOf(event) ?? this.#cause;
    }
    return this.nameAt(events.at(-1));
  }

  /** The place of an event that came of what came last. */
  nameAt(last: HistoryEvent | undefined): string | undefined {
    if (!last || !this.#cause || !isAboutIt.test(this.#cause)) return undefined;
    return `${this.#what}: ${nameOf(last)}, ${this.#cause}`;
  }
}

const nameOf = ({ eventType }: HistoryEvent): string =>
  (EventType[eventType ?? 0] ?? '').replace('EVENT_TYPE_', '').replace('WORKFLOW_', '').toLowerCase();

/** What an event was for; undefined for those that only follow from another. */
function causeOf(event: HistoryEvent): string | undefined {
  const { activityTaskScheduledEventAttributes: activity, markerRecordedEventAttributes: marker } = event;
  const update = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input;
  const signal = event.workflowExecutionSignaledEventAttributes;
  if (activity) return activity.activityType?.name ?? undefined;
  if (update) return `${update.name} ${toldIn(update.args?.payloads?.[0]?.data)}`;
  if (signal) return `${signal.signalName} ${toldIn(signal.input?.payloads?.[0]?.data)}`;
  const local = marker?.details?.['data']?.payloads?.[0]?.data;
  return local
    ? (JSON.parse(Buffer.from(local).toString()) as { activity_type: string }).activity_type
    : undefined;
}

interface Told {
  readonly kind?: string;
  readonly party?: string;
  readonly requestId?: string;
  readonly command?: { readonly kind: string };
}

/** The kind of news or command, by whom, and the step that it is about. */
function toldIn(data: Uint8Array | null | undefined): string {
  const told = JSON.parse(Buffer.from(data ?? []).toString()) as Told | Told[];
  const first = Array.isArray(told) ? told[0]! : told;
  const step = first.requestId?.split(':')[1] ?? '';
  return [first.command?.kind ?? first.kind, first.party, step].filter(Boolean).join(' ');
}

const summaryIn = ({ userMetadata }: HistoryEvent): string =>
  Buffer.from(userMetadata?.summary?.data ?? [])
    .toString()
    .split(' (')[0]!
    .replace('"', '');
