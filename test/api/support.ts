/** The API over real HTTP without a Temporal server: its gateway is the real one, at a port where nobody listens. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { createVerifyToken } from '../../api/access.ts';
import { createApp } from '../../api/app.ts';
import { connectForCallers, createGateway } from '../../api/gateway.ts';
import { fingerprintKeyOf } from '../../api/idempotency.ts';
import { listen } from '../../api/server.ts';
import { version } from '../../api/version.ts';
import { loadHousingBook } from '../../platform/housing-forms.ts';
import { fileKeyStore } from '../../platform/key-store-files.ts';
import { createLog } from '../../platform/log.ts';
import { EncryptionCodec } from '../../platform/payload-codec.ts';
import { ensurePayloadKeys, readPayloadKeys } from '../../platform/payload-keys.ts';
import { loadRuleBook } from '../../platform/rule-sets.ts';
import { createSealer } from '../../platform/sealer.ts';
import { ApiSettings, readSettings } from '../../platform/settings.ts';

const issuer = 'http://identity.test';
const audience = 'outflow-routes';

export interface ApiAlone {
  readonly url: string;
  readonly dataDir: string;
  /** Lines of the log so far. */
  readonly log: readonly Record<string, unknown>[];
  /** A token signed by the trusted key; `claims` go over the usual ones, undefined leaves one out. */
  token(claims?: JWTPayload, signing?: { key?: CryptoKey; expiresAt?: string | number }): Promise<string>;
  stop(): Promise<void>;
}

/**
 * @param jwks - `away`: nobody listens where the identity provider's keys should be
 * @param codec - left out: there is no codec endpoint
 */
export async function startApiAlone({
  jwks = 'up',
  codec,
}: { jwks?: 'up' | 'away'; codec?: { origin: string; access: 'token' | 'open' } } = {}): Promise<ApiAlone> {
  const dataDir = await mkdtemp(join(tmpdir(), 'api-alone-'));
  await ensurePayloadKeys({ DATA_DIR: dataDir });
  const payloadKeys = await readPayloadKeys({ DATA_DIR: dataDir });
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const identity = await serveJson({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'one' }] });
  const closedPort = await portWithoutListener();
  const settings = readSettings(ApiSettings, {
    DATA_DIR: dataDir,
    TEMPORAL_ADDRESS: `127.0.0.1:${closedPort}`,
  });
  const lines: Record<string, unknown>[] = [];
  const log = createLog('api', 'info', { write: (line) => void lines.push(JSON.parse(line)) });
  const gateway = createGateway({
    client: connectForCallers(settings, payloadKeys),
    taskQueue: settings.TASK_QUEUE,
  });
  const verifyToken = createVerifyToken({
    jwksUrl: `http://127.0.0.1:${jwks === 'up' ? portOf(identity) : closedPort}/jwks.json`,
    issuer,
    audience,
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
    sealer: createSealer(fileKeyStore(dataDir), log),
    ruleBook: await loadRuleBook('2026-11-02T09:00:00.000Z'),
    housing: await loadHousingBook('2026-11-02T09:00:00.000Z'),
    rules: 'demo',
    log,
    now: () => new Date().toISOString(),
    version,
    fingerprintKey: fingerprintKeyOf(payloadKeys),
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  return {
    url: server.url,
    dataDir,
    log: lines,
    token: (claims = {}, { key = privateKey, expiresAt = '5m' } = {}) =>
      new SignJWT({
        iss: issuer,
        aud: audience,
        sub: 'cm-17',
        role: 'case-manager',
        municipality: 'GM0153',
        ...claims,
      })
        .setProtectedHeader({ alg: 'ES256', kid: 'one' })
        .setIssuedAt()
        .setExpirationTime(expiresAt)
        .sign(key),
    stop: async () => {
      await server.stop();
      await gateway.close();
      identity.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

async function serveJson(body: unknown): Promise<Server> {
  const server = createServer((_req, res) => {
    res.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function portWithoutListener(): Promise<number> {
  const server = await serveJson({});
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
