/** A partner's system over HTTP, as docs/partners.md describes it. Knows nothing of Temporal. */
import { PartnerFailed, type PartnerPort } from '../../activities/ports.ts';
import { ErasureAnswer } from '../../contracts/erasure.ts';
import { askJson, postJson } from './post-json.ts';

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
    async erase(erasure) {
      const url = `${baseUrl}/erasures`;
      const said = await askJson({ who: party, url, key: erasure.erasureId, body: erasure });
      const { success, data } = ErasureAnswer.safeParse(said);
      if (success) return data;
      throw new PartnerFailed('PartnerRejected', `${party} did not say what it erased`);
    },
  };
}
