/** A partner's system over HTTP, as docs/partners.md describes it. Knows nothing of Temporal. */
import type { PartnerPort } from '../../activities/ports.ts';
import { postJson } from './post-json.ts';

/**
 * @param party - for messages
 * @param baseUrl - of the partner, without a slash at its end
 */
export function httpPartner(party: string, baseUrl: string): PartnerPort {
  const post = (path: string, body: { requestId: string }) =>
    postJson({ who: party, url: `${baseUrl}${path}`, key: body.requestId, body });
  return {
    request: (request) => post('/requests', request),
    release: (release) => post('/releases', release),
  };
}
