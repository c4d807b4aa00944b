/**
 * Access to the played partners by OAuth 2 client credentials: a token endpoint of the identity provider of development,
 * and the guard that asks for its tokens. FOR DEVELOPMENT AND TESTS ONLY.
 */
import { randomUUID, timingSafeEqual } from 'node:crypto';
import express, { type RequestHandler, type Response } from 'express';
import { jwtVerify, SignJWT } from 'jose';
import type { SigningKey } from './identity.ts';
import { CallRefused } from './problems.ts';

/** Who may call the partners. */
export interface PartnerClient {
  readonly id: string;
  readonly secret: string;
}

export interface ClientTokensOptions {
  readonly client: PartnerClient;
  /** The identity provider, once it runs. */
  readonly provider: () => { readonly key: SigningKey; readonly issuer: string };
}

/** Not that of the API: what lets somebody call a partner must let nobody in there. */
const audience = 'partners';
const holdsSeconds = 300;

/** `POST /identity/token` (RFC 6749, 4.4), the client with its id and secret in HTTP Basic. */
export function tokenEndpoint({ client, provider }: ClientTokensOptions): RequestHandler[] {
  const answer: RequestHandler = async (req, res) => {
    res.set('cache-control', 'no-store');
    const { grant_type } = (req.body ?? {}) as { readonly grant_type?: unknown };
    if (!isClient(req.get('authorization'), client)) {
      res.set('www-authenticate', 'Basic realm="token"');
      return refuse(res, 401, 'invalid_client');
    }
    if (grant_type === undefined) return refuse(res, 400, 'invalid_request');
    if (grant_type !== 'client_credentials') return refuse(res, 400, 'unsupported_grant_type');
    const { key, issuer } = provider();
    const access_token = await new SignJWT({ client_id: client.id })
      .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(client.id)
      .setIssuedAt()
      .setExpirationTime(`${holdsSeconds}s`)
      .setJti(randomUUID())
      .sign(key.privateKey);
    res.json({ access_token, token_type: 'Bearer', expires_in: holdsSeconds });
  };
  return [express.urlencoded({ extended: false, limit: '4kb' }), answer];
}

/** Lets nobody by without a token of this identity provider for the partners. */
export function tokenGuard({ provider }: ClientTokensOptions): RequestHandler {
  return async (req, res, next) => {
    const token = /^Bearer (\S+)$/.exec(req.get('authorization') ?? '')?.[1];
    const { key, issuer } = provider();
    const isGood =
      token !== undefined &&
      (await jwtVerify(token, key.publicJwk, { issuer, audience, typ: 'at+jwt' }).then(
        () => true,
        () => false,
      ));
    if (!isGood) {
      res.set('www-authenticate', token ? 'Bearer error="invalid_token"' : 'Bearer');
      throw new CallRefused({
        status: 401,
        kind: 'unauthorized',
        detail: 'This partner asks for a token of its identity provider.',
      });
    }
    next();
  };
}

function isClient(authorization: string | undefined, { id, secret }: PartnerClient): boolean {
  const [, basic = ''] = /^Basic (\S+)$/.exec(authorization ?? '') ?? [];
  const [givenId = '', givenSecret = ''] = Buffer.from(basic, 'base64')
    .toString()
    .split(':')
    .map(formDecoded);
  return isSame(givenId, id) && isSame(givenSecret, secret);
}

/** Both parts are encoded as in a form before they go into the header: RFC 6749, 2.3.1. */
const formDecoded = (text: string): string => new URLSearchParams(`text=${text}`).get('text') ?? '';

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function refuse(res: Response, status: number, error: string): void {
  res.status(status).json({ error });
}
