/** The description as a page for people: all of it from here, and under a policy that lets nothing else in. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApiAlone, type ApiAlone } from './support.ts';

let alone: ApiAlone;
beforeAll(async () => {
  alone = await startApiAlone();
});
afterAll(() => alone.stop());

it('is Dutch, and runs nothing but scripts of its own', async () => {
  const { status, headers } = await fetch(`${alone.url}/v1/docs`);
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect([headers.get('content-language'), headers.get('cache-control')]).toEqual(['nl', 'no-store']);
  const policy = headers.get('content-security-policy')!.split(';');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("connect-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy.join()).not.toContain('unsafe-eval');
});

it('names no other host, and every file that it names is there', async () => {
  const page = await (await fetch(`${alone.url}/v1/docs`)).text();
  const named = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
  expect(named.length).toBeGreaterThan(3);
  for (const address of named) {
    expect(address).toMatch(/^(docs\/)?[a-z0-9.-]+$/);
    const { status, headers } = await fetch(new URL(address, `${alone.url}/v1/docs`));
    expect([address, status, headers.get('cache-control')]).toEqual([address, 200, 'no-store']);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
  const start = await (await fetch(`${alone.url}/v1/docs/start.js`)).text();
  expect(start).toContain("fetch('openapi.json')");
  expect(start).not.toMatch(/https?:/);
});

it('is only read, and has nothing below or beside it', async () => {
  const post = await fetch(`${alone.url}/v1/docs`, { method: 'POST' });
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  for (const path of ['/v1/docs/', '/v1/docs/index.html', '/v1/docs/..%2Fpackage.json', '/docs'])
    expect([path, (await fetch(`${alone.url}${path}`)).status]).toEqual([path, 404]);
});
