/** Which tokens are taken, over real HTTP: whoever forges one, or finds an old one, is told 401. */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { caller } from '../support/api-caller.ts';
import { until } from '../support/until.ts';
import { raw } from './raw.ts';
import { startApiAlone, type ApiAlone, type Signing } from './support.ts';

let alone: ApiAlone;
const hour = 3600;
const now = () => Math.floor(Date.now() / 1000);
const kindOf = ({ body }: { body: { type?: string } }) => body?.type?.split('/').at(-1);

async function answerTo(token: string) {
  const answer = await caller(alone.url, token).get('/rule-sets/demo');
  return answer.status === 200 ? taken : `${answer.status} ${kindOf(answer)}`;
}
const taken = 'taken';
const notValid = '401 token-invalid';

describe('a token is taken', () => {
  beforeAll(async () => {
    alone = await startApiAlone();
  });
  afterAll(() => alone.stop());

  it.each<[string, Signing]>([
    ['as an access token (RFC 9068)', { header: { typ: 'at+jwt' } }],
    ['as the providers call it', { header: { typ: 'JWT' } }],
    ['for a working day', { expiresAt: '24h' }],
    ['when the clock of the provider is ahead a little', { issuedAt: now() + 20 }],
  ])('%s', async (_, signing) => {
    expect(await answerTo(await alone.token({}, signing))).toBe(taken);
  });

  it('from when it holds on, give or take half a minute', async () => {
    expect(await answerTo(await alone.token({ nbf: now() + 20 }))).toBe(taken);
    expect(await answerTo(await alone.token({ nbf: now() + 60 }))).toBe(notValid);
  });

  it.each<[string, Signing]>([
    ['that holds for longer than a day', { expiresAt: '25h' }],
    ['that was made in the future', { issuedAt: now() + hour, expiresAt: now() + 2 * hour }],
    ['of another kind', { header: { typ: 'logout+jwt' } }],
    ['that names no key', { header: { kid: undefined as never } }],
    ['of a key that nobody knows', { header: { kid: 'two' } }],
    ['with an extension that has to be understood', { header: { crit: ['exp'], exp: 1 } }],
  ])('but not one %s', async (_, signing) => {
    const token = await alone.token({}, signing).catch(() => tokenBy(alone, signing));
    expect(await answerTo(token)).toBe(notValid);
  });

  it.each(['iss', 'aud', 'sub', 'role', 'exp'])('but not one without %s', async (claim) => {
    expect(
      await answerTo(claim === 'exp' ? await withoutEnd() : await alone.token({ [claim]: undefined })),
    ).toBe(notValid);
  });

  it('but not one without a signature, whoever it says to be', async () => {
    const claims = (await alone.token({ role: 'operations', municipality: undefined })).split('.')[1]!;
    for (const alg of ['none', 'None', 'NONE', 'nOnE', ''])
      for (const signature of ['', 'AA'])
        expect(await answerTo(`${part({ alg, kid: 'one', typ: 'JWT' })}.${claims}.${signature}`)).toBe(
          notValid,
        );
  });

  it('but not one that is signed with what everybody knows: the public key, as if it were a secret', async () => {
    const claims = (await alone.token()).split('.')[1]!;
    const published = alone.provider.keys![0]!;
    const spki = await exportSPKI(alone.provider.publicKey);
    for (const secret of [spki, spki.trim(), JSON.stringify(published), published.x!, '']) {
      const signed = `${part({ alg: 'HS256', kid: 'one', typ: 'JWT' })}.${claims}`;
      const signature = createHmac('sha256', secret).update(signed).digest('base64url');
      expect(await answerTo(`${signed}.${signature}`)).toBe(notValid);
    }
  });

  it('but not one that brings its own key, or says where to fetch it: nobody goes there', async () => {
    let visits = 0;
    const { privateKey: key, publicKey } = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'mine' };
    const elsewhere = createServer((_req, res) => {
      visits += 1;
      res.end(JSON.stringify({ keys: [jwk] }));
    }).listen(0, '127.0.0.1');
    await until('it listens', () => elsewhere.listening);
    const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/jwks.json`;
    for (const kid of ['mine', 'one'])
      for (const header of [{ jwk }, { jku: url }, { x5u: url }, { x5c: [jwk.x!] }])
        expect(await answerTo(await alone.token({}, { key, header: { ...header, kid } }))).toBe(notValid);
    expect(visits).toBe(0);
    elsewhere.close();
  });

  it('but not one of eight kilobytes', async () => {
    expect(await answerTo(await alone.token({ more: 'x'.repeat(5000) }))).toBe(taken);
    expect(await answerTo(await alone.token({ more: 'x'.repeat(6200) }))).toBe(notValid);
  });

  it('but not two at once: which of them is meant nobody can tell', async () => {
    const token = await alone.token();
    const twice = ['a.b.c', token].map((each) => `Authorization: Bearer ${each}\r\n`).join('');
    const answer = await raw(
      alone.url,
      `GET /v1/routes HTTP/1.1\r\nHost: x\r\n${twice}Connection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('malformed-request');
  });

  it('but not in another way: in the path, as a password, or as a cookie', async () => {
    const token = await alone.token();
    const without = caller(alone.url);
    expect((await without.get(`/routes?access_token=${token}`)).status).toBe(401);
    const basic = `Basic ${Buffer.from(`cm-17:${token}`).toString('base64')}`;
    for (const headers of [{ authorization: basic }, { authorization: token }, { cookie: `token=${token}` }])
      expect(await without.get('/routes', headers).then(kindOf)).toBe('token-missing');
  });

  it('and no log has a token, or a part of one', async () => {
    const tokens = [
      await alone.token(),
      await alone.token({ sub: 'cm-secret' }),
      await alone.token({}, { header: { kid: 'x' } }),
    ];
    for (const token of tokens) {
      await answerTo(token);
      await caller(alone.url).get(`/routes?access_token=${token}`);
      await raw(
        alone.url,
        `GET /v1/routes HTTP/1.1\r\nAuthorization: Bearer ${token}\r\nbroken header\r\n\r\n`,
      );
    }
    const lines = JSON.stringify(alone.log);
    expect(alone.log.length).toBeGreaterThan(8);
    const parts = tokens.flatMap((token) => [token, ...token.split('.')]);
    const said = parts.filter((each) =>
      [each, each.slice(0, 24), each.slice(-24)].some((piece) => lines.includes(piece)),
    );
    expect(said).toEqual([]);
  });
});

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** One with a header that jose itself refuses to sign. */
async function tokenBy(api: ApiAlone, { header }: Signing): Promise<string> {
  const [, claims, signature] = (await api.token()).split('.');
  return `${part({ alg: 'ES256', kid: 'one', ...header })}.${claims}.${signature}`;
}

async function withoutEnd(): Promise<string> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  alone.provider.keys!.push({ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'endless' });
  const claims = { iss: 'http://identity.test', aud: 'outflow-routes', sub: 'cm-17', role: 'operations' };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: 'endless' })
    .setIssuedAt()
    .sign(privateKey);
}

describe('the keys of the identity provider', () => {
  const keyTimes = { cooldownMs: 600, refreshMs: 1500, keptMs: 6000, retryMs: 100, timeoutMs: 1000 };
  beforeEach(async () => {
    alone = await startApiAlone({ keyTimes });
  });
  afterEach(() => alone.stop());

  const aKey = async (kid: string) => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const token = () => alone.token({}, { key: privateKey, header: { kid } });
    return { jwk: { ...(await exportJWK(publicKey)), alg: 'ES256', kid }, token };
  };

  it('may turn over: a new one holds with the first token that names it, the one before as long as it is published', async () => {
    const next = await aKey('next');
    expect(await answerTo(await alone.token())).toBe(taken);
    alone.provider.keys!.push(next.jwk);
    await until('it is known', async () => (await answerTo(await next.token())) === taken);
    expect(await answerTo(await alone.token())).toBe(taken);
    alone.provider.keys = [next.jwk];
    await until('the old one is not', async () => (await answerTo(await alone.token())) === notValid, 4000);
    expect(await answerTo(await next.token())).toBe(taken);
  });

  it('are not fetched for each token with another id', async () => {
    await answerTo(await alone.token());
    const strangers = await Promise.all(Array.from({ length: 40 }, (_, i) => aKey(`stranger-${i}`)));
    const since = Date.now();
    for (const stranger of strangers) expect(await answerTo(await stranger.token())).toBe(notValid);
    const fetchesAtMost = 2 + Math.ceil((Date.now() - since) / keyTimes.cooldownMs);
    expect(alone.provider.fetches).toBeLessThanOrEqual(fetchesAtMost);
  });

  it('go on while the provider is away, for a time; whose key nobody can ask for is not refused but told to come back', async () => {
    const since = Date.now();
    expect(await answerTo(await alone.token())).toBe(taken);
    const { keys } = alone.provider;
    alone.provider.keys = undefined;
    await new Promise((resolve) => setTimeout(resolve, keyTimes.refreshMs));
    const next = await aKey('next');
    expect(await answerTo(await alone.token())).toBe(taken);
    expect(await answerTo(await next.token())).toBe('503 identity-provider-away');
    expect(Date.now() - since, 'a machine that is this busy proves nothing').toBeLessThan(keyTimes.keptMs);
    await until(
      'they are too old',
      async () => (await answerTo(await alone.token())) === '503 identity-provider-away',
    );
    alone.provider.keys = keys;
    await until('they are back', async () => (await answerTo(await alone.token())) === taken);
  });
});
