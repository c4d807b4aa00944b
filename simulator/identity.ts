/**
 * The identity provider of development: it signs tokens for whomever asks it in code. FOR DEVELOPMENT AND TESTS
 * ONLY: in production the API is pointed at the organisation's own provider, and none of this runs.
 */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  SignJWT,
  type CryptoKey,
  type JWK,
} from 'jose';
import { z } from 'zod';
import type { PartnerParty, Role } from '../contracts/vocabulary.ts';

const PrivateJwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  /** What a verifier may see. */
  readonly publicJwk: JWK;
}

/** Where it is kept. */
export const signingKeyFile = (dataDir: string, name = 'identity'): string =>
  join(dataDir, 'keys', `${name}.json`);

/**
 * The key pair (ES256) at `{dataDir}/keys/{name}.json`, made when it is missing. Several processes may ask at
 * the same time: all get the key that was there first.
 * @throws Error when the file holds something else
 */
export async function loadSigningKey(dataDir: string, name = 'identity'): Promise<SigningKey> {
  const path = signingKeyFile(dataDir, name);
  const stored = (await readKey(path)) ?? (await createKey(join(dataDir, 'keys'), path));
  const { d: _, ...open } = stored;
  const kid = await calculateJwkThumbprint(open);
  const privateKey = await importJWK(stored, 'ES256');
  if (privateKey instanceof Uint8Array) throw new Error(`${path} holds no private key`);
  return { kid, privateKey, publicJwk: { ...open, kid, alg: 'ES256', use: 'sig' } };
}

async function readKey(path: string): Promise<z.infer<typeof PrivateJwk> | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return undefined;
    throw cause;
  }
  try {
    return PrivateJwk.parse(JSON.parse(text));
  } catch {
    // Without the cause: it could quote the key.
    throw new Error(`${path} is no private ES256 key (JWK); remove it and a new one is made`);
  }
}

async function createKey(folder: string, path: string): Promise<z.infer<typeof PrivateJwk>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const temporary = `${path}.${randomUUID()}`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(JSON.stringify(await exportJWK(privateKey)));
    await file.sync();
    // A link never overwrites: whoever comes second takes the first one's key.
    await link(temporary, path);
  } catch (cause) {
    if (!hasCode(cause, 'EEXIST')) throw cause;
  } finally {
    await file.close();
    await unlink(temporary);
  }
  const key = await readKey(path);
  if (!key) throw new Error(`${path} went away while it was made`);
  return key;
}

function hasCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code;
}

/** Whom a token is for, and how long it holds. */
export interface TokenRequest {
  readonly key: SigningKey;
  readonly role: Role;
  readonly subject: string;
  readonly municipality?: string;
  readonly party?: PartnerParty;
  /** Of a person: their own route. */
  readonly route?: string;
  readonly issuer: string;
  readonly audience: string;
  readonly expiresInSeconds: number;
}

/** A signed token (JWT, ES256) with role, municipality, party and route as the API reads them. */
export async function signToken({
  key,
  role,
  subject,
  municipality,
  party,
  route,
  issuer,
  audience,
  expiresInSeconds,
}: TokenRequest): Promise<string> {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const limits = { ...(municipality && { municipality }), ...(party && { party }), ...(route && { route }) };
  return new SignJWT({ role, ...limits })
    .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + expiresInSeconds)
    .setJti(randomUUID())
    .sign(key.privateKey);
}
