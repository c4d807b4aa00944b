/** One call to an outside system, and what its failure means. */
import { PartnerFailed } from '../../activities/ports.ts';

const TIMEOUT_MS = 10_000;
/** 4xx that pass by themselves: time-out, too early, too many requests. */
const passing = new Set([408, 425, 429]);

/** One call; idempotent by its key, or by what it asks. */
export interface Sending {
  /** For messages; nothing of the body ever stands in one. */
  readonly who: string;
  readonly url: string;
  /** Sent as the idempotency key. */
  readonly key?: string;
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
  await (await exchange(sending)).body?.cancel();
}

/**
 * The same, for what is answered.
 * @throws PartnerFailed also when the answer can't be read: whoever is behind it may be on its way up
 */
export async function askJson(sending: Sending): Promise<unknown> {
  const response = await exchange(sending);
  try {
    return await response.json();
  } catch (cause) {
    throw new PartnerFailed('PartnerUnreachable', `${sending.who} gave no answer that can be read`, {
      cause,
    });
  }
}

async function exchange({
  who,
  url,
  key,
  body,
  method = 'POST',
  headers,
  fine = [],
}: Sending): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers: {
        ...headers,
        ...(body && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body && { body: JSON.stringify(body) }),
      redirect: 'manual', // a redirect could carry personal data to a host that nobody agreed to
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw new PartnerFailed('PartnerUnreachable', `${who} does not answer`, { cause });
  }
  if (response.ok || fine.includes(response.status)) return response;
  await response.body?.cancel();
  throw refusal(who, response);
}

function refusal(who: string, response: Response): PartnerFailed {
  const { status } = response;
  const message = `${who} answered with status ${status}`;
  const seconds = Number(response.headers.get('retry-after'));
  const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3600) * 1000 : undefined;
  if (status >= 500 || passing.has(status))
    return new PartnerFailed(
      'PartnerUnreachable',
      message,
      retryAfterMs === undefined ? {} : { retryAfterMs },
    );
  return new PartnerFailed(
    status === 401 || status === 403 ? 'PartnerDeniedAccess' : 'PartnerRejected',
    message,
  );
}
