/** The codec endpoint, as the Temporal UI calls it. */
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EncryptionCodec } from '../../platform/payload-codec.ts';
import { readPayloadKeys } from '../../platform/payload-keys.ts';
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
  const codec = new EncryptionCodec(await readPayloadKeys(api.dataDir));
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

  it('may be called by the page of the Temporal UI alone', async () => {
    const asked = await fetch(`${open.url}/codec/decode`, {
      method: 'OPTIONS',
      headers: { origin: 'http://elsewhere.test', 'access-control-request-method': 'POST' },
    });
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
  });

  it('asks for a token of operations, unless the UI has no sign-in', async () => {
    const body = await hidden(guarded, 1);
    expect((await post(guarded, '/decode', body)).status).toBe(401);
    const as = async (role: string) => ({ authorization: `Bearer ${await guarded.token({ role })}` });
    expect((await post(guarded, '/decode', body, await as('policy'))).status).toBe(403);
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
