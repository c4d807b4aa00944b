import { generateKeyPair, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caller } from '../support/api-caller.ts';
import { aStart } from '../support/case-manager.ts';
import { startApiAlone, type ApiAlone } from './support.ts';

let alone: ApiAlone;
beforeAll(async () => {
  alone = await startApiAlone();
});
afterAll(() => alone.stop());

const asking = async (token?: string) => {
  const { status, body, headers } = await caller(alone.url, token).get('/rule-sets/demo');
  return {
    status,
    type: body.type?.split('/').at(-1),
    detail: body.detail,
    challenge: headers.get('www-authenticate'),
  };
};

describe('a token', () => {
  it('is needed', async () => {
    expect(await asking()).toMatchObject({
      status: 401,
      type: 'token-missing',
      challenge: 'Bearer realm="uitstroomroutes"',
    });
  });

  it('that has expired is said to have expired', async () => {
    const expired = await alone.token({}, { expiresAt: Math.floor(Date.now() / 1000) - 60 });
    expect(await asking(expired)).toMatchObject({
      status: 401,
      type: 'token-expired',
      detail: 'Het token is verlopen.',
    });
  });

  it('may be half a minute late, for clocks differ', async () => {
    const late = await alone.token({}, { expiresAt: Math.floor(Date.now() / 1000) - 10 });
    expect(await asking(late)).toMatchObject({ status: 200 });
  });

  it.each([
    ['of another issuer', { iss: 'http://elsewhere' }, /iss/],
    ['for another audience', { aud: 'somebody-else' }, /aud/],
    ['without a subject', { sub: undefined }, /sub/],
    ['without a role', { role: undefined }, /role/],
    ['of a role that is none', { role: 'king' }, /role/],
    ['whose subject is an e-mail address', { sub: 'jan@example.org' }, /sub/],
  ])('%s is not valid', async (_, claims, detail) => {
    const answer = await asking(await alone.token(claims as JWTPayload));
    expect(answer).toMatchObject({ status: 401, type: 'token-invalid' });
    expect(answer.detail).toMatch(detail);
    expect(answer.challenge).toContain('error="invalid_token"');
  });

  it('that somebody else signed is not valid', async () => {
    const { privateKey: key } = await generateKeyPair('ES256');
    expect(await asking(await alone.token({}, { key }))).toMatchObject({
      status: 401,
      type: 'token-invalid',
    });
  });

  it.each(['nonsense', 'a.b.c', `${btoa('{"alg":"none"}')}.${btoa('{"role":"operations"}')}.`])(
    'that reads %s is not valid',
    async (token) => {
      expect(await asking(token)).toMatchObject({ status: 401, type: 'token-invalid' });
    },
  );

  it('of a case manager without a municipality gives access to none', async () => {
    const token = await alone.token({ municipality: undefined });
    expect(await asking(token)).toMatchObject({ status: 403, type: 'forbidden' });
  });
});

describe('a role', () => {
  const as = async (claims: object) =>
    caller(alone.url, await alone.token({ municipality: undefined, ...claims }));

  it('of policy sees no route', async () => {
    const policy = await as({ role: 'policy' });
    expect((await policy.get('/routes')).status).toBe(403);
  });

  it('of policy, of a process director and of operations sees figures, and no other does', async () => {
    const path = '/reports/home-promise';
    const statusOf = async (claims: object) => (await (await as(claims)).get(path)).status;
    // 503: they may, but no server is there to count.
    expect(await statusOf({ role: 'policy' })).toBe(503);
    expect(await statusOf({ role: 'process-director', municipality: 'GM0153' })).toBe(503);
    expect(await statusOf({ role: 'operations' })).toBe(503);
    expect(await statusOf({ role: 'case-manager', municipality: 'GM0153' })).toBe(403);
    expect(await statusOf({ role: 'partner', party: 'debt-service' })).toBe(403);
    expect(await statusOf({ role: 'person' })).toBe(403);
    expect((await caller(alone.url).get(path)).status).toBe(401);
  });

  it('of a person is for one route, and of that alone', async () => {
    const route = '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22';
    const person = await as({ role: 'person', route });
    // 503: they may, but no server is there to ask.
    expect((await person.get(`/routes/${route}`)).status).toBe(503);
    expect((await person.get('/routes')).status).toBe(403);
    const nobody = await as({ role: 'person' });
    expect((await nobody.get(`/routes/${route}`)).status).toBe(403);
  });

  it('of a partner starts no route, and of a case manager tells no partner news', async () => {
    const partner = await as({ role: 'partner', party: 'debt-service' });
    expect((await partner.post('/routes', aStart)).status).toBe(403);
    const manager = await as({ municipality: 'GM0153' });
    expect((await manager.post('/partner-events', {})).status).toBe(403);
  });

  it('of a case manager starts no route in another municipality', async () => {
    const manager = await as({ municipality: 'GM0001' });
    expect((await manager.post('/routes', aStart)).status).toBe(403);
  });

  it('of operations opens nothing about a person', async () => {
    const operations = await as({ role: 'operations' });
    expect((await operations.get('/routes/4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22/person')).status).toBe(403);
  });
});

it('when the identity provider is away nobody is refused: the call can be tried again', async () => {
  const cut = await startApiAlone({ jwks: 'away' });
  const { status, headers, body } = await caller(cut.url, await cut.token()).get('/rule-sets');
  expect([status, body.type.split('/').at(-1)]).toEqual([503, 'identity-provider-away']);
  expect(headers.get('retry-after')).not.toBeNull();
  expect((await caller(cut.url).get('/health')).status).toBe(200);
  await cut.stop();
});
