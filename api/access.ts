/** Who calls: a token of the organisation's identity provider (OIDC), checked against its published keys. */
import { jwtVerify, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { z } from 'zod';
import { Municipality, RouteId, SubjectId } from '../contracts/ids.ts';
import { Oin } from '../contracts/partner-registry.ts';
import { t } from '../contracts/text.ts';
import { PartnerParty, Role } from '../contracts/vocabulary.ts';
import type { Actor } from '../domain/command.ts';
import { ApiProblem } from './problems.ts';
import { providerKeys, type KeyTimes } from './tokens/provider-keys.ts';
import { claimProblem, malformed, tokenProblem, unauthorised } from './tokens/token-problem.ts';

export { unauthorised } from './tokens/token-problem.ts';

/** A caller with a valid token. */
export interface Caller extends Actor {
  readonly issuer: string;
  /** Only of partners: whose system this is. */
  readonly party?: PartnerParty;
  /** Only of a person: their own route. */
  readonly route?: string;
  /** Only of partners: the organisation, where the token names it. */
  readonly oin?: string;
  /** Until when the token is taken, in milliseconds since 1970. */
  readonly expiresAt?: number;
}

export type VerifyToken = (token: string) => Promise<Caller>;

const Claims = z.object({
  iss: z.string(),
  sub: SubjectId,
  exp: z.number(),
  role: Role,
  municipality: Municipality.optional(),
  party: PartnerParty.optional(),
  route: RouteId.optional(),
  oin: Oin.optional(),
});

/** People of these roles work for one municipality: a token that names none gives access to none. */
const boundToMunicipality: ReadonlySet<Role> = new Set(['case-manager', 'process-director']);

/** Clocks differ: by so much a token may come early or late. */
const skewSeconds = 30;
const longestToken = 8 * 1024;
/** What an access token may call itself (RFC 9068; most providers say JWT). One for a logout or a proof is none. */
const types: ReadonlySet<string> = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

/** Which tokens are taken. */
export interface Trusted {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** The longest time between `iat` and `exp`: whoever finds a token may do with it what its owner may. Left out: 24. */
  readonly longestHours?: number;
  readonly keyTimes?: Partial<KeyTimes>;
}

/**
 * Makes the check of tokens. It throws `ApiProblem`: 401 for a token that is not valid, 403 for one without the
 * limits its role needs, 503 when the keys of the identity provider cannot be fetched.
 */
export function createVerifyToken(trusted: Trusted): VerifyToken {
  const { jwksUrl, issuer, audience, longestHours = 24, keyTimes } = trusted;
  const keys = providerKeys(jwksUrl, keyTimes);
  const options = {
    issuer,
    audience,
    // Asymmetric alone: `none`, or a secret that anybody knows (the public key), signs nothing here.
    algorithms: ['ES256', 'RS256', 'PS256'],
    clockTolerance: skewSeconds,
    requiredClaims: ['exp', 'iat', 'sub', 'role'],
  };
  return async (token) => {
    if (token.length > longestToken) throw malformed();
    const { payload, protectedHeader } = await jwtVerify(token, keys, options).catch((error: unknown) => {
      throw tokenProblem(error);
    });
    checkKind(protectedHeader);
    checkLife(payload, longestHours * 3600);
    return callerOf(payload);
  };
}

function checkKind({ typ }: JWTHeaderParameters): void {
  const isAccess = typ === undefined || (typeof typ === 'string' && types.has(typ.toLowerCase()));
  if (!isAccess) throw malformed();
}

/** jose has seen to it that both are numbers, and that the token has not expired. */
function checkLife({ iat, exp }: JWTPayload, longestSeconds: number): void {
  if (iat! > Date.now() / 1000 + skewSeconds) throw claimProblem('iat');
  if (exp! - iat! > longestSeconds) throw claimProblem('exp');
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
  const { iss, sub, exp, role, municipality, party, route, oin } = claims.data;
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
  if (role === 'person' && !route)
    throw new ApiProblem(
      'forbidden',
      t(
        'Een token met de rol person moet de eigen route noemen.',
        'A token of role person must name their own route.',
      ),
    );
  return {
    issuer: iss,
    subject: sub,
    role,
    expiresAt: (exp + skewSeconds) * 1000,
    ...(municipality && role !== 'person' && { municipality }),
    ...(role === 'partner' && party && { party }),
    ...(role === 'person' && route && { route }),
    ...(role === 'partner' && oin && { oin }),
  };
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

/** Whether a caller may see what is of a municipality. A person may see their own route, and nothing else of it. */
export function mayReach({ role, municipality: own }: Caller, municipality: string): boolean {
  return role !== 'person' && (own === undefined || own === municipality);
}

/** Whether a caller may see and command a route, by whose it is. */
export function mayReachRoute(caller: Caller, route: { routeId: string; municipality: string }): boolean {
  return caller.role === 'person' ? caller.route === route.routeId : mayReach(caller, route.municipality);
}
