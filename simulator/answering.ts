/** Sending the answer to one request: once, three times, or after news that nobody asked for yet. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PartnerEvent } from '../contracts/partner-event.ts';
import type { PartnerParty } from '../contracts/vocabulary.ts';
import { answerTo, breachOf, isCommitment } from './answers.ts';
import { behaviourFor, type Asked, type Behaviour } from './behaviours.ts';
import type { Book, Delivery, Entry, Line } from './book.ts';
import { stepAfter } from './partners.ts';

export interface AnsweringOptions {
  readonly book: Book;
  /** Applies a line to the book; resolves once it is on disk. */
  readonly record: (line: Line) => Promise<void>;
  /** The clock: ISO 8601, UTC. */
  readonly now: () => string;
  /** Delivers one event; rejects once the signal is aborted. */
  readonly send: (parcel: {
    party: PartnerParty;
    event: PartnerEvent;
    replyTo: () => string;
    signal: AbortSignal;
  }) => Promise<Delivery>;
}

/** Sends the answer to a request as its rule says; resolves once it arrived or was given up. */
export type SendAnswer = (entry: Entry, rule: Behaviour, signal: AbortSignal) => Promise<void>;

const breaksAfterMs = 2000;

/** The way answers go out. */
export function createAnswering({ book, record, now, send }: AnsweringOptions): SendAnswer {
  async function answerOf(asked: Asked, rule: Behaviour): Promise<PartnerEvent> {
    const { requestId, party } = asked;
    const sentBefore = book.entries.get(requestId)?.event;
    if (sentBefore) return sentBefore;
    const event = answerTo(asked, rule, now());
    await record({ kind: 'answering', requestId, party, event });
    return event;
  }

  /** To the address of `to`, the request that came in; noted under the request that the event is about. */
  async function deliverOne(about: Asked, event: PartnerEvent, to: Entry, signal: AbortSignal) {
    const delivery = await send({ party: to.party, event, replyTo: () => to.request?.replyTo ?? '', signal });
    await record({ kind: 'delivery', requestId: about.requestId, delivery });
    return delivery;
  }

  /** News of a step that nobody asked for yet: it arrives early. */
  async function sendNextStepFirst(entry: Entry, signal: AbortSignal): Promise<void> {
    const { party, routeId } = entry;
    const stepId = stepAfter(party, entry.stepId);
    const requestId = `${routeId}:${stepId}:1`;
    if (!stepId || book.entries.get(requestId)?.settled) return;
    const next = { requestId, routeId, party, stepId };
    const event = await answerOf(next, behaviourFor(book.behaviours, next));
    await deliverOne(next, event, entry, signal);
  }

  return async (entry, rule, signal) => {
    if (rule.mode === 'out-of-order') await sendNextStepFirst(entry, signal);
    const event = await answerOf(entry, rule);
    const { taken } = await deliverOne(entry, event, entry, signal);
    if (rule.mode === 'duplicate' && taken) {
      for (const again of [event, event, { ...event, id: `${event.id}:again` }])
        await deliverOne(entry, again, entry, signal);
    }
    await record({ kind: 'settled', requestId: entry.requestId, answered: taken });
    // A partner that breaks its promises takes one back as long after it as it took to give it.
    if (rule.mode === 'breaking' && isCommitment(entry)) {
      await sleep(rule.delayMs ?? breaksAfterMs, undefined, { signal });
      await deliverOne(entry, breachOf(entry, now()), entry, signal);
    }
  };
}
