/**
 * Secrets, keys and certificates of those whom the worker calls, read from files; read again when those may have changed
 * (live-destinations.ts).
 */
import { createHash, createPrivateKey, X509Certificate, type JsonWebKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { importJWK, type CryptoKey } from 'jose';
import { z } from 'zod';
import type { OAuth2Files, TlsFiles } from './partners-file.ts';
import { SettingsError } from './settings.ts';

/** PEM texts, as node:tls takes them. */
export interface ClientTls {
  readonly cert?: string;
  readonly key?: string;
  readonly ca?: string;
}

/** What the worker is at an authorization server. */
export interface OAuth2Client {
  readonly tokenUrl: string;
  readonly clientId: string;
  /** A shared secret, or a key whose public half the authorization server knows. */
  readonly proof:
    | { readonly secret: string; readonly in?: 'header' | 'body' }
    /** `print`: tells one key from another. */
    | { readonly kid: string; readonly key: () => Promise<CryptoKey>; readonly print?: string };
  readonly issuer?: string;
  readonly scope?: string;
  readonly audience?: string;
  readonly tls?: ClientTls;
}

/** Where a file is named, for messages, and where it is. */
interface Files {
  readonly where: string;
  readonly at: (path: string) => string;
}

/** @throws SettingsError when a file is missing, is no PEM, or the key is not that of the certificate */
export function readTls({ certFile, keyFile, caFile }: TlsFiles, { where, at }: Files): ClientTls {
  const read = (name: string, file: string) => textOf(`${where}.tls.${name}`, at(file));
  const cert = certFile && read('certFile', certFile);
  const key = keyFile && read('keyFile', keyFile);
  const ca = caFile && read('caFile', caFile);
  try {
    if (ca) void new X509Certificate(ca); // node:tls would take any text, and then trust nobody
  } catch {
    throw wrong(`${where}.tls.caFile`, 'holds no certificate (PEM)');
  }
  const tls = { ...(cert && { cert }), ...(key && { key }), ...(ca && { ca }) };
  try {
    createSecureContext(tls);
  } catch {
    throw wrong(
      `${where}.tls`,
      'certFile and keyFile are no certificate and its key (PEM, without a passphrase)',
    );
  }
  return tls;
}

/** @throws SettingsError when a file is missing or of no use, or there is neither secret nor key */
export function readOAuth2(
  { secretFile, secretIn, keyFile, tls, ...client }: OAuth2Files,
  secretByName: string | undefined,
  { where, at }: Files,
): OAuth2Client {
  const here = `${where}.oauth2`;
  const { issuer, scope, audience, ...who } = client;
  const secretOf = () => {
    if (!secretFile && !secretByName) throw wrong(here, 'secretFile, keyFile or PARTNER_SECRETS must be set');
    const secret = secretFile ? textOf(`${here}.secretFile`, at(secretFile)).trim() : secretByName;
    if (!secret) throw wrong(`${here}.secretFile`, 'the file is empty');
    return { secret, ...(secretIn && { in: secretIn }) };
  };
  return {
    ...who,
    proof: keyFile ? privateKey(`${here}.keyFile`, at(keyFile)) : secretOf(),
    ...(issuer && { issuer }),
    ...(scope && { scope }),
    ...(audience && { audience }),
    ...(tls && { tls: readTls(tls, { where: here, at }) }),
  };
}

/** The algorithms that fit a key; what else a JWK has is left to node:crypto. */
const PrivateJwk = z.intersection(
  z.looseObject({ kid: z.string().min(1), d: z.string() }),
  z.discriminatedUnion('alg', [
    z.looseObject({ alg: z.literal('ES256'), kty: z.literal('EC'), crv: z.literal('P-256') }),
    z.looseObject({ alg: z.literal('ES384'), kty: z.literal('EC'), crv: z.literal('P-384') }),
    z.looseObject({ alg: z.enum(['PS256', 'RS256']), kty: z.literal('RSA') }),
    z.looseObject({ alg: z.literal('Ed25519'), kty: z.literal('OKP'), crv: z.literal('Ed25519') }),
  ]),
);

function privateKey(where: string, path: string) {
  const { data: jwk } = PrivateJwk.safeParse(jsonOf(where, path));
  const isKey = (given: JsonWebKey) => {
    try {
      return createPrivateKey({ key: given, format: 'jwk' }).type === 'private';
    } catch {
      return false;
    }
  };
  if (!jwk || !isKey(jwk)) throw wrong(where, 'holds no private key (JWK) with kid and alg');
  const { kid, alg } = jwk;
  const print = createHash('sha256').update(JSON.stringify(jwk)).digest('base64url');
  return { kid, key: () => importJWK(jwk, alg), print };
}

/** @throws SettingsError which does not quote the file */
export function jsonOf(where: string, path: string): unknown {
  const text = textOf(where, path);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw wrong(where, 'the file is no JSON');
  }
}

function textOf(where: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw wrong(where, `there is no file to read at ${path}`);
  }
}

const wrong = (where: string, what: string) => new SettingsError(`Wrong setting: ${where}: ${what}`);
