/**
 * Signatures of what partners tell: detached JWS over the exact bytes of the body, by the ADR module Signing 1.0 (Logius),
 * rule /signing/payload, which is JAdES (ETSI TS 119 182-1) with its mechanism HttpHeaders. The header `Digest` holds the
 * body's SHA-256, and the header `Payload-Signature` a signature over that header.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { errors, flattenedVerify, type JWSHeaderParameters } from 'jose';
import { z } from 'zod';
import { t } from '../contracts/text.ts';
import type { Organisation, SigningKeys } from '../platform/partner-registry.ts';
import { clockSkewMs } from './event-window.ts';
import type { Sent } from './operation.ts';
import { ApiProblem } from './problems.ts';
import { invalid, keysAway, missing } from './signature-problems.ts';

/** It is made when the event is sent, anew at each try: an hour is longer than any call is on its way. */
const signedWithinMs = 3_600_000;

/** The module asks for PS256. */
const algorithms = ['PS256', 'ES256'];

/** What the protected header has to say, besides the algorithm and the key. */
const Profile = z.object({
  b64: z.literal(false),
  sigD: z.object({
    mId: z.literal('http://uri.etsi.org/19182/HttpHeaders'),
    pars: z.tuple([z.literal('digest')]),
  }),
});

/** JAdES 1.1 says when it was signed in `sigT`, 1.2 in `iat`. */
const SigningTime = z.union([
  z.object({ sigT: z.iso.datetime() }).transform(({ sigT }) => Date.parse(sigT)),
  z.object({ iat: z.number() }).transform(({ iat }) => iat * 1000),
]);

/**
 * Checks the signature of a message, where its organisation has to sign; nothing where it need not.
 * @throws ApiProblem signature-missing, signature-invalid, signature-too-old, partner-keys-away
 */
export async function checkSignature({ keys }: Organisation, sent: Sent, now: string): Promise<void> {
  if (!keys) return;
  const { 'payload-signature': signature, digest } = sent.headers;
  if (typeof signature !== 'string') throw missing('Payload-Signature');
  if (typeof digest !== 'string') throw missing('Digest');
  checkDigest(digest, sent);
  const header = await verified(signature, `digest: ${digest}`, keys);
  if (!Profile.safeParse(header).success)
    throw invalid(
      t(
        'De handtekening moet JAdES zijn: b64 false, en sigD met mId HttpHeaders en pars ["digest"].',
        'The signature must be JAdES: b64 false, and sigD with mId HttpHeaders and pars ["digest"].',
      ),
    );
  checkSigningTime(header, now);
}

function checkDigest(digest: string, { headers, bytes }: Sent): void {
  if (!['', 'identity'].includes(headers['content-encoding'] ?? ''))
    throw invalid(
      t(
        'Wat ondertekend is moet zonder Content-Encoding komen.',
        'What is signed must come without a Content-Encoding.',
      ),
    );
  const ours = createHash('sha256').update(bytes).digest();
  const theirs = Buffer.from(/^SHA-256=([A-Za-z0-9+/]{43}=)$/.exec(digest)?.[1] ?? '', 'base64');
  if (theirs.length === ours.length && timingSafeEqual(ours, theirs)) return;
  throw invalid(
    t(
      'De header Digest is niet de SHA-256 van de inhoud, zoals die hier aankwam.',
      "The header Digest is not the body's SHA-256, as it arrived here.",
    ),
  );
}

async function verified(signature: string, payload: string, keys: SigningKeys): Promise<JWSHeaderParameters> {
  // More than one header would come with a comma between, and is no signature.
  const [, header, value] = /^([\w-]+)\.\.([\w-]+)$/.exec(signature) ?? [];
  if (!header || !value)
    throw invalid(
      t('Payload-Signature is geen losse JWS (a..b).', 'Payload-Signature is no detached JWS (a..b).'),
    );
  const options = { algorithms, crit: { sigD: true, sigT: true, iat: true } };
  try {
    const { protectedHeader } = await flattenedVerify(
      { protected: header, payload, signature: value },
      keys,
      options,
    );
    return protectedHeader ?? {};
  } catch (error) {
    throw isAboutSignature(error) ? invalid(notOfKnownKey, error) : keysAway(error);
  }
}

const notOfKnownKey = t(
  `De handtekening is niet die van een sleutel van uw organisatie over deze inhoud (${algorithms.join(', ')}).`,
  `The signature is not that of a key of your organisation over this body (${algorithms.join(', ')}).`,
);

function checkSigningTime(header: JWSHeaderParameters, now: string): void {
  const signedAt = SigningTime.safeParse(header);
  if (!signedAt.success)
    throw invalid(
      t(
        'De handtekening moet zeggen van wanneer zij is (sigT).',
        'The signature must say of when it is (sigT).',
      ),
    );
  const ageMs = Date.parse(now) - signedAt.data;
  if (ageMs >= -clockSkewMs && ageMs <= signedWithinMs) return;
  throw new ApiProblem(
    'signature-too-old',
    t(
      'Onderteken het bericht bij elke verzending opnieuw: een handtekening geldt een uur.',
      'Sign the event anew each time it is sent: a signature holds for an hour.',
    ),
  );
}

function isAboutSignature(error: unknown): boolean {
  return [
    errors.JWSInvalid,
    errors.JWSSignatureVerificationFailed,
    errors.JOSEAlgNotAllowed,
    errors.JOSENotSupported,
    errors.JWKSNoMatchingKey,
    errors.JWKSMultipleMatchingKeys,
  ].some((kind) => error instanceof kind);
}
