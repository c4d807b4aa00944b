/** A partner's system over HTTP, as docs/partners.md describes it. Knows nothing of Temporal. */
import { PartnerFailed, type PartnerPort } from '../../activities/ports.ts';
import { ErasureAnswer } from '../../contracts/erasure.ts';
import type { WayOut } from '../outbound/way-out.ts';
import { askJson, postJson } from './post-json.ts';

/** @param way - to the partner */
export function httpPartner(way: WayOut): PartnerPort {
  const post = (path: string, body: { requestId: string }) =>
    postJson({ way, path, key: body.requestId, body });
  return {
    request: (request) => post('/requests', request),
    release: (release) => post('/releases', release),
    async erase(erasure) {
      const said = await askJson({ way, path: '/erasures', key: erasure.erasureId, body: erasure });
      const { success, data } = ErasureAnswer.safeParse(said);
      if (success) return data;
      throw new PartnerFailed('PartnerRejected', `${way.who} did not say what it erased`, {
        isUnreadable: true,
      });
    },
  };
}
