/** Who calls: a token of the organisation's identity provider (OIDC), checked against its published keys. */
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { Municipality, SubjectId } from '../contracts/ids.ts';
import { Oin } from '../contracts/partner-registry.ts';
import { t, type Text } from '../contracts/text.ts';
import { PartnerParty, Role } from '../contracts/vocabulary.ts';
import type { Actor } from '../domain/command.ts';
import { ApiProblem, type ProblemKind } from './problems.ts';

/** A caller with a valid token. */
export interface Caller extends Actor {
  readonly issuer: string;
  /** Only of partners: whose system this is. */
  readonly party?: PartnerParty;
  /** Only of partners: the organisation, where the token names it. */
  readonly oin?: string;
  /** Until when the token is taken, in milliseconds since 1970. */
  readonly expiresAt?: number;
}

export type VerifyToken = (token: string) => Promise<Caller>;

/** Clocks differ. */
const toleranceSeconds = 30;

const Claims = z.object({
  iss: z.string(),
  sub: SubjectId,
  exp: z.number(),
  role: Role,
  municipality: Municipality.optional(),
  party: PartnerParty.optional(),
  oin: Oin.optional(),
});

/** People of these roles work for one municipality: a token that names none gives access to none. */
const boundToMunicipality: ReadonlySet<Role> = new Set(['case-manager', 'process-director']);

/**
 * Makes the check of tokens. It throws `ApiProblem`: 401 for a token that is not valid, 403 for one without the
 * limits its role needs, 503 when the keys of the identity provider cannot be fetched.
 */
export function createVerifyToken(trusted: {
  jwksUrl: string;
  issuer: string;
  audience: string;
}): VerifyToken {
  const { jwksUrl, issuer, audience } = trusted;
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: 2000,
    cacheMaxAge: 3_600_000, // an hour without the identity provider is no hour without the API
  });
  const options = {
    issuer,
    audience,
    algorithms: ['ES256', 'RS256', 'PS256'],
    clockTolerance: toleranceSeconds,
    requiredClaims: ['exp', 'sub', 'role'],
  };
  return async (token) => {
    const { payload } = await jwtVerify(token, keys, options).catch((error: unknown) => {
      throw tokenProblem(error);
    });
    return callerOf(payload);
  };
}

function callerOf(payload: unknown): Caller {
  const claims = Claims.safeParse(payload);
  if (!claims.success) {
    const wrong = [...new Set(claims.error.issues.map(({ path }) => path.join('.')))];
    throw unauthorised(
      'token-invalid',
      t(
        `Deze claims van het token kloppen niet: ${wrong.join(', ')}.`,
        `The token's claims are not valid: ${wrong.join(', ')}.`,
      ),
    );
  }
  const { iss, sub, exp, role, municipality, party, oin } = claims.data;
  if (boundToMunicipality.has(role) && !municipality)
    throw new ApiProblem(
      'forbidden',
      t(
        `Een token met de rol ${role} moet een gemeente noemen.`,
        `A token of role ${role} must name a municipality.`,
      ),
    );
  if (role === 'partner' && !party)
    throw new ApiProblem(
      'forbidden',
      t(
        'Een token met de rol partner moet zijn partij noemen.',
        'A token of role partner must name its party.',
      ),
    );
  return {
    issuer: iss,
    subject: sub,
    role,
    expiresAt: (exp + toleranceSeconds) * 1000,
    ...(municipality && { municipality }),
    ...(role === 'partner' && party && { party }),
    ...(role === 'partner' && oin && { oin }),
  };
}

function tokenProblem(error: unknown): ApiProblem {
  if (error instanceof errors.JWTExpired)
    return unauthorised('token-expired', t('Het token is verlopen.', 'The token has expired.'));
  if (error instanceof errors.JWTClaimValidationFailed)
    return unauthorised(
      'token-invalid',
      t(
        `De claim ${error.claim} van het token ontbreekt of wordt hier niet aanvaard.`,
        `The token's claim ${error.claim} is missing or not accepted here.`,
      ),
    );
  if (isAboutToken(error))
    return unauthorised(
      'token-invalid',
      t(
        'Het token is niet goed gevormd, of niet ondertekend met een sleutel die hier vertrouwd wordt.',
        'The token is malformed, or not signed by a key that is trusted here.',
      ),
    );
  const detail = t(
    'De sleutels van de identiteitsvoorziening zijn niet op te halen. Probeer het later opnieuw.',
    'The keys of the identity provider cannot be fetched. Try again later.',
  );
  return new ApiProblem('identity-provider-away', detail, { cause: error });
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

/** What is said to whoever brings no token. */
export const askForToken = t(
  'Stuur een token mee: Authorization: Bearer {token}.',
  'Send a token: Authorization: Bearer {token}.',
);

/** 403: another role may do this. */
export function notForRole(role: Role): ApiProblem {
  return new ApiProblem(
    'forbidden',
    t(`Deze aanroep is niet voor de rol ${role}.`, `This call is not for the role ${role}.`),
  );
}

/** 401, with the challenge that RFC 6750 asks for, which knows ASCII alone. */
export function unauthorised(kind: Extract<ProblemKind, `token-${string}`>, detail: Text): ApiProblem {
  const challenge = 'Bearer realm="uitstroomroutes"';
  const error = `, error="invalid_token", error_description="${detail.en.replaceAll('"', "'")}"`;
  const value = kind === 'token-missing' ? challenge : challenge + error;
  return new ApiProblem(kind, detail, { headers: { 'WWW-Authenticate': value } });
}

/** Whether a caller may see and command a route of a municipality. */
export function mayReach(caller: Caller, municipality: string): boolean {
  return caller.municipality === undefined || caller.municipality === municipality;
}
