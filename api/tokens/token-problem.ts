/** Why a token is not taken, for whoever sent it. Nothing of the token itself is repeated. */
import { errors } from 'jose';
import { t, type Text } from '../../contracts/text.ts';
import { ApiProblem, type ProblemKind } from '../problems.ts';

/** 401, with the challenge that RFC 6750 asks for, which knows ASCII alone. */
export function unauthorised(kind: Extract<ProblemKind, `token-${string}`>, detail: Text): ApiProblem {
  const challenge = 'Bearer realm="uitstroomroutes"';
  const error = `, error="invalid_token", error_description="${detail.en.replaceAll('"', "'")}"`;
  const value = kind === 'token-missing' ? challenge : challenge + error;
  return new ApiProblem(kind, detail, { headers: { 'WWW-Authenticate': value } });
}

/** A claim that is missing, or that is not what it has to be here. */
export function claimProblem(claim: string): ApiProblem {
  return unauthorised(
    'token-invalid',
    t(
      `De claim ${claim} van het token ontbreekt of wordt hier niet aanvaard.`,
      `The token's claim ${claim} is missing or not accepted here.`,
    ),
  );
}

/** The problem of what jose, or the look-up of keys, threw. */
export function tokenProblem(error: unknown): ApiProblem {
  if (error instanceof errors.JWTExpired)
    return unauthorised('token-expired', t('Het token is verlopen.', 'The token has expired.'));
  if (error instanceof errors.JWTClaimValidationFailed) return claimProblem(error.claim);
  if (isAboutToken(error)) return malformed();
  const detail = t(
    'De sleutels van de identiteitsvoorziening zijn niet op te halen. Probeer het later opnieuw.',
    'The keys of the identity provider cannot be fetched. Try again later.',
  );
  return new ApiProblem('identity-provider-away', detail, { cause: error });
}

/** A token that is none, or that nobody who is trusted here has signed. */
export function malformed(): ApiProblem {
  return unauthorised(
    'token-invalid',
    t(
      'Het token is niet goed gevormd, of niet ondertekend met een sleutel die hier vertrouwd wordt.',
      'The token is malformed, or not signed by a key that is trusted here.',
    ),
  );
}

function isAboutToken(error: unknown): boolean {
  return [
    errors.JWTInvalid,
    errors.JWSInvalid,
    errors.JWSSignatureVerificationFailed,
    errors.JOSEAlgNotAllowed,
    errors.JOSENotSupported,
    errors.JWKSNoMatchingKey,
    errors.JWKSMultipleMatchingKeys,
  ].some((kind) => error instanceof kind);
}
