/** What an answer that is no 2xx means. */
import { PartnerFailed } from '../../activities/ports.ts';
import type { Answer } from './line.ts';

/** 4xx that pass by themselves: time-out, too early, too many requests. */
const passing = new Set([408, 425, 429]);

/** Nothing of the answer's body stands in it. @param who - of the partner */
export function refusal(who: string, answer: Answer): PartnerFailed {
  const { status } = answer;
  const message = `${who} answered with status ${status}`;
  if (status >= 500 || passing.has(status))
    return new PartnerFailed('PartnerUnreachable', message, askedToWait(answer));
  return new PartnerFailed(
    status === 401 || status === 403 ? 'PartnerDeniedAccess' : 'PartnerRejected',
    message,
  );
}

/** The codes of RFC 6749, 5.2: whatever else stands there could be anything. */
const oauthErrors = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
];

/** Whatever does not pass by itself, somebody has to mend: client, secret, scope or address. @param who - of the endpoint */
export function tokenRefusal(who: string, answer: Answer, body: string): PartnerFailed {
  const failed = refusal(who, answer);
  if (failed.failure === 'PartnerUnreachable') return failed;
  const code = oauthErrors.find((each) => body.includes(`"${each}"`));
  return new PartnerFailed('PartnerDeniedAccess', code ? `${failed.message} (${code})` : failed.message);
}

function askedToWait({ header }: Answer): { retryAfterMs?: number } {
  const seconds = Number(header('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: Math.min(seconds, 3600) * 1000 } : {};
}
