import { createRemoteJWKSet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { startSimulator } from './support.ts';

const client = { id: 'outflow-routes', secret: 'of the tests: alone%' };
const basic = ({ id, secret }: typeof client) =>
  `Basic ${Buffer.from([id, secret].map(encodeURIComponent).join(':')).toString('base64')}`;

async function providerWithClient() {
  const simulator = await startSimulator({ client });
  const ask = (authorization: string, form: Record<string, string> = { grant_type: 'client_credentials' }) =>
    fetch(`${simulator.url}/identity/token`, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams(form),
    });
  return { simulator, ask };
}

test('a client gets a token for the partners, and for nothing else', async () => {
  const { simulator, ask } = await providerWithClient();
  const answered = await ask(basic(client));
  expect(answered.headers.get('cache-control')).toBe('no-store');
  const { access_token, ...rest } = (await answered.json()) as { access_token: string };
  expect(rest).toEqual({ token_type: 'Bearer', expires_in: 300 });
  const keys = createRemoteJWKSet(new URL(`${simulator.url}/identity/jwks.json`));
  const { issuer, audience } = simulator;
  const { payload } = await jwtVerify(access_token, keys, { issuer, audience: 'partners' });
  expect(payload).toMatchObject({ sub: client.id, client_id: client.id });
  // The API would let nobody in with it.
  await expect(jwtVerify(access_token, keys, { issuer, audience })).rejects.toThrow('unexpected "aud"');
});

test.each([
  ['another secret', { ...client, secret: 'guessed' }, undefined, 401, 'invalid_client'],
  ['another client', { ...client, id: 'somebody' }, undefined, 401, 'invalid_client'],
  ['another grant', client, { grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ['no grant', client, { scope: 'requests' }, 400, 'invalid_request'],
] as const)('%s gets no token', async (_, who, form, status, error) => {
  const { ask } = await providerWithClient();
  const answered = await ask(basic(who), form);
  expect([answered.status, await answered.json()]).toEqual([status, { error }]);
});

test('without a client the partners ask for no token, and there is none to be had', async () => {
  const simulator = await startSimulator();
  const answered = await simulator.call('POST', '/debt-service/releases', { requestId: 'nothing' });
  expect(answered.status).not.toBe(401);
  expect((await simulator.call('POST', '/identity/token')).status).toBe(404);
});
