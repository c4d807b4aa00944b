/** A housing corporation that speaks VERA (Woonruimteverdeling), instead of docs/partners.md's own requests. */
import { PartnerFailed, type PartnerPort } from '../../activities/ports.ts';
import { veraReferenceHeader, veraSenderHeader } from '../../contracts/vera.ts';
import type { WayOut } from '../outbound/way-out.ts';
import { httpPartner } from './http-partner.ts';
import { sendJson } from './post-json.ts';
import { veraRelease, veraRequest, type VeraCall } from './vera-messages.ts';

/** @param way - to the corporation's VERA service, with its version (`…/v4`) */
export function veraPartner(way: WayOut): PartnerPort {
  const send = (
    key: string,
    { method, path, body }: VeraCall,
    more: { headers?: Record<string, string>; fine?: readonly number[] } = {},
  ) =>
    sendJson({
      way,
      method,
      path,
      key,
      body,
      ...more,
      headers: { [veraReferenceHeader]: key, ...more.headers },
    });
  // VERA has no word for a promise: a corporation is asked for one as any other partner is.
  const plain = httpPartner(way);
  return {
    request: async (request) => {
      if (isCommitment(request.requestId)) return plain.request(request);
      await send(request.requestId, veraRequest(request), {
        headers: { [veraSenderHeader]: request.municipality },
      });
    },
    // 404: it never got there, so there is nothing to withdraw.
    release: async (release) =>
      isCommitment(release.requestId)
        ? plain.release(release)
        : send(release.requestId, veraRelease(release), { fine: [404] }),
    // Nor for erasure: the case manager tells the corporation.
    erase: () => Promise.reject(new PartnerFailed('PartnerRejected', 'VERA has no message for erasure')),
  };
}

const isCommitment = (requestId: string): boolean =>
  requestId.split(':')[1]?.startsWith('commitment.') ?? false;
