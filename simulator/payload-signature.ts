/** Signs what a partner sends, as the ADR module Signing (Logius) asks: JAdES, detached, over the header `Digest`. */
import { createHash } from 'node:crypto';
import { FlattenedSign } from 'jose';
import type { SigningKey } from './identity.ts';

/** The headers `Digest` and `Payload-Signature` of a body. */
export async function signPayload(
  body: string,
  { kid, privateKey }: SigningKey,
  now: Date,
): Promise<Record<string, string>> {
  const digest = `SHA-256=${createHash('sha256').update(body).digest('base64')}`;
  const header = {
    alg: 'ES256',
    kid,
    b64: false,
    crit: ['b64', 'sigD', 'sigT'],
    sigT: `${now.toISOString().slice(0, 19)}Z`,
    sigD: { mId: 'http://uri.etsi.org/19182/HttpHeaders', pars: ['digest'] },
  };
  const signed = await new FlattenedSign(Buffer.from(`digest: ${digest}`))
    .setProtectedHeader(header)
    .sign(privateKey, { crit: { sigD: true, sigT: true } });
  return { digest, 'payload-signature': `${signed.protected}..${signed.signature}` };
}
