/** How often somebody may call, over real HTTP. */
import { afterEach, describe, expect, it } from 'vitest';
import { caller, type Answer } from '../support/api-caller.ts';
import { documented } from './contract.ts';
import { startApiAlone, type ApiAlone, type Given } from './support.ts';

let alone: ApiAlone;
afterEach(() => alone.stop());
const start = async (rateLimits: Given['rateLimits'], more: Given = {}) =>
  (alone = await startApiAlone({ ...(rateLimits && { rateLimits }), ...more }));

const path = '/rule-sets/demo';
const statuses = async (count: number, call: () => Promise<Answer>) => {
  const seen = [];
  for (let i = 0; i < count; i += 1) seen.push((await call()).status);
  return seen;
};

describe('a client', () => {
  it('that calls too often is told so, and when to come back; others go on', async () => {
    await start({ perClient: 3, perAddress: 100 });
    const manager = documented(caller(alone.url, await alone.token()));
    expect(await statuses(3, () => manager.get(path))).toEqual([200, 200, 200]);
    const { status, headers, body } = await manager.get(path);
    expect([status, body.type.split('/').at(-1)]).toEqual([429, 'rate-limited']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(headers.get('ratelimit')).toMatch(/^"client"; r=0; t=\d+$/);
    expect(headers.get('ratelimit-policy')).toMatch(/^"client"; q=3; w=60/);
    expect(body.detail).toContain(`over ${headers.get('retry-after')} seconden`);
    const colleague = caller(alone.url, await alone.token({ sub: 'cm-18' }));
    expect((await colleague.get(path)).status).toBe(200);
  });

  it('is who the token names: another token of the same person counts on, and so does a call that is not for the role', async () => {
    await start({ perClient: 2, perAddress: 100 });
    expect((await caller(alone.url, await alone.token()).get(path)).status).toBe(200);
    const other = caller(alone.url, await alone.token({ jti: 'another' }));
    expect(await statuses(2, () => other.get('/partner-events/x/y'))).toEqual([403, 429]);
  });

  it('is the party of a partner with its system', async () => {
    await start({ perClient: 1, perAddress: 100 });
    const as = async (party: string, sub: string) =>
      (
        await caller(
          alone.url,
          await alone.token({ role: 'partner', municipality: undefined, party, sub }),
        ).get(path)
      ).status;
    expect([
      await as('debt-service', 's-1'),
      await as('debt-service', 's-1'),
      await as('civil-registry', 's-1'),
    ]).toEqual([200, 429, 200]);
  });

  it('that is told 429 has had nothing done, and is not asked for its body', async () => {
    await start({ perClient: 1, perAddress: 100 });
    const manager = caller(alone.url, await alone.token());
    await manager.get(path);
    expect((await manager.post('/routes', { x: 'x'.repeat(300_000) })).status).toBe(429);
    expect(alone.asked).toEqual([]);
  });
});

describe('who brings no valid token', () => {
  it('or calls what is no operation, sees the limit all the same', async () => {
    await start({ perClient: 100, perAddress: 100 });
    const without = await alone.token({ municipality: undefined });
    const answers = [
      await caller(alone.url).get('/no-such-path'),
      await caller(alone.url).delete('/routes'),
      await caller(alone.url, without).get(path),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 405, 403]);
    for (const { headers } of answers) expect(headers.get('ratelimit')).toMatch(/^"address"; r=\d+; t=\d+$/);
  });

  it('is counted by address: guessing is slow; a good token is let in from there all the same', async () => {
    await start({ perClient: 100, perAddress: 4 });
    const guess = async (i: number) => (await caller(alone.url, `a.b.${i}`).get(path)).status;
    const seen = [];
    for (let i = 0; i < 4; i += 1) seen.push(await guess(i));
    expect(seen).toEqual([401, 401, 401, 401]);
    expect(await guess(5)).toBe(429);
    expect((await caller(alone.url).get(path)).status).toBe(429);
    expect((await caller(alone.url, await alone.token()).get(path)).status).toBe(200);
  });

  it('may ask how the service is and what it can do as often as they like: both are made beforehand', async () => {
    await start({ perClient: 1, perAddress: 1 });
    const anybody = caller(alone.url);
    expect(await statuses(5, () => anybody.get('/openapi.json'))).toEqual([200, 200, 200, 200, 200]);
    expect(await statuses(3, () => anybody.get('/health'))).toEqual([200, 200, 200]);
  });

  it('is known by the address that a trusted proxy says, and by no other', async () => {
    const from = async (address: string) =>
      (await caller(alone.url).get(path, { 'x-forwarded-for': address })).status;
    await start({ perClient: 100, perAddress: 1 });
    expect([await from('203.0.113.1'), await from('203.0.113.2')]).toEqual([401, 429]);
    await alone.stop();
    await start({ perClient: 100, perAddress: 1 }, { trustProxy: ['loopback'] });
    expect([
      await from('203.0.113.1'),
      await from('203.0.113.2'),
      await from('203.0.113.1'),
      // Who adds to the list does not choose: the proxy's own entry is the last.
      await from('198.51.100.7, 203.0.113.2'),
      await from('2001:db8:1:1::1'),
      await from('2001:db8:1:1::2'),
    ]).toEqual([401, 401, 429, 429, 401, 429]);
  });
});
