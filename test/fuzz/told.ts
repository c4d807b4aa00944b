/** One event that a played partner tells, and all that came of it. */
import type { Receipt, PartnerParty } from '../../contracts/vocabulary.ts';
import type { StepId } from '../../domain/steps.ts';
import { sourceOf } from '../../simulator/partners.ts';
import { caller, type Caller } from '../support/api-caller.ts';
import { persist } from '../support/persist.ts';

/** What an event is, as its sender means it; the route may come to see it differently. */
export type Kind = 'answer' | 'refusal' | 'concern' | 'withdrawal' | 'wrong kind' | 'no round';

/** One delivery. Moments are of this process, in ms. */
export interface Delivery {
  /** How the table names it: what the sender knew when it was sent. */
  readonly row: string;
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly receipt: Receipt;
  readonly reason: string | undefined;
  /** Calls before that got no answer; the event may have arrived by any of them. */
  readonly unanswered: number;
}

/** An event, by CloudEvents: the same party and id are the same event, whatever else it says. */
export interface Told {
  readonly party: PartnerParty;
  readonly id: string;
  readonly kind: Kind;
  readonly stepId?: StepId;
  readonly attempt?: number;
  /** Of a concern. */
  readonly reason?: string;
  /** Of an offer and of its withdrawal. */
  readonly offerId?: string;
  readonly body: object;
  readonly deliveries: Delivery[];
  /** When it was first on its way. */
  firstSentAt: number;
  /** How it was judged, as `GET /v1/partner-events` said afterwards; only asked of events that were queued. */
  asked?: { readonly receipt: Receipt; readonly reason: string | undefined };
}

export type Telling = Omit<Told, 'deliveries' | 'firstSentAt' | 'body' | 'asked'> & {
  readonly type: string;
  readonly data: object;
};

/** An event that was not sent yet. */
export function told({ type, data, ...about }: Telling, routeId: string): Told {
  const body = {
    specversion: '1.0',
    id: about.id,
    source: sourceOf(about.party),
    subject: routeId,
    type: `nl.uitstroomroutes.${type}.v1`,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data,
  };
  return { ...about, body, deliveries: [], firstSentAt: Infinity };
}

/** Partners that tell what they have to, until it is taken. */
export class Partners {
  readonly #callers: ReadonlyMap<PartnerParty, Caller>;

  constructor(apiUrl: string, tokens: ReadonlyMap<PartnerParty, string>) {
    this.#callers = new Map([...tokens].map(([party, token]) => [party, caller(apiUrl, token)]));
  }

  /**
   * Delivers an event once more.
   * @throws Error when the API refuses it: nothing here is sent that it may refuse
   */
  async tell(event: Told, row: string): Promise<void> {
    const sentAt = performance.now();
    event.firstSentAt = Math.min(event.firstSentAt, sentAt);
    const { answer, unanswered } = await persist(() =>
      this.#callers.get(event.party)!.post('/partner-events', event.body),
    );
    const { status, body } = answer;
    if (status !== 200 && status !== 202)
      throw new Error(`${row} ${event.id}: status ${status} ${JSON.stringify(body)}`);
    const { receipt, reason } = body as { receipt: Receipt; reason?: string };
    if ((receipt === 'queued') !== (status === 202)) throw new Error(`${receipt} with status ${status}`);
    event.deliveries.push({ row, sentAt, answeredAt: performance.now(), receipt, reason, unanswered });
  }

  /** Asks how a queued event was judged; undefined while it was not, and when its receipt is not kept any more. */
  async askAfter(event: Told, routeId: string): Promise<Told['asked']> {
    const path = `/partner-events/${routeId}/${event.id}`;
    const { answer } = await persist(() => this.#callers.get(event.party)!.get(path));
    const isKept = answer.status === 200 && answer.body.reason !== 'judged-outcome-not-kept';
    return isKept
      ? { receipt: answer.body.receipt as Receipt, reason: answer.body.reason as string | undefined }
      : undefined;
  }
}
