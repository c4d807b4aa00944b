/**
 * Whatever comes as an event and is none, is refused with a problem document, and nothing is signalled: the gateway is at a
 * port where nobody listens, so that whatever got as far as that would be 503.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Problem } from '../../contracts/problem.ts';
import { PartnerParty } from '../../contracts/vocabulary.ts';
import { partyOf } from '../../domain/template.ts';
import { stepIds } from '../../domain/steps.ts';
import { sourceOf } from '../../simulator/partners.ts';
import type { Answer } from '../support/api-caller.ts';
import { anEvent, asHeaders, party } from './an-event.ts';
import { expectDocumented } from './contract.ts';
import { postRaw } from './raw-call.ts';
import { startApiAlone, type ApiAlone } from './support.ts';

let alone: ApiAlone;
let tokens: ReadonlyMap<PartnerParty, string>;
beforeAll(async () => {
  alone = await startApiAlone();
  const pairs = PartnerParty.options.map(async (each) => {
    const claims = { role: 'partner', party: each, sub: each, municipality: undefined };
    return [each, await alone.token(claims)] as const;
  });
  tokens = new Map(await Promise.all(pairs));
});
afterAll(() => alone?.stop());

/** Calls for which Temporal was needed: each is logged as a warning, besides that the event was refused. */
const signalled = () =>
  alone.log.filter(
    ({ problem, event, level }) => problem !== undefined && event === undefined && Number(level) >= 40,
  );

const structured = ['content-type', 'application/cloudevents+json'];
const plain = ['content-type', 'application/json'];
const good = anEvent();

async function post(headers: readonly string[], body: string | Uint8Array, by = party as PartnerParty) {
  const answer = await postRaw({
    url: `${alone.url}/v1/partner-events`,
    headers: ['authorization', `Bearer ${tokens.get(by)!}`, ...headers],
    body,
  });
  expectDocumented('post', '/partner-events', answer);
  return answer;
}

/** Fails the property unless the event was refused in these ways alone. */
function refused(answer: Answer, ...kinds: string[]): void {
  expect(Problem.safeParse(answer.body).success).toBe(true);
  expect(kinds).toContain(`${answer.status} ${answer.body.type.split('/').at(-1)}`);
}

const holds = <T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => Promise<void>, numRuns = 60) =>
  fc.assert(fc.asyncProperty(arbitrary, property), { numRuns });

/** Never good as an attribute that has to be there. */
const never = fc.oneof(
  fc.constant({}),
  fc.integer(),
  fc.constant(null),
  fc.constant('\u0000'),
  fc.constant(''),
);
const required = ['specversion', 'id', 'source', 'subject', 'type', 'time'] as const;

it('any JSON, and an event with one part that is never good', async () => {
  const broken = fc.record({ name: fc.constantFrom(...required, 'data'), value: never });
  const bodies = fc.oneof(
    fc.jsonValue(),
    broken.map(({ name, value }) => ({ ...good, [name]: value })),
  );
  await holds(bodies, async (body) => {
    const list = Array.isArray(body) ? '415 batch-not-taken' : '400 invalid-input';
    refused(await post(structured, JSON.stringify(body)), list, '400 malformed-request');
  });
  expect(signalled()).toEqual([]);
});

/** Written once more, from the specification: 1.0.2, naming conventions and type system. */
const mayBeAttribute = (name: string, value: unknown): boolean => {
  if (name === 'data' || value === null) return true;
  if (Array.from(name).some((letter) => !'abcdefghijklmnopqrstuvwxyz0123456789'.includes(letter)))
    return false;
  if (typeof value === 'boolean') return true;
  if (typeof value === 'number')
    return Number.isInteger(value) && value >= -2_147_483_648 && value <= 2_147_483_647;
  if (typeof value !== 'string') return false;
  return Array.from(value).every((letter) => {
    const code = letter.codePointAt(0)!;
    const isControl = code <= 0x1f || (code >= 0x7f && code <= 0x9f);
    const isHalf = code >= 0xd800 && code <= 0xdfff;
    return !isControl && !isHalf && (code & 0xfffe) !== 0xfffe && !(code >= 0xfdd0 && code <= 0xfdef);
  });
};

it('extensions of any name and value: those that are none, and of the rest only that they are of another source', async () => {
  const theirs = anEvent({ source: sourceOf('civil-registry') });
  const name = fc.oneof(
    fc.stringMatching(/^x[a-z0-9]{1,20}$/),
    fc.string({ minLength: 1 }).map((text) => `x${text}`),
  );
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.jsonValue(), fc.integer());
  await holds(fc.dictionary(name, value, { maxKeys: 3 }), async (extensions) => {
    const isEvent = Object.entries(extensions).every(([each, what]) => mayBeAttribute(each, what));
    const answer = await post(structured, JSON.stringify({ ...theirs, ...extensions }));
    refused(answer, isEvent ? '403 not-your-source' : '400 invalid-input');
  });
  expect(signalled()).toEqual([]);
});

it('headers of any kind in binary mode: one that is missing, never good, or there twice', async () => {
  const { data, ...attributes } = good;
  const body = JSON.stringify(data);
  // What a header can hold at all; a comma with a space is how two of one name would look.
  const value = fc.string({ unit: fc.constantFrom(...Array.from('%"\\, aZ09;=\u00e9\u00ff~')) });
  const changed = fc.record({
    name: fc.constantFrom(...required),
    way: fc.constantFrom('left-out', 'twice', 'other'),
    value,
  });
  await holds(changed, async ({ name, way, value: other }) => {
    const { [name]: own, ...others } = attributes;
    const headers = {
      'left-out': asHeaders(others),
      twice: [...asHeaders(attributes), `CE-${name}`, String(own)],
      other: [...asHeaders(others), `ce-${name}`, `${other}|`],
    }[way];
    refused(await post([...plain, ...headers], body), '400 invalid-input');
  });
  expect(signalled()).toEqual([]);
});

it('an event about a step of one party, told by another; or by its own party under the source of another', async () => {
  const partners = PartnerParty.options;
  const asked = stepIds.filter((stepId) => partners.some((each) => each === partyOf(stepId)));
  const told = fc.record({
    stepId: fc.constantFrom(...asked),
    by: fc.constantFrom(...partners),
    as: fc.constantFrom(...partners),
  });
  const wrong = told.filter(({ stepId, by, as }) => by !== as || by !== partyOf(stepId));
  await holds(wrong, async ({ stepId, by, as }) => {
    const data = { requestId: `${String(good.subject)}:${stepId}:1` };
    const event = anEvent({ source: sourceOf(as), data });
    const expected = by === as ? '403 not-your-step' : '403 not-your-source';
    refused(await post(structured, JSON.stringify(event), by), expected);
  });
  expect(signalled()).toEqual([]);
});

it('a body that ends too early, and says so', async () => {
  const text = JSON.stringify(good);
  await holds(
    fc.integer({ min: 1, max: text.length - 1 }),
    async (length) => {
      refused(await post(structured, text.slice(0, length)), '400 malformed-request');
    },
    30,
  );
  expect(signalled()).toEqual([]);
});

it('a body that breaks off before the end that it announced', async () => {
  const text = JSON.stringify(good);
  await holds(
    fc.integer({ min: 0, max: text.length - 1 }),
    async (length) => {
      const socket = connect({ port: Number(new URL(alone.url).port), host: '127.0.0.1' });
      const heard: Buffer[] = [];
      socket.on('data', (part: Buffer) => heard.push(part)).on('error', () => undefined);
      const closed = once(socket, 'close');
      const head = [
        'POST /v1/partner-events HTTP/1.1',
        'host: x',
        `authorization: Bearer ${tokens.get(party)!}`,
        'content-type: application/cloudevents+json',
        `content-length: ${text.length}`,
      ];
      socket.end(`${head.join('\r\n')}\r\n\r\n${text.slice(0, length)}`);
      await closed;
      expect(Buffer.concat(heard).toString()).toMatch(/^(HTTP\/1\.1 400 |$)/);
    },
    20,
  );
  expect(signalled()).toEqual([]);
});

it('bytes of any kind, under any encoding', async () => {
  const text = JSON.stringify(good);
  const gzipped = gzipSync(text);
  const other = '415 unsupported-media-type';
  const told: [string[], string | Uint8Array, string][] = [
    [['content-encoding', 'gzip'], text, '400 malformed-request'],
    [['content-encoding', 'gzip'], gzipped.subarray(0, gzipped.length - 12), '400 malformed-request'],
    [['content-encoding', 'deflate'], gzipped, '400 malformed-request'],
    [['content-encoding', 'zstd'], text, other],
    [['content-encoding', 'gzip, gzip'], gzipSync(gzipped), other],
    [['content-encoding', 'gzip'], gzipSync(Buffer.alloc(10_000_000, ' ')), '413 body-too-large'],
    [['content-encoding', 'deflate'], deflateSync(Buffer.alloc(10_000_000, ' ')), '413 body-too-large'],
    [[], `\ufeff${text.slice(0, -1)}`, '400 malformed-request'],
  ];
  for (const [headers, body, expected] of told)
    refused(await post([...structured, ...headers], body), expected);
  for (const [charset, expected] of [
    ['utf-16', '400 malformed-request'],
    ['latin1', other],
    ['x', other],
  ])
    refused(
      await post(['content-type', `application/cloudevents+json; charset=${charset}`], text),
      expected!,
    );
  for (const size of [1, 10, 1000, 60_000])
    refused(await post(structured, randomBytes(size)), '400 malformed-request');
  expect(signalled()).toEqual([]);
});

it('content types of any kind', async () => {
  const types = fc.oneof(
    fc.constantFrom(
      'application/cloudevents',
      'application/cloudevents+avro',
      'text/json',
      'application/x-json',
      '*/*',
      'json',
      ';',
    ),
    fc.string({ unit: fc.constantFrom(...Array.from('abc/+;= -.')) }).filter((type) => type.trim() !== ''),
  );
  await holds(types, async (type) => {
    refused(await post(['content-type', type], JSON.stringify(good)), '415 unsupported-media-type');
  });
  expect(signalled()).toEqual([]);
});
