/**
 * What is a CloudEvent and what is none, in both modes. The gateway is at a port where nobody listens: an event that was
 * taken in as one comes back as 503, `temporal-away`; nothing else may get that far.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../support/api-caller.ts';
import { anEvent, asHeaders, party } from './an-event.ts';
import { expectDocumented } from './contract.ts';
import { postRaw } from './raw-call.ts';
import { startApiAlone, type ApiAlone } from './support.ts';

let alone: ApiAlone;
let token: string;
beforeAll(async () => {
  alone = await startApiAlone();
  token = await alone.token({ role: 'partner', party, sub: party, municipality: undefined });
});
afterAll(() => alone.stop());

const structured = 'application/cloudevents+json';

async function post(headers: readonly string[], body: unknown): Promise<Answer> {
  const answer = await postRaw({
    url: `${alone.url}/v1/partner-events`,
    headers: ['authorization', `Bearer ${token}`, ...headers],
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  expectDocumented('post', '/partner-events', answer);
  return answer;
}
const kind = ({ status, body }: Answer) => `${status} ${body.type?.split('/').at(-1)}`;
const faults = ({ body }: Answer) =>
  (body.errors ?? []).map((each: Record<string, string>) => `${each.in} ${each.location} ${each.code}`);

const taken = '503 temporal-away';

describe.concurrent('an event is taken', () => {
  it.each<[string, string, object]>([
    ['in structured mode', structured, {}],
    ['with a charset, in whatever case', 'Application/CloudEvents+JSON; charset=UTF-8', {}],
    ['as plain JSON without one ce- header', 'application/json', {}],
    [
      'with an extension that is not known here',
      structured,
      { traceparent: '00-1', retries: 3, urgent: true },
    ],
    ['with attributes that are null, which is the same as left out', structured, { dataref: null, x: null }],
    [
      'with the attributes of the profile',
      structured,
      {
        dataschema: 'https://example.org/schemas/step.json',
        dataref: '/documents/12',
        sequence: '17',
        sequencetype: 'Integer',
      },
    ],
    ['at another offset from UTC', structured, { time: new Date().toISOString().replace('Z', '+00:00') }],
    ['of data in UTF-8', structured, { datacontenttype: 'application/json; charset=utf-8' }],
  ])('%s', async (_, type, more) => {
    expect(kind(await post(['content-type', type], anEvent(more)))).toBe(taken);
  });

  it('in binary mode, percent-encoded or quoted', async () => {
    const { data, ...event } = anEvent({ comexample: 'é', comquoted: 'x' });
    const encoded = asHeaders(event).map((text) =>
      text === 'é' ? '%C3%A9' : text === 'x' ? '"a \\"b\\""' : text,
    );
    const withTime = encoded.map((text) => text.replaceAll(':', '%3a'));
    for (const headers of [encoded, withTime])
      expect(kind(await post(['content-type', 'application/json; charset=utf-8', ...headers], data))).toBe(
        taken,
      );
  });

  it('in structured mode with the same attributes in headers once more', async () => {
    const event = anEvent();
    expect(kind(await post(['content-type', structured, ...asHeaders(event)], event))).toBe(taken);
  });
});

describe.concurrent('an event in structured mode is refused', () => {
  it.each<[string, object, string[]]>([
    [
      'with binary data',
      { data: undefined, data_base64: 'e30=' },
      ['body /data_base64 binary-data', 'body /data missing'],
    ],
    ['with an attribute that is no lower-case word', { dataRef: 'x' }, ['body /dataRef attribute-name']],
    ['with an attribute whose name may be anything', { '123456782-': 'x' }, ['body  attribute-name']],
    ['with an extension that is a list', { tags: ['a'] }, ['body /tags attribute-type']],
    ['with an extension that is half a number', { score: 0.5 }, ['body /score attribute-type']],
    ['with control characters', { comexample: 'a\u0007' }, ['body /comexample attribute-type']],
    ['of another version', { specversion: '0.3' }, ['body /specversion not-one-of']],
    [
      'of a source that is no URN of an OIN',
      { source: 'https://example.org' },
      ['body /source wrong-format'],
    ],
    ['without a time', { time: undefined }, ['body /time missing']],
    ['at a time that is none', { time: 'yesterday' }, ['body /time wrong-format']],
    ['with a schema that is no URI', { dataschema: 'schema.json' }, ['body /dataschema wrong-format']],
    ['with a reference that is none', { dataref: 'a b' }, ['body /dataref wrong-format']],
    [
      'with a sequence that is no Integer',
      { sequence: '1.5', sequencetype: 'Integer' },
      ['body /sequence sequence'],
    ],
    ['with the type of a sequence alone', { sequencetype: 'Integer' }, ['body /sequence missing']],
    ['of XML', { datacontenttype: 'application/xml' }, ['body /datacontenttype wrong-format']],
  ])('%s', async (_, more, expected) => {
    const answer = await post(['content-type', structured], anEvent(more));
    expect(kind(answer)).toBe('400 invalid-input');
    expect(faults(answer)).toEqual(expected);
    expect(JSON.stringify(answer.body)).not.toMatch(/123456782/);
  });

  it('with everything that is wrong at once, in words of the reader', async () => {
    const body = anEvent({ id: '', Tags: [], dataref: ' ' });
    const answer = await post(['content-type', structured, 'accept-language', 'en'], body);
    expect(answer.body.errors.map(({ detail }: { detail: string }) => detail)).toEqual([
      "an attribute's name is lower-case letters and digits",
      'must be letters, digits and . _ : -, 128 characters at the most',
      'must be a URI reference',
    ]);
  });

  it('that a header contradicts, or says more than', async () => {
    const headers = [
      'content-type',
      structured,
      'ce-id',
      'ev-2',
      'ce-comexample',
      'x',
      'ce-specversion',
      '1.0',
    ];
    const answer = await post(headers, anEvent());
    expect(faults(answer)).toEqual([
      'header ce-id contradicts-body',
      'header ce-comexample contradicts-body',
    ]);
  });

  it.each(['{"specversion":"1.0"', '"text"', 'null', ''])('that reads %j', async (body) => {
    expect(kind(await post(['content-type', structured], body))).toMatch(
      /^400 (invalid-input|malformed-request)$/,
    );
  });
});

describe.concurrent('an event in binary mode is refused', () => {
  const { data, ...event } = anEvent();
  const but = (name: string, ...instead: string[]) => {
    const headers = asHeaders(event);
    const at = headers.indexOf(name);
    return [...headers.slice(0, at), ...instead, ...headers.slice(at + 2)];
  };
  it.each<[string, string[], string[]]>([
    [
      'with a header twice',
      [...asHeaders(event), 'ce-id', 'ev-1'],
      ['header ce-id twice', 'header ce-id wrong-format'],
    ],
    [
      'that is not percent-encoded',
      [...asHeaders(event), 'ce-comexample', 'é'],
      ['header ce-comexample not-encoded'],
    ],
    [
      'that is encoded in no UTF-8',
      [...asHeaders(event), 'ce-comexample', '%C0%A0'],
      ['header ce-comexample not-encoded'],
    ],
    [
      'with a percent sign that encodes nothing',
      [...asHeaders(event), 'ce-comexample', '100%'],
      ['header ce-comexample not-encoded'],
    ],
    [
      'with a control character',
      [...asHeaders(event), 'ce-comexample', 'a%07'],
      ['header ce-comexample attribute-type'],
    ],
    [
      'with a name that is none',
      [...asHeaders(event), 'ce-com_example', 'x'],
      ['header ce-com_example attribute-name'],
    ],
    [
      'with the type of its data in an attribute',
      [...asHeaders(event), 'ce-datacontenttype', 'application/json'],
      ['header ce-datacontenttype not-a-header'],
    ],
    ['without its version', but('ce-specversion'), ['header ce-specversion missing']],
    ['without an id', but('ce-id'), ['header ce-id missing']],
  ])('%s', async (_, headers, expected) => {
    const answer = await post(['content-type', 'application/json', ...headers], data);
    expect(kind(answer)).toBe('400 invalid-input');
    expect(faults(answer)).toEqual(expected);
  });

  it('whose data is not as its type asks: the place is that in the body', async () => {
    const answer = await post(['content-type', 'application/json', ...asHeaders(event)], {
      requestId: 'x',
      extra: 1,
    });
    expect(faults(answer)).toEqual(['body /requestId wrong-format', 'body  not-known-here']);
  });
});

describe.concurrent('what is no single event', () => {
  it.each(['application/cloudevents-batch+json', 'application/CloudEvents-Batch+json; charset=utf-8'])(
    'comes as %s: one event a call',
    async (type) => {
      const answer = await post(['content-type', type, 'accept-language', 'en'], [anEvent()]);
      expect(kind(answer)).toBe('415 batch-not-taken');
      expect(answer.body.detail).toContain('each gets a receipt of its own');
    },
  );

  it.each([structured, 'application/json'])('or is a list of them as %s', async (type) => {
    for (const list of [[], [{}], [anEvent()]])
      expect(kind(await post(['content-type', type], list))).toBe('415 batch-not-taken');
  });

  it.each([
    'application/cloudevents+xml',
    'application/cloudevents',
    'text/plain',
    'multipart/form-data; boundary=x',
  ])('or comes as %s', async (type) => {
    expect(kind(await post(['content-type', type], anEvent()))).toBe('415 unsupported-media-type');
  });
});

describe.concurrent('the time of an event', () => {
  const dayMs = 86_400_000;
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  it.each<[string, number, string]>([
    ['nearly thirty days ago is taken', -29.9 * dayMs, taken],
    ['more than thirty days ago is refused', -30.1 * dayMs, '400 event-out-of-time'],
    ['in four minutes is taken, for clocks differ', 4 * 60_000, taken],
    ['in six minutes is refused', 6 * 60_000, '400 event-out-of-time'],
  ])('%s', async (_, ms, expected) => {
    expect(kind(await post(['content-type', structured], anEvent({ time: at(ms) })))).toBe(expected);
  });
});

it('a refused event is in the log with its route and what is wrong, and nothing of what it says', async () => {
  const about = (route: string) =>
    alone.log.filter((each) => each.event === 'partner-event-refused' && each.route === route);
  const wrong = anEvent({ subject: randomUUID() });
  const [route, requestId] = [wrong.subject as string, 'a secret of somebody'];
  expect(kind(await post(['content-type', structured], { ...wrong, data: { requestId } }))).toBe(
    '400 invalid-input',
  );
  const [line, ...others] = about(route);
  expect(others).toEqual([]);
  expect(line).toMatchObject({
    problem: 'invalid-input',
    party,
    faults: ['body /data/requestId: wrong-format'],
  });
  expect(JSON.stringify(line)).not.toContain('secret');
  const { data: _data, ...event } = anEvent({ subject: route });
  await post(['content-type', 'application/json', ...asHeaders(event)], { requestId });
  expect(about(route)).toHaveLength(2);
});
