/** The API over real HTTP without a Temporal server: its gateway is the real one, at a port where nobody listens. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose';
import { createVerifyToken } from '../../api/access.ts';
import { createApp } from '../../api/app.ts';
import { connectForCallers, createGateway, type Gateway } from '../../api/gateway.ts';
import type { RateLimits } from '../../api/http/limits.ts';
import { fingerprintKeyOf } from '../../api/idempotency.ts';
import { listen, type ServerLimits } from '../../api/server.ts';
import type { KeyTimes } from '../../api/tokens/provider-keys.ts';
import { version } from '../../api/version.ts';
import { loadHousingBook } from '../../platform/housing-forms.ts';
import { fileKeyStore } from '../../platform/key-store-files.ts';
import { createLog } from '../../platform/log.ts';
import { EncryptionCodec } from '../../platform/payload-codec.ts';
import { loadPartners } from '../../platform/partner-registry.ts';
import { ensurePayloadKeys, readPayloadKeys } from '../../platform/payload-keys.ts';
import { loadRuleBook } from '../../platform/rule-sets.ts';
import { fileProcessingLog } from '../../platform/processing-log-files.ts';
import { createSealer } from '../../platform/sealer.ts';
import { ApiSettings, readSettings } from '../../platform/settings.ts';
import { closedPort } from '../support/ports.ts';

const issuer = 'http://identity.test';
const audience = 'outflow-routes';

export interface ApiAlone {
  readonly url: string;
  readonly dataDir: string;
  /** Lines of the log so far. */
  readonly log: readonly Record<string, unknown>[];
  /** What the API has asked of Temporal so far; its health apart. */
  readonly asked: readonly string[];
  readonly provider: IdentityProvider;
  /** A token signed by the trusted key; `claims` go over the usual ones, undefined leaves one out. */
  token(claims?: JWTPayload, signing?: Signing): Promise<string>;
  /** How many connections it has open. */
  connections(): Promise<number>;
  stop(): Promise<void>;
}

export interface Signing {
  readonly key?: CryptoKey;
  readonly expiresAt?: string | number;
  /** Seconds since 1970; left out: now. */
  readonly issuedAt?: number;
  /** Over the usual protected header; undefined leaves one out. */
  readonly header?: Partial<JWTHeaderParameters>;
}

/** The identity provider of these tests: what it publishes is theirs to change. */
export interface IdentityProvider {
  readonly publicKey: CryptoKey;
  /** The keys that it publishes; undefined: it answers with an error. */
  keys: JWK[] | undefined;
  /** How often it was asked for them. */
  readonly fetches: number;
}

/** What an API may be given besides; left out, it has what it usually has, and counts nobody's calls. */
export interface Given {
  readonly rateLimits?: RateLimits;
  readonly trustProxy?: number | readonly string[];
  readonly server?: Partial<ServerLimits>;
  readonly keyTimes?: Partial<KeyTimes>;
  /** The clock of the operations, in milliseconds since 1970. */
  readonly clock?: () => number;
}

/**
 * @param jwks - `away`: nobody listens where the identity provider's keys should be
 * @param codec - left out: there is no codec endpoint
 * @param registry - file that says who tells news as which party; left out: the played partners
 */
export async function startApiAlone({
  jwks = 'up',
  codec,
  registry,
  rateLimits,
  trustProxy,
  server: serverLimits,
  keyTimes,
  clock = Date.now,
}: Given & {
  jwks?: 'up' | 'away';
  codec?: { origin: string; access: 'token' | 'open' };
  registry?: string;
} = {}): Promise<ApiAlone> {
  const dataDir = await mkdtemp(join(tmpdir(), 'api-alone-'));
  await ensurePayloadKeys({ DATA_DIR: dataDir });
  const payloadKeys = await readPayloadKeys({ DATA_DIR: dataDir });
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  let fetches = 0;
  const provider = {
    publicKey,
    keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'one' }] as JWK[] | undefined,
    get fetches() {
      return fetches;
    },
  };
  const identity = await serveJson(() => {
    fetches += 1;
    return provider.keys && { keys: provider.keys };
  });
  const settings = readSettings(ApiSettings, {
    DATA_DIR: dataDir,
    TEMPORAL_ADDRESS: `127.0.0.1:${closedPort}`,
  });
  const lines: Record<string, unknown>[] = [];
  const log = createLog('api', 'info', { write: (line) => void lines.push(JSON.parse(line)) });
  const asked: string[] = [];
  const gateway = noting(
    createGateway({ client: connectForCallers(settings, payloadKeys), taskQueue: settings.TASK_QUEUE }),
    asked,
  );
  const verifyToken = createVerifyToken({
    jwksUrl: `http://127.0.0.1:${jwks === 'up' ? portOf(identity) : closedPort}/jwks.json`,
    issuer,
    audience,
    ...(keyTimes && { keyTimes }),
  });
  const app = createApp({
    gateway,
    verifyToken,
    ...(codec && {
      codec: {
        codec: new EncryptionCodec(payloadKeys),
        origin: codec.origin,
        ...(codec.access === 'token' && { verifyToken }),
      },
    }),
    sealer: createSealer(fileKeyStore(dataDir)),
    processing: fileProcessingLog(dataDir, 'api'),
    ruleBook: await loadRuleBook('2026-11-02T09:00:00.000Z'),
    housing: await loadHousingBook('2026-11-02T09:00:00.000Z'),
    rules: 'demo',
    partners: await loadPartners(registry),
    eventWindowDays: settings.EVENT_WINDOW_DAYS,
    log,
    now: () => new Date(clock()).toISOString(),
    version,
    fingerprintKey: fingerprintKeyOf(payloadKeys),
    ...(rateLimits && { rateLimits }),
    ...(trustProxy && { trustProxy }),
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0, log, ...serverLimits });
  return {
    url: server.url,
    dataDir,
    log: lines,
    asked,
    provider,
    token: (claims = {}, { key = privateKey, expiresAt = '5m', issuedAt, header } = {}) =>
      new SignJWT({
        iss: issuer,
        aud: audience,
        sub: 'cm-17',
        role: 'case-manager',
        municipality: 'GM0153',
        ...claims,
      })
        .setProtectedHeader({ alg: 'ES256', kid: 'one', ...header })
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(key),
    connections: () => server.connections(),
    stop: async () => {
      await server.stop();
      await gateway.close();
      identity.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** Writes down what is asked of a gateway, and asks it. */
function noting(gateway: Gateway, asked: string[]): Gateway {
  return new Proxy(gateway, {
    get: (target, name: keyof Gateway) => {
      if (name !== 'health' && name !== 'close') asked.push(name);
      return target[name];
    },
  });
}

/** @param body - undefined: an error */
async function serveJson(body: () => unknown): Promise<Server> {
  const server = createServer((_req, res) => {
    const said = body();
    res.statusCode = said === undefined ? 500 : 200;
    res.setHeader('content-type', 'application/json').end(JSON.stringify(said ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
