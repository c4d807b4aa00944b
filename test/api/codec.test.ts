/** The codec endpoint, as the Temporal UI calls it. */
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codecAccessOf } from '../../api/codec.ts';
import { fileKeyStore } from '../../platform/key-store-files.ts';
import { EncryptionCodec } from '../../platform/payload-codec.ts';
import { readPayloadKeys } from '../../platform/payload-keys.ts';
import { createSealer } from '../../platform/sealer.ts';
import { ApiSettings, readSettings } from '../../platform/settings.ts';
import { startApiAlone, type ApiAlone } from './support.ts';

const origin = 'http://127.0.0.1:8233';
let open: ApiAlone;
let guarded: ApiAlone;
let without: ApiAlone;
beforeAll(async () => {
  open = await startApiAlone({ codec: { origin, access: 'open' } });
  guarded = await startApiAlone({ codec: { origin, access: 'token' } });
  without = await startApiAlone();
});
afterAll(() => Promise.all([open?.stop(), guarded?.stop(), without?.stop()]));

const post = (api: ApiAlone, path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${api.url}/codec${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-namespace': 'default', origin, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

async function hidden(api: ApiAlone, value: unknown) {
  const codec = new EncryptionCodec(await readPayloadKeys({ DATA_DIR: api.dataDir }));
  const [payload] = await codec.encode([defaultPayloadConverter.toPayload(value)]);
  return { payloads: [inJson(payload!)] };
}
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const inJson = ({ metadata, data }: Payload) => ({
  metadata: Object.fromEntries(Object.entries(metadata!).map(([name, bytes]) => [name, base64(bytes)])),
  data: base64(data!),
});

describe('the codec endpoint', () => {
  it('shows the Temporal UI what a payload holds, and hides what the UI sends', async () => {
    const decoded = await post(open, '/decode', await hidden(open, { stage: 'intake' }));
    expect(decoded.status).toBe(200);
    const body = (await decoded.json()) as { payloads: { data: string }[] };
    expect(JSON.parse(Buffer.from(body.payloads[0]!.data, 'base64').toString())).toEqual({ stage: 'intake' });
    const encoded = await (await post(open, '/encode', body)).json();
    expect(JSON.stringify(encoded)).not.toContain(base64(Buffer.from('intake')).slice(0, 6));
    expect(await (await post(open, '/decode', encoded)).json()).toEqual(body);
  });

  it('leaves sealed what is sealed, for whoever may decode', async () => {
    const sealer = createSealer(fileKeyStore(guarded.dataDir));
    const sealed = await sealer.seal('eva', { bsn: '999990019' });
    const as = { authorization: `Bearer ${await guarded.token({ role: 'operations' })}` };
    const answer = await post(guarded, '/decode', await hidden(guarded, { person: sealed }), as);
    const { payloads } = (await answer.json()) as { payloads: { data: string }[] };
    expect(JSON.parse(Buffer.from(payloads[0]!.data, 'base64').toString())).toEqual({ person: sealed });
  });

  const preflight = (api: ApiAlone, from: string) =>
    fetch(`${api.url}/codec/decode`, {
      method: 'OPTIONS',
      headers: {
        origin: from,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,x-namespace',
      },
    });

  it('tells a browser that the page of the Temporal UI may call it, without cookies', async () => {
    for (const api of [open, guarded]) {
      const { status, headers } = await preflight(api, origin);
      expect(status).toBe(204);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('access-control-allow-methods')).toBe('POST');
      expect(headers.get('access-control-allow-headers')?.toLowerCase()).toContain('authorization');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
      expect(headers.get('vary')).toContain('Origin');
    }
    // The page may read a refusal as well.
    const refused = await post(guarded, '/decode', await hidden(guarded, 1));
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, origin]);
  });

  it.each(['http://elsewhere.test', `${origin}0`, 'http://127.0.0.1', 'https://127.0.0.1:8233', 'null'])(
    'lets no page at %s call it, nor read a word of the answer',
    async (from) => {
      const as = { authorization: `Bearer ${await guarded.token({ role: 'operations' })}` };
      for (const [api, headers] of [
        [open, {}],
        [guarded, as],
      ] as const) {
        const answers = [
          await preflight(api, from),
          await post(api, '/decode', await hidden(api, 'intake'), { ...headers, origin: from }),
        ];
        for (const answer of answers) {
          expect(answer.status).toBe(403);
          expect(answer.headers.get('access-control-allow-origin')).toBeNull();
          expect(answer.headers.get('vary')).toContain('Origin');
        }
      }
    },
  );

  it('takes what the CLI sends, which is no page and names none', async () => {
    const answer = await fetch(`${open.url}/codec/decode`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(await hidden(open, 1)),
    });
    expect(answer.status).toBe(200);
  });

  it('refuses a body that is too large, of another type, or asked for by another method, as a problem', async () => {
    const large = { payloads: [{ data: base64(Buffer.alloc(7_000_000)) }] };
    const answers = [
      await post(open, '/decode', large),
      await post(open, '/decode', '{}', { 'content-type': 'text/plain' }),
      await fetch(`${open.url}/codec/decode`),
      await post(open, '/elsewhere', '{}'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([413, 415, 405, 404]);
    for (const { headers } of answers)
      expect(headers.get('content-type')).toContain('application/problem+json');
  });

  it('logs neither a token nor what it showed', async () => {
    const token = await guarded.token({ role: 'operations' });
    await post(guarded, '/decode', await hidden(guarded, 'shown-to-operations'), {
      authorization: `Bearer ${token}`,
    });
    expect(JSON.stringify(guarded.log)).not.toContain(token.split('.')[2]);
    expect(JSON.stringify(guarded.log)).not.toContain('shown-to-operations');
  });

  it('asks for a token of operations, unless the UI has no sign-in', async () => {
    const body = await hidden(guarded, 1);
    expect((await post(guarded, '/decode', body)).status).toBe(401);
    const as = async (role: string) => ({ authorization: `Bearer ${await guarded.token({ role })}` });
    for (const role of ['policy', 'case-manager', 'process-director', 'person', 'partner']) {
      const claims = role === 'partner' ? { role, party: 'debt-service' } : { role };
      const headers = { authorization: `Bearer ${await guarded.token(claims)}` };
      for (const path of ['/decode', '/encode'])
        expect([role, (await post(guarded, path, body, headers)).status]).toEqual([role, 403]);
    }
    expect((await post(guarded, '/decode', body, { authorization: 'Bearer none' })).status).toBe(401);
    expect((await post(guarded, '/decode', body, await as('operations'))).status).toBe(200);
  });

  it('refuses what is no payload, or was encrypted under another key, as a problem', async () => {
    for (const body of [
      '{',
      { payloads: 'none' },
      { payloads: [{ data: '%%%' }] },
      await hidden(guarded, 1),
    ]) {
      const refused = await post(open, '/decode', body);
      expect(refused.status).toBe(400);
      expect(refused.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  it('is not there unless the settings name the UI', async () => {
    expect((await post(without, '/decode', { payloads: [] })).status).toBe(404);
  });
});

describe('the settings of the codec endpoint', () => {
  const settings = (more: Record<string, string>) => readSettings(ApiSettings, more);
  const keys = { current: 'k', keys: new Map([['k', Buffer.alloc(32)]]) };
  const verify = () => Promise.reject(new Error('not asked'));
  const accessOf = (more: Record<string, string>) => codecAccessOf(settings(more), keys, verify);

  it('name the page of the UI by its origin, whatever comes behind it', () => {
    expect(accessOf({ CODEC_ORIGIN: `${origin}/namespaces/default` })).toMatchObject({
      origin,
      verifyToken: verify,
    });
    expect(accessOf({})).toBeUndefined();
  });

  it('open it without a token on this machine alone', () => {
    const open = { CODEC_ORIGIN: origin, CODEC_ACCESS: 'open' };
    for (const HOST of ['127.0.0.1', '::1', 'localhost'])
      expect(accessOf({ ...open, HOST })?.verifyToken).toBeUndefined();
    for (const HOST of ['0.0.0.0', '::', '10.0.0.7', '127.0.0.1.elsewhere.test'])
      expect(() => accessOf({ ...open, HOST })).toThrow(
        'Wrong setting: CODEC_ACCESS: open is for a HOST that this machine alone can reach; use token',
      );
    // Behind a port that is published on this machine alone the address within says nothing.
    const inContainer = { ...open, CODEC_ACCESS: 'open-in-container', HOST: '0.0.0.0' };
    expect(accessOf(inContainer)?.verifyToken).toBeUndefined();
  });
});
