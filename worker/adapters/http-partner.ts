/** A partner's system over HTTP, as docs/partners.md describes it. Knows nothing of Temporal. */
import { PartnerFailed, type PartnerPort } from '../../activities/ports.ts';

const TIMEOUT_MS = 10_000;
/** 4xx that pass by themselves: time-out, too early, too many requests. */
const passing = new Set([408, 425, 429]);

/**
 * @param party - for messages
 * @param baseUrl - of the partner, without a slash at its end
 */
export function httpPartner(party: string, baseUrl: string): PartnerPort {
  const post = async (path: string, body: { requestId: string }): Promise<void> => {
    let response: Response;
    try {
      response = await fetch(`${baseUrl}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': body.requestId },
        body: JSON.stringify(body),
        redirect: 'manual', // a redirect could carry personal data to a host that nobody agreed to
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (cause) {
      throw new PartnerFailed('PartnerUnreachable', `${party} does not answer`, { cause });
    }
    await response.body?.cancel();
    if (response.ok) return;
    throw refusal(party, response);
  };
  return {
    request: (request) => post('/requests', request),
    release: (release) => post('/releases', release),
  };
}

function refusal(party: string, response: Response): PartnerFailed {
  const { status } = response;
  const message = `${party} answered with status ${status}`;
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
