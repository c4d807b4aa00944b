/** One call to an outside system, and what its failure means. */
import { refusal } from '../outbound/failures.ts';
import { unreadable, type Answer } from '../outbound/line.ts';
import type { WayOut } from '../outbound/way-out.ts';

/** One call; idempotent by its key, or by what it asks. */
export interface Sending {
  readonly way: WayOut;
  /** Behind the way's base URL, with its query. */
  readonly path: string;
  /** Sent as the idempotency key. */
  readonly key?: string;
  /** The request that it is part of, for its trace; left out: its key. */
  readonly about?: string;
  readonly body?: object;
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly headers?: Readonly<Record<string, string>>;
  /** Statuses that are as good as a 2xx. */
  readonly fine?: readonly number[];
}

/**
 * Posts a body under an idempotency key.
 * @throws PartnerFailed
 */
export const postJson = (sending: Omit<Sending, 'method'>): Promise<void> => sendJson(sending);

/**
 * Sends a body under an idempotency key, by POST unless told otherwise.
 * @throws PartnerFailed
 */
export async function sendJson(sending: Sending): Promise<void> {
  (await exchange(sending)).leave();
}

/**
 * The same, for what is answered.
 * @throws PartnerFailed also when the answer can't be read: whoever is behind it may be on its way up
 */
export async function askJson(sending: Sending): Promise<unknown> {
  const text = await (await exchange(sending)).text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unreadable(sending.way.who); // without the cause: it quotes the answer
  }
}

async function exchange(sending: Sending): Promise<Answer> {
  const { way, path, key, about = key, body, method = 'POST', headers, fine = [] } = sending;
  const answer = await way.ask({
    path,
    method,
    headers: {
      ...headers,
      ...(body && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(body && { body: JSON.stringify(body) }),
    ...(about !== undefined && { about }),
  });
  const { status } = answer;
  if ((status >= 200 && status < 300) || fine.includes(status)) return answer;
  answer.leave();
  throw refusal(way.who, answer);
}
