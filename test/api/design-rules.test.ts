/** Every operation, and every way in which it is refused, keeps to the design rules: a new one is in these tables at once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../../contracts/problem.ts';
import type { Operation } from '../../api/operation.ts';
import { operations } from '../../api/operations.ts';
import { version } from '../../api/version.ts';
import { caller, type Answer } from '../support/api-caller.ts';
import { expectDocumented } from './contract.ts';
import { startApiAlone, type ApiAlone } from './support.ts';

let alone: ApiAlone;
beforeAll(async () => {
  alone = await startApiAlone();
});
afterAll(() => alone.stop());

const routeId = '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22';
/** A value of each parameter of a path; a parameter of another name needs one of its own. */
const values: Readonly<Record<string, string>> = {
  agreementId: 'twente',
  concernId: 'nb4Xk2',
  eventId: '7c1f8e52-0b7d-4a55-9b1c-3f2a6d4e8c90',
  offerId: 'A-4711',
  party: 'support-provider',
  region: 'twente',
  reservationId: '8d0f5a3e-6c1b-8e52-9f0a-2b7c4d1e6f90',
  routeId,
  ruleSetId: 'nl',
  stepId: 'debt.first-talk',
  supporterId: 'nb4Xk2',
  track: 'debt',
  year: '2027',
};
const pathOf = ({ path }: Operation): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    expect(values, `a value of {${name}}`).toHaveProperty(name);
    return values[name]!;
  });

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const named = operations.map((each) => [`${each.method.toUpperCase()} ${each.path}`, each] as const);
const guarded = named.filter(([, { roles }]) => roles !== 'anyone');
const paths = [...new Set(operations.map(({ path }) => path))].map((path) => {
  const here = operations.filter((each) => each.path === path);
  return [path, here[0]!, here.map(({ method }) => method.toUpperCase())] as const;
});

/** A token of one of the roles that an operation is for. */
async function tokenFor({ roles }: Operation): Promise<string | undefined> {
  if (roles === 'anyone') return undefined;
  const [role] = roles;
  const partner = { role, party: 'debt-service', sub: 'debt-service', municipality: undefined };
  return alone.token(role === 'partner' ? partner : { role });
}

/** Calls as it stands there; what is wrong with the call goes over it. */
async function calling(
  operation: Operation,
  wrong: { query?: string; token?: string } = {},
): Promise<Answer> {
  const { method, body } = operation;
  const who = caller(alone.url, 'token' in wrong ? wrong.token : await tokenFor(operation));
  const path = `${pathOf(operation)}${wrong.query ?? ''}`;
  const type = { 'content-type': body?.mediaTypes?.[0] ?? 'application/json' };
  const answer = await (method === 'get' || method === 'delete'
    ? who[method](path)
    : who[method](path, JSON.stringify(body?.schema.meta()?.example), body && type));
  expectDocumented(method, pathOf(operation), answer);
  return answer;
}

/** What every answer has, whatever became of the call. */
function expectHeaders(headers: Headers): void {
  expect(Object.fromEntries(headers)).toMatchObject({
    'api-version': version,
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none';frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-request-id': expect.any(String),
  });
  expect(headers.has('x-powered-by')).toBe(false);
}

/** Holds a refusal to what each has, and says which it is. */
function refusal({ status, headers, body }: Answer, path: string): [status: number, kind: string] {
  expectHeaders(headers);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(headers.get('content-language')).toBe('nl');
  expect(Problem.parse(body)).toEqual(body);
  expect(body).toMatchObject({ status, instance: `/v1${path}#${headers.get('x-request-id')}` });
  return [status, body.type.split('/').at(-1)];
}

describe.concurrent('as it is to be called', () => {
  it.each(named)('%s answers as the document says, with every header', async (_, operation) => {
    const { status, headers } = await calling(operation);
    expectHeaders(headers);
    // Nobody listens where Temporal should be: what needs it says so, and everything else succeeds or finds nothing.
    expect([200, 403, 404, 503]).toContain(status);
  });
});

describe('a call that is refused is a problem, with every header', () => {
  it.each(guarded)('%s without a token', async (_, operation) => {
    const answer = await calling(operation, { token: undefined as never });
    expect(refusal(answer, pathOf(operation))).toEqual([401, 'token-missing']);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="uitstroomroutes"');
  });

  it.each(guarded)('%s with a token that is none', async (_, operation) => {
    const answer = await calling(operation, { token: 'a.b.c' });
    expect(refusal(answer, pathOf(operation))).toEqual([401, 'token-invalid']);
  });

  it.each(named)('%s with a query that nobody knows', async (_, operation) => {
    const answer = await calling(operation, { query: '?nobodyKnows=1' });
    expect(refusal(answer, pathOf(operation))).toEqual([400, 'invalid-input']);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ in: 'query' }));
  });

  it.each(paths)('%s with a slash at its end', async (_, operation) => {
    const path = `${pathOf(operation)}/`;
    expect(refusal(await caller(alone.url).get(path), path)).toEqual([404, 'unknown-path']);
  });

  it.each(paths)('%s by a method that it does not know', async (path, operation, known) => {
    const allowed = known.flatMap((each) => (each === 'GET' ? ['GET', 'HEAD'] : [each]));
    const isOpen = path === '/openapi.json';
    for (const method of methods.filter((each) => !known.includes(each) && !(isOpen && each === 'OPTIONS'))) {
      const response = await fetch(`${alone.url}/v1${pathOf(operation)}`, { method });
      const { status, headers } = response;
      const answer = { status, headers, body: await response.json() };
      expect(refusal(answer, pathOf(operation))).toEqual([405, 'method-not-allowed']);
      expect(headers.get('allow')).toBe(allowed.join(', '));
    }
  });
});

describe('a page of another origin', () => {
  const origin = 'https://elsewhere.example';
  const asks = { origin, 'access-control-request-method': 'GET' };

  it.each(paths)('reads of %s nothing, unless it is the description', async (path, operation) => {
    const url = `${alone.url}/v1${pathOf(operation)}`;
    const mayRead = path === '/openapi.json' ? '*' : null;
    for (const [method, headers] of [
      ['GET', { origin }],
      ['OPTIONS', asks],
    ] as const) {
      const answer = await fetch(url, { method, headers });
      expect([method, answer.headers.get('access-control-allow-origin')]).toEqual([method, mayRead]);
      expectHeaders(answer.headers);
    }
  });

  it('is told before it asks that it may only read the description', async () => {
    const { status, headers } = await fetch(`${alone.url}/v1/openapi.json`, {
      method: 'OPTIONS',
      headers: asks,
    });
    expect([status, headers.get('access-control-allow-methods')]).toEqual([204, 'GET,HEAD']);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });
});
