/** One idempotent POST to an outside system, and what its failure means. */
import { PartnerFailed } from '../../activities/ports.ts';

const TIMEOUT_MS = 10_000;
/** 4xx that pass by themselves: time-out, too early, too many requests. */
const passing = new Set([408, 425, 429]);

/**
 * Posts a body under an idempotency key.
 * @param who - for messages; nothing of the body ever stands in one
 * @throws PartnerFailed
 */
export async function postJson({
  who,
  url,
  key,
  body,
}: {
  who: string;
  url: string;
  key: string;
  body: object;
}) {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
      redirect: 'manual', // a redirect could carry personal data to a host that nobody agreed to
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw new PartnerFailed('PartnerUnreachable', `${who} does not answer`, { cause });
  }
  await response.body?.cancel();
  if (!response.ok) throw refusal(who, response);
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
