/** What is said to and of whoever has to sign: the headers, and every way in which a signature is refused. */
import { z } from 'zod';
import { t, type Text } from '../contracts/text.ts';
import { ApiProblem, type ProblemKind } from './problems.ts';

/** As OpenAPI has them; what they hold is checked where a signature is due. */
export const SignatureHeaders = z.object({
  'Payload-Signature': z
    .string()
    .optional()
    .describe(
      'Detached JWS (JAdES, ADR module Signing) over the header Digest; of an organisation that signs',
    ),
  Digest: z.string().optional().describe('SHA-256={base64} of the body; with a signature'),
});

/** What a call may meet whose caller has to sign. */
export const signing = [
  'signature-missing',
  'signature-invalid',
  'signature-too-old',
  'partner-keys-away',
] as const satisfies ProblemKind[];

/** A signature is due, and a header of it is not there. */
export const missing = (header: string): ApiProblem =>
  new ApiProblem(
    'signature-missing',
    t(
      `Uw organisatie ondertekent wat zij vertelt; de header ${header} ontbreekt.`,
      `Your organisation signs what it tells; the header ${header} is missing.`,
    ),
  );

/** The signature is over the body; the attributes of an event in binary mode stand outside it. */
export const signedInHeaders = (): ApiProblem =>
  invalid(
    t(
      'Een ondertekend bericht komt in structured mode (application/cloudevents+json): headers zijn niet ondertekend.',
      'A signed event comes in structured mode (application/cloudevents+json): headers are not signed.',
    ),
  );

/** The signature is none, or not that of this organisation over this body. */
export const invalid = (detail: Text, cause?: unknown): ApiProblem =>
  new ApiProblem('signature-invalid', detail, { cause });

/** 503: nobody is refused for it. */
export const keysAway = (cause: unknown): ApiProblem =>
  new ApiProblem(
    'partner-keys-away',
    t(
      'De sleutels van uw organisatie zijn niet op te halen. Probeer het later opnieuw.',
      "Your organisation's keys cannot be fetched. Try again later.",
    ),
    { cause },
  );
