/**
 * An organisation whose keys are known signs what it tells. The gateway is at a port where nobody listens: what was taken in
 * comes back as 503, `temporal-away`; nothing that is not well signed may get that far.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, FlattenedSign, generateKeyPair, type CryptoKey, type JWSHeaderParameters } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourceOf } from '../../simulator/partners.ts';
import { urgency } from '../adapters/vera-said.ts';
import type { Answer } from '../support/api-caller.ts';
import { anEvent, asHeaders, party } from './an-event.ts';
import { expectDocumented } from './contract.ts';
import { postRaw } from './raw-call.ts';
import { startApiAlone, type ApiAlone } from './support.ts';

const oin = sourceOf(party).split(':')[3]!;
const otherOin = '00000004003214345000';
const corporationOin = sourceOf('housing-corporation').split(':')[3]!;

let folder: string;
let alone: ApiAlone;
let token: string;
let keys: Record<'PS256' | 'ES256' | 'other', CryptoKey>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry-'));
  const pairs = {
    PS256: await generateKeyPair('PS256'),
    ES256: await generateKeyPair('ES256'),
    other: await generateKeyPair('ES256'),
  };
  keys = { PS256: pairs.PS256.privateKey, ES256: pairs.ES256.privateKey, other: pairs.other.privateKey };
  const known = (['PS256', 'ES256'] as const).map(async (alg) => ({
    ...(await exportJWK(pairs[alg].publicKey)),
    alg,
    kid: alg,
  }));
  await writeFile(join(folder, 'keys.json'), JSON.stringify({ keys: await Promise.all(known) }));
  const registry = join(folder, 'registry.json');
  const signs = { systems: [party], jwks: 'keys.json' };
  await writeFile(
    registry,
    JSON.stringify({
      [party]: [
        { oin, ...signs },
        { oin: otherOin, systems: ['schuldhulp'], jwks: 'http://127.0.0.1:9/jwks.json' },
      ],
      'housing-corporation': [{ oin: corporationOin, systems: ['housing-corporation'], jwks: 'keys.json' }],
    }),
  );
  alone = await startApiAlone({ registry });
  token = await alone.token({ role: 'partner', party, sub: party, municipality: undefined });
});
afterAll(async () => {
  await alone?.stop();
  await rm(folder, { recursive: true, force: true });
});

const kind = ({ status, body }: Answer) => `${status} ${body.type?.split('/').at(-1)}`;
const taken = '503 temporal-away';
const digestOf = (body: string) => `SHA-256=${createHash('sha256').update(body).digest('base64')}`;
const secondsAgo = (seconds: number) =>
  `${new Date(Date.now() - seconds * 1000).toISOString().slice(0, 19)}Z`;

interface Signing {
  readonly key?: keyof typeof keys;
  readonly header?: JWSHeaderParameters;
  /** What is signed, in the place of the digest of the body. */
  readonly digest?: string;
}

async function signatureOf(
  body: string,
  { key = 'PS256', header = {}, digest }: Signing = {},
): Promise<string> {
  const sigD = { mId: 'http://uri.etsi.org/19182/HttpHeaders', pars: ['digest'] };
  const alg = key === 'other' ? 'ES256' : key;
  const usual = { alg, kid: alg, b64: false, crit: ['b64', 'sigD'], sigT: secondsAgo(0), sigD };
  const given = { ...usual, ...header };
  const signed = await new FlattenedSign(Buffer.from(`digest: ${digest ?? digestOf(body)}`))
    .setProtectedHeader(given)
    .sign(keys[key], { crit: { sigD: true, sigT: true, iat: true, sigX: true } });
  return `${signed.protected}..${signed.signature}`;
}

async function post(
  body: string,
  headers: readonly string[],
  path = '/partner-events',
  as = token,
): Promise<Answer> {
  const all = ['authorization', `Bearer ${as}`, 'accept-language', 'en', ...headers];
  const type = headers.includes('content-type') ? [] : ['content-type', 'application/cloudevents+json'];
  const answer = await postRaw({ url: `${alone.url}/v1${path}`, headers: [...all, ...type], body });
  expectDocumented('post', path, answer);
  return answer;
}

/** The headers of a signed body. */
const signed = async (body: string, signing?: Signing) => [
  'digest',
  digestOf(body),
  'payload-signature',
  await signatureOf(body, signing),
];

const event = JSON.stringify(anEvent());

describe.concurrent('a signed event is taken', () => {
  it.each<[string, Signing]>([
    ['under PS256, as the Dutch standard asks', {}],
    ['under ES256', { key: 'ES256' }],
    [
      'that says when in iat, as JAdES 1.2 does',
      { header: { sigT: undefined, iat: Math.floor(Date.now() / 1000) } },
    ],
    ['that was signed a while ago', { header: { sigT: secondsAgo(3500) } }],
    ['with all of its parameters critical', { header: { crit: ['b64', 'sigD', 'sigT'] } }],
  ])('%s', async (_, signing) => {
    expect(kind(await post(event, await signed(event, signing)))).toBe(taken);
  });
});

describe.concurrent('an event is refused', () => {
  it('without a signature, or without the digest that it is over', async () => {
    const signature = await signatureOf(event);
    for (const headers of [[], ['digest', digestOf(event)], ['payload-signature', signature]])
      expect(kind(await post(event, headers))).toBe('403 signature-missing');
  });

  it.each<[string, Signing]>([
    ['by a key that is not known', { key: 'other' }],
    ['by a key of another name', { key: 'ES256', header: { kid: 'PS256' } }],
    ['under a name that nobody has', { header: { kid: 'stranger' } }],
    ['over the digest of another body', { digest: digestOf('{}') }],
    ['that is no JAdES', { header: { sigD: undefined, crit: ['b64'] } }],
    [
      'over other headers than it says',
      { header: { sigD: { mId: 'http://uri.etsi.org/19182/HttpHeaders', pars: [] } } },
    ],
    ['over its payload in base64', { header: { b64: true } }],
    ['that does not say when', { header: { sigT: undefined } }],
    [
      'with a critical parameter that is not known here',
      { header: { crit: ['b64', 'sigD', 'sigX'], sigX: 1 } },
    ],
  ])('signed %s', async (_, signing) => {
    expect(kind(await post(event, await signed(event, signing)))).toBe('403 signature-invalid');
  });

  it('under alg none, or a secret that both sides would know', async () => {
    const [header, signature] = (await signatureOf(event)).split('..') as [string, string];
    const parts = JSON.parse(Buffer.from(header, 'base64url').toString()) as object;
    for (const alg of ['none', 'HS256']) {
      const other = Buffer.from(JSON.stringify({ ...parts, alg })).toString('base64url');
      for (const value of [`${other}..${signature}`, `${other}..`]) {
        const headers = ['digest', digestOf(event), 'payload-signature', value];
        expect(kind(await post(event, headers))).toBe('403 signature-invalid');
      }
    }
  });

  it('whose body was changed on its way, be it in a space', async () => {
    const headers = await signed(event);
    for (const changed of [`${event} `, event.replace('ev-1', 'ev-2')])
      expect(kind(await post(changed, headers))).toBe('403 signature-invalid');
  });

  it('with two signatures, or two digests', async () => {
    const headers = await signed(event);
    for (const again of [headers.slice(0, 2), headers.slice(2)])
      expect(kind(await post(event, [...headers, ...again]))).toBe('403 signature-invalid');
  });

  it.each([3700, -400])('signed %i seconds ago', async (seconds) => {
    const headers = await signed(event, { header: { sigT: secondsAgo(seconds) } });
    expect(kind(await post(event, headers))).toBe('403 signature-too-old');
  });

  it('in binary mode, where its attributes are not signed', async () => {
    const { data, ...attributes } = anEvent();
    const body = JSON.stringify(data);
    const headers = ['content-type', 'application/json', ...asHeaders(attributes), ...(await signed(body))];
    const answer = await post(body, headers);
    expect(kind(answer)).toBe('403 signature-invalid');
    expect(answer.body.detail).toContain('comes in structured mode');
    const bare = ['content-type', 'application/json', ...asHeaders(attributes)];
    expect(kind(await post(body, bare))).toBe('403 signature-missing');
  });

  it('by another organisation of its party than the token names', async () => {
    const as = await alone.token({
      role: 'partner',
      party,
      sub: party,
      municipality: undefined,
      oin: otherOin,
    });
    expect(kind(await post(event, await signed(event), '/partner-events', as))).toBe('403 not-your-source');
  });
});

it('while its keys are out of reach nobody is refused: the call can be tried again', async () => {
  const body = JSON.stringify(anEvent({ source: `urn:nld:oin:${otherOin}:systeem:schuldhulp` }));
  const answer = await post(body, await signed(body));
  expect(kind(answer)).toBe('503 partner-keys-away');
  expect(answer.headers.get('retry-after')).toBe('5');
});

describe('what a corporation says in VERA', () => {
  const said = JSON.stringify(urgency.body);
  const tell = async (headers: readonly string[]) => {
    const who = 'housing-corporation';
    const as = await alone.token({ role: 'partner', party: who, sub: who, municipality: undefined });
    return kind(
      await post(said, ['content-type', 'application/json', ...headers], '/vera/voorrangsregelingen', as),
    );
  };

  it('is signed in the same way', async () => {
    expect(await tell(await signed(said))).toBe(taken);
    expect(await tell([])).toBe('403 signature-missing');
    expect(await tell(await signed(said, { key: 'other' }))).toBe('403 signature-invalid');
  });
});
