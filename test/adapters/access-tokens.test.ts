import { exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import type { OAuth2Client } from '../../platform/destination-files.ts';
import { httpPartner } from '../../worker/adapters/http-partner.ts';
import { wayOut } from '../../worker/outbound/way-out.ts';
import { allOf, failureOf } from './failure-of.ts';
import { clientId, guardedPartner, secret, tokenAnswer } from './token-endpoint.ts';
import { files } from './zgw-asked.ts';

const request = files.completed;
const limits = { withinMs: 2000, bytes: 1000 };

function portOf(
  { url, tokenUrl }: { url: string; tokenUrl: string },
  more: Partial<OAuth2Client> = {},
  within = limits,
) {
  const oauth2 = { tokenUrl, clientId, proof: { secret }, ...more };
  return httpPartner(wayOut({ who: 'debt-service', baseUrl: url, oauth2 }, { limits: within }));
}
const tokensOf = (partner: Awaited<ReturnType<typeof guardedPartner>>) =>
  partner.calls.map(({ headers }) => headers.authorization);

describe('a partner that asks for OAuth 2', () => {
  it('is called with a token of its authorization server, as whose client the worker shows its secret', async () => {
    const partner = await guardedPartner();
    await portOf(partner, { scope: 'requests releases', audience: 'https://debts.example' }).request(request);
    const basic = Buffer.from(partner.asked[0]!.authorization!.replace(/^Basic /, ''), 'base64').toString();
    expect(basic.split(':').map((part) => decodeURIComponent(part.replaceAll('+', ' ')))).toEqual([
      clientId,
      secret,
    ]);
    expect(partner.asked[0]!.form).toEqual({
      grant_type: 'client_credentials',
      scope: 'requests releases',
      audience: 'https://debts.example',
    });
    expect(partner.asked[0]!.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(tokensOf(partner)).toEqual(['Bearer token-1']);
  });

  it('may be shown the secret in the body instead, where its authorization server reads no header', async () => {
    const partner = await guardedPartner();
    await portOf(partner, { proof: { secret, in: 'body' } }).request(request);
    const { authorization, form } = partner.asked[0]!;
    expect(authorization).toBeUndefined();
    expect(form).toEqual({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret,
    });
  });

  it('may know the worker by a key instead, which signs what is for that server alone', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const partner = await guardedPartner();
    await portOf(partner, { proof: { kid: 'k-1', key: () => Promise.resolve(privateKey) } }).request(request);
    const { authorization, form } = partner.asked[0]!;
    expect(authorization).toBeUndefined();
    expect(form.client_assertion_type).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    const { payload, protectedHeader } = await jwtVerify(form.client_assertion!, publicKey, {
      audience: partner.tokenUrl,
      issuer: clientId,
      subject: clientId,
    });
    expect([protectedHeader.kid, typeof payload.jti]).toEqual(['k-1', 'string']);
    expect(JSON.stringify(form)).not.toContain((await exportJWK(privateKey)).d!);
  });

  it('asks for one token, however many calls go out, at once or later', async () => {
    const partner = await guardedPartner();
    const port = portOf(partner);
    await Promise.all(Array.from({ length: 20 }, () => port.request(request)));
    await port.release(request);
    expect(partner.asked).toHaveLength(1);
    expect(new Set(tokensOf(partner))).toEqual(new Set(['Bearer token-1']));
  });

  it('gets a new token before the old one ends', async () => {
    // Thirty seconds before its end a token is not used any more: so this one is for one second.
    const partner = await guardedPartner((nth) => tokenAnswer(nth, { expires_in: 31 }));
    const port = portOf(partner);
    await port.request(request);
    expect(tokensOf(partner)).toEqual(['Bearer token-1']);
    await vi.waitFor(
      async () => {
        await port.request(request);
        expect(tokensOf(partner).at(-1)).toBe('Bearer token-2');
      },
      { timeout: 10_000, interval: 100 },
    );
  });

  it('that takes a token back gets the call once more, with a new one, and the same key and body', async () => {
    const taken = new Set(['token-1', 'token-2']);
    const partner = await guardedPartner(undefined, (token) => taken.has(token));
    const port = portOf(partner);
    await port.request(request);
    taken.delete('token-1');
    await port.request(request);
    expect(tokensOf(partner)).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
    const [, refused, again] = partner.calls;
    expect(again!.body).toEqual(refused!.body);
    expect(again!.headers['idempotency-key']).toBe(refused!.headers['idempotency-key']);
    expect(partner.asked).toHaveLength(2);
  });

  it('that takes back a token under twenty calls is asked for one new token', async () => {
    const taken = new Set(['token-1', 'token-2']);
    const partner = await guardedPartner(undefined, (token) => taken.has(token));
    const port = portOf(partner);
    await port.request(request);
    taken.delete('token-1');
    await Promise.all(Array.from({ length: 20 }, () => port.request(request)));
    expect(partner.asked).toHaveLength(2);
  });

  it('that takes no token at all denies access: it is tried once more, not for ever', async () => {
    const partner = await guardedPartner(undefined, () => false);
    const failed = await failureOf(portOf(partner).request(request));
    expect(failed).toMatchObject({
      failure: 'PartnerDeniedAccess',
      message: 'debt-service answered with status 401',
    });
    expect(tokensOf(partner)).toEqual(['Bearer token-1', 'Bearer token-2']);
  });
});

describe('an authorization server', () => {
  it.each([
    ['away', 'PartnerUnreachable', 'does not answer', undefined],
    [
      { status: 503, headers: { 'retry-after': '7' } },
      'PartnerUnreachable',
      'answered with status 503',
      7000,
    ],
    [{ status: 429 }, 'PartnerUnreachable', 'answered with status 429', undefined],
    [
      { status: 200, body: '<html>Sign in' },
      'PartnerUnreachable',
      'gave no answer that can be read',
      undefined,
    ],
    [
      { status: 200, body: 'x'.repeat(2000) },
      'PartnerRejected',
      'answered with more than is read',
      undefined,
    ],
    [{ status: 200, body: {} }, 'PartnerUnreachable', 'gave no answer that can be read', undefined],
    [
      { status: 200, body: { access_token: 'x', token_type: 'DPoP' } },
      'PartnerUnreachable',
      'gave no answer that can be read',
      undefined,
    ],
    [
      { status: 401, body: { error: 'invalid_client' }, headers: { 'www-authenticate': 'Basic' } },
      'PartnerDeniedAccess',
      'answered with status 401 (invalid_client)',
      undefined,
    ],
    [
      { status: 400, body: { error: 'invalid_scope' } },
      'PartnerDeniedAccess',
      'answered with status 400 (invalid_scope)',
      undefined,
    ],
    [{ status: 404 }, 'PartnerDeniedAccess', 'answered with status 404', undefined],
    [
      { status: 302, headers: { location: 'http://127.0.0.1:9/token' } },
      'PartnerDeniedAccess',
      'answered with status 302',
      undefined,
    ],
  ] as const)(
    'that is or answers %j: %s, and the partner is not called',
    async (answer, failure, said, wait) => {
      const partner = await guardedPartner(() => answer);
      const failed = await failureOf(portOf(partner).request(request));
      expect(failed).toMatchObject({ failure, message: `the token endpoint of debt-service ${said}` });
      expect(failed.retryAfterMs).toBe(wait);
      expect(partner.calls).toEqual([]);
    },
  );

  it('that leaves the worker waiting costs a call its time, and no more', async () => {
    const partner = await guardedPartner(() => 'never');
    const failed = await failureOf(portOf(partner, {}, { withinMs: 300, bytes: 1000 }).request(request));
    expect(failed).toMatchObject({ failure: 'PartnerUnreachable' });
  });

  it('that was away is asked again by the next call', async () => {
    const partner = await guardedPartner((nth) => (nth === 1 ? 'away' : tokenAnswer(nth)));
    const port = portOf(partner);
    await failureOf(port.request(request));
    await expect(port.request(request)).resolves.toBeUndefined();
  });

  it('may tell all it likes: no secret, assertion or token stands in an error', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const proofs = [
      { secret },
      { secret, in: 'body' as const },
      { kid: 'k-1', key: () => Promise.resolve(privateKey) },
    ];
    const inBasic = Buffer.from(`outflow:${encodeURIComponent(secret)}`).toString('base64');
    for (const proof of proofs) {
      const told: string[] = [];
      for (const status of [200, 400, 401, 500]) {
        const partner = await guardedPartner(() => {
          const { authorization = '', form } = partner.asked[0]!;
          told.push(form.client_assertion ?? form.client_secret ?? authorization);
          const quoted = `${secret} ${told.at(-1)} access-token-of-the-tests`;
          return {
            status,
            headers: { 'www-authenticate': `Basic realm="${told.at(-1)}"` },
            body: { error: 'invalid_client', error_description: quoted, access_token: { quoted } },
          };
        });
        const error = allOf(await failureOf(portOf(partner, { proof }).request(request)));
        for (const hidden of [secret, encodeURIComponent(secret), inBasic, told.at(-1)!, 'access-token-of'])
          expect(error).not.toContain(hidden);
      }
      const closed = await guardedPartner(undefined, () => false);
      expect(allOf(await failureOf(portOf(closed, { proof }).request(request)))).not.toContain('token-1');
    }
  });
});
