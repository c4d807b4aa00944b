/** A partner's system over HTTP, as docs/partners.md describes it. Knows nothing of Temporal. */
import type { PartnerPort } from '../../activities/ports.ts';
import type { WayOut } from '../outbound/way-out.ts';
import { postJson } from './post-json.ts';

/** @param way - to the partner */
export function httpPartner(way: WayOut): PartnerPort {
  const post = (path: string, body: { requestId: string }) =>
    postJson({ way, path, key: body.requestId, body });
  return {
    request: (request) => post('/requests', request),
    release: (release) => post('/releases', release),
  };
}
