/** Sends one event to whoever asked, for as long as it takes. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ReceiptBody, type PartnerEvent } from '../contracts/partner-event.ts';
import { Problem } from '../contracts/problem.ts';
import type { Delivery } from './book.ts';

const firstWaitMs = 200;
const longestWaitMs = 5_000;
const answerWithinMs = 15_000; // the receiver itself waits some seconds for its worker

export interface Parcel {
  readonly event: PartnerEvent;
  /** Asked at each try: the address may have changed in the meantime. */
  readonly replyTo: () => string;
  /** Asked at each try: a token gets old while the receiver is away. */
  readonly token: () => Promise<string>;
  /** Of the request that it answers: an attribute of the event (CloudEvents, Distributed Tracing). */
  readonly traceparent?: string;
  /** Signs what is sent; left out: it goes without a signature. */
  readonly sign?: (body: string) => Promise<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/**
 * Delivers an event, with back-off from 0.2 to 5 seconds, until the receiver takes it or says that it never will.
 * @throws the signal's reason once it is aborted
 */
export async function deliver(parcel: Parcel): Promise<Delivery> {
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    const delivery = await tryOnce(parcel);
    if (delivery) return delivery;
    await sleep(waitMs, undefined, { signal: parcel.signal });
  }
}

async function tryOnce({
  event,
  traceparent,
  replyTo,
  token,
  sign,
  signal,
  log,
}: Parcel): Promise<Delivery | undefined> {
  const about = { eventId: event.id, type: event.type };
  try {
    const body = JSON.stringify({ ...event, ...(traceparent && { traceparent }) });
    const response = await fetch(replyTo(), {
      method: 'POST',
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${await token()}`,
        'content-type': 'application/cloudevents+json',
        ...(await sign?.(body)),
      },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]),
    });
    const answer: unknown = await response.json().catch(() => undefined);
    const { status, ok: taken } = response;
    if (mayMend(status)) {
      log.warn({ ...about, status }, 'event not taken in yet, will try again');
      return undefined;
    }
    const delivery = {
      ...about,
      at: new Date().toISOString(),
      status,
      taken,
      ...(taken ? receipt(answer) : problem(answer)),
    };
    log[taken ? 'info' : 'error'](delivery, taken ? 'event taken in' : 'event given up');
    return delivery;
  } catch (cause) {
    signal.throwIfAborted();
    log.warn({ ...about, err: cause }, 'receiver out of reach, will try again');
    return undefined;
  }
}

/** 401 as well: the receiver may not have fetched the newest keys yet. */
function mayMend(status: number): boolean {
  return status >= 500 || [401, 408, 425, 429].includes(status);
}

function receipt(body: unknown): Pick<Delivery, 'receipt' | 'reason'> {
  const { data } = ReceiptBody.safeParse(body);
  return data ?? {};
}

function problem(body: unknown): Pick<Delivery, 'problemType'> {
  const { data } = Problem.pick({ type: true }).safeParse(body);
  return data ? { problemType: data.type } : {};
}
