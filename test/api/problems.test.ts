import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../../contracts/problem.ts';
import { caller, type Caller } from '../support/api-caller.ts';
import { aStart } from '../support/case-manager.ts';
import { until } from '../support/until.ts';
import { documented } from './contract.ts';
import { startApiAlone, type ApiAlone } from './support.ts';

const routeId = '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22';
let alone: ApiAlone;
let manager: Caller;

beforeAll(async () => {
  alone = await startApiAlone();
  manager = documented(caller(alone.url, await alone.token()));
});
afterAll(() => alone.stop());

const kind = (body: Problem) => body.type.split('/').at(-1);

describe('every error is a problem document', () => {
  it('says everything that is wrong with a body at once, and repeats none of its values', async () => {
    const wrong = {
      openingAnswer: { missedSignals: '', neededThen: 7 },
      origin: 'geheim-1',
      municipality: 'geheim-2',
      person: { bsn: '123456789' },
      'geheim 3': true,
    };
    const { status, body, headers } = await manager.post('/routes', wrong);
    expect(status).toBe(400);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(Problem.safeParse(body).success).toBe(true);
    expect(body.errors.map((error: { location: string }) => error.location).sort()).toEqual([
      '',
      '/caseManager',
      '/municipality',
      '/openingAnswer/missedSignals',
      '/openingAnswer/neededThen',
      '/origin',
      '/person/bsn',
    ]);
    expect(JSON.stringify(body)).not.toMatch(/geheim|123456789/);
  });

  it.each([
    ['GM0153', 'achterhoek', 'GM0153 ligt niet in regio achterhoek, maar in twente.'],
    ['GM0001', 'twente', 'GM0001 ligt niet in regio twente.'],
  ])('says that %s and region %s contradict each other', async (municipality, region, detail) => {
    const anywhere = caller(alone.url, await alone.token({ municipality }));
    const { status, body } = await documented(anywhere).post('/routes', { ...aStart, municipality, region });
    expect([status, kind(body)]).toEqual([400, 'invalid-input']);
    expect(body).toMatchObject({ errors: [{ in: 'body', location: '/region', detail }] });
  });

  it('speaks Dutch, or English to who prefers it, down to each fault; its type and codes stay the same', async () => {
    const wrong = { ...aStart, municipality: 'Enschede', origin: 7, debts: 'many', extra: 1 };
    const asks = (language: string) =>
      manager.post('/routes', wrong, { 'accept-language': language }).then(({ body, headers }) => ({
        ...body,
        language: headers.get('content-language'),
        errors: body.errors.map(({ location, code, detail }: Record<string, string>) => [
          location,
          code,
          detail,
        ]),
      }));
    // Beside each other: neither language may leak into the other.
    const [dutch, english] = await Promise.all([asks('fr'), asks('en')]);
    expect(dutch).toMatchObject({
      language: 'nl',
      title: 'De invoer klopt niet',
      detail: 'Er kloppen 4 dingen niet aan de invoer; zie errors.',
      errors: [
        ['/origin', 'not-one-of', expect.stringMatching(/^moet één zijn van shelter, /)],
        ['/municipality', 'wrong-format', 'moet een CBS-gemeentecode zijn, zoals GM0153'],
        ['/debts', 'not-one-of', expect.stringMatching(/^moet één zijn van /)],
        ['', 'not-known-here', 'Hier niet bekend: extra'],
      ],
    });
    expect(english).toMatchObject({
      type: dutch.type,
      language: 'en',
      title: 'The input is not valid',
      detail: '4 things are wrong with the input; see errors.',
      errors: [
        ['/origin', 'not-one-of', expect.stringMatching(/^must be one of shelter, /)],
        ['/municipality', 'wrong-format', 'must be a CBS municipality code, such as GM0153'],
        ['/debts', 'not-one-of', expect.stringMatching(/^must be one of /)],
        ['', 'not-known-here', 'Not known here: extra'],
      ],
    });
  });

  it('also where there is no operation, no token or no body', async () => {
    const headers = { 'accept-language': 'en-GB' };
    const anyone = caller(alone.url);
    for (const [call, dutch, english] of [
      [
        (more: object) => anyone.get('/nothing-here', { ...more }),
        'Op dit pad is niets',
        'There is nothing at this path',
      ],
      [(more: object) => anyone.get('/routes', { ...more }), 'Een token is nodig', 'A token is needed'],
      [
        (more: object) => manager.post('/routes', undefined, { ...more }),
        'De invoer klopt niet',
        'The input is not valid',
      ],
    ] as const) {
      expect((await call({})).body.title).toBe(dutch);
      expect((await call(headers)).body.title).toBe(english);
    }
  });

  it('names the fault of the form of an answer that was meant', async () => {
    const { body } = await manager.post(`/routes/${routeId}/offers/a1/answer`, { accepted: false });
    expect(body.errors).toMatchObject([{ in: 'body', location: '/reason' }]);
  });

  it.each([
    ['JSON that is broken', '{"origin": ', {}, 400, 'malformed-request'],
    ['no body', undefined, {}, 400, 'invalid-input'],
    [
      'another content type',
      'a=b',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported-media-type',
    ],
    ['more than 256 KB', JSON.stringify({ x: 'x'.repeat(257 * 1024) }), {}, 413, 'body-too-large'],
    ['an idempotency key that is none', aStart, { 'idempotency-key': 'a b' }, 400, 'invalid-input'],
  ])('refuses %s', async (_, sent, headers, status, expected) => {
    const answer = await manager.post('/routes', sent, headers);
    expect([answer.status, kind(answer.body)]).toEqual([status, expected]);
  });

  it.each([
    ['/routes/nonsense', 400, 'invalid-input'],
    ['/routes?pageSize=201', 400, 'invalid-input'],
    ['/routes?stage=nonsense', 400, 'invalid-input'],
    ['/routes?municiplity=GM0153', 400, 'invalid-input'],
    ['/routes/%E0%A4%A', 400, 'malformed-request'],
    ['/nothing-here', 404, 'unknown-path'],
    ['/routes/', 404, 'unknown-path'],
    ['/rule-sets/nowhere', 404, 'unknown-rule-set'],
  ])('answers %s with %i', async (path, status, expected) => {
    const answer = await manager.get(path);
    expect([answer.status, kind(answer.body)]).toEqual([status, expected]);
  });

  it('says which methods a path knows', async () => {
    const { status, headers } = await manager.put('/routes', aStart);
    expect([status, headers.get('allow')]).toEqual([405, 'POST, GET, HEAD']);
  });

  it('points to the line in the log', async () => {
    const { body, headers } = await manager.get(`/routes/${routeId}?secret=1`);
    expect(body.instance).toBe(`/v1/routes/${routeId}#${headers.get('x-request-id')}`);
  });
});

describe('when Temporal is away', () => {
  it.each([
    ['a start', () => manager.post('/routes', aStart)],
    ['a list', () => manager.get('/routes')],
    ['a view', () => manager.get(`/routes/${routeId}`)],
    ['a command', () => manager.put(`/routes/${routeId}/person`, { bsn: '999990019' })],
  ])('%s is answered with 503 and when to try again', async (_, call) => {
    const { status, headers, body } = await call();
    expect([status, kind(body)]).toEqual([503, 'temporal-away']);
    expect(headers.get('retry-after')).toMatch(/^\d+$/);
  });

  it('a command leaves no key of a person behind', async () => {
    const files = await readdir(join(alone.dataDir, 'keys'), { recursive: true });
    expect(files.filter((file) => file.includes(routeId))).toEqual([]);
  });

  it('a list of another municipality is simply empty', async () => {
    const { status, body } = await manager.get('/routes?municipality=GM0001');
    expect([status, body]).toEqual([200, { items: [] }]);
  });

  it('the health says so, within a second', async () => {
    const before = Date.now();
    const { status, body } = await caller(alone.url).get('/health');
    expect([status, body]).toEqual([200, { status: 'degraded', temporal: 'away', worker: 'away' }]);
    expect(Date.now() - before).toBeLessThan(1100);
  });
});

describe('the log', () => {
  it('has no error for a client that went away', async () => {
    const token = await alone.token();
    const leave = async () => {
      const socket = connect(Number(new URL(alone.url).port), '127.0.0.1');
      socket.write(
        `POST /v1/routes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
          'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"ori',
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
      socket.destroy();
      await once(socket, 'close');
    };
    // On a busy machine a client may be gone before its call was seen at all: then another one comes and goes.
    const line = await until('it is logged', async () => {
      await leave();
      return alone.log.find(({ msg }) => msg === 'the client went away');
    });
    expect(line.level).toBe(30);
    expect(alone.log.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  it('holds no token, no query and nothing of a body', () => {
    expect(JSON.stringify(alone.log)).not.toMatch(/Bearer|eyJ|secret|huurachterstand|999990019/);
  });
});
