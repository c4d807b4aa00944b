import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings, SettingsError, WorkerSettings } from '../../platform/settings.ts';
import { portsOf } from '../../worker/create-worker.ts';
import { authority, type Certificate } from './certificates.ts';
import { allOf, failureOf } from './failure-of.ts';
import { listening, rawServer } from './listening.ts';
import { files } from './zgw-asked.ts';

let dir: string;
let ours: Awaited<ReturnType<typeof authority>>;
let ofServer: Certificate;
const request = files.completed;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tls-'));
  const theirs = await authority('another root');
  ours = await authority('the root of the tests');
  ofServer = await ours.ofServer();
  const [known, unknown] = [await ours.ofClient('outflow-routes'), await theirs.ofClient('somebody')];
  const texts = {
    'ca.pem': ours.cert,
    'other-ca.pem': theirs.cert,
    'known.pem': known.cert,
    'known.key': known.key,
    'unknown.pem': unknown.cert,
    'unknown.key': unknown.key,
    'no.pem': 'no certificate at all',
    secret: 'a secret of the tests alone',
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(dir, name), text);
});
afterAll(() => rm(dir, { recursive: true }));

/** A partner that takes nobody without a certificate that it knows. @returns its URL, and who called */
async function strictPartner(own: ServerOptions = ofServer) {
  const callers: string[] = [];
  const server = createServer(
    { ...own, ca: ours.cert, requestCert: true, rejectUnauthorized: true },
    (req, res) => {
      callers.push(`${req.url} ${String((req.socket as TLSSocket).getPeerCertificate().subject.CN)}`);
      const token = { access_token: 'token-1', token_type: 'Bearer', expires_in: 3600 };
      res.writeHead(req.url === '/token' ? 200 : 202, { 'content-type': 'application/json' });
      res.end(JSON.stringify(token));
    },
  );
  return { callers, url: `https://127.0.0.1:${await listening(server)}` };
}

/** The debt service's port, as a worker with this entry for it has it. */
async function portWith(entry: object) {
  const file = join(dir, 'partners.json');
  await writeFile(file, JSON.stringify({ 'debt-service': entry }));
  const settings = readSettings(WorkerSettings, {
    PARTNERS_FILE: file,
    PARTNERS_URL: 'http://127.0.0.1:9',
    DATA_DIR: dir,
  });
  return portsOf(settings).partners['debt-service'];
}
const known = { certFile: 'known.pem', keyFile: 'known.key', caFile: 'ca.pem' };

describe('a partner that asks for a certificate (mTLS)', () => {
  it('is called with the one that is set for it', async () => {
    const { url, callers } = await strictPartner();
    const port = await portWith({ url, tls: known });
    await port.request(request);
    await port.release(request);
    expect(callers).toEqual(['/requests outflow-routes', '/releases outflow-routes']);
  });

  it.each([
    ['without one', { caFile: 'ca.pem' }],
    ['with that of another authority', { certFile: 'unknown.pem', keyFile: 'unknown.key', caFile: 'ca.pem' }],
  ])('hears nothing of a call %s', async (_, tls) => {
    const { url, callers } = await strictPartner();
    const failed = await failureOf((await portWith({ url, tls })).request(request));
    expect(failed).toMatchObject({ failure: 'PartnerUnreachable', message: 'debt-service does not answer' });
    expect(callers).toEqual([]);
  });

  it.each([
    ['certificate_required', 116],
    ['bad_certificate', 42],
    ['unknown_ca', 48],
  ])('and says %s has to be mended by somebody: it denies access', async (_, alert) => {
    // An alert of TLS as it comes in place of a handshake: type 21, version 3.3, two bytes, fatal.
    const port = await rawServer((socket) => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, alert])));
    const failed = await failureOf(
      (await portWith({ url: `https://127.0.0.1:${port}`, tls: known })).request(request),
    );
    expect(failed).toMatchObject({
      failure: 'PartnerDeniedAccess',
      message: 'debt-service does not take our certificate',
    });
  });

  it('is shown the same certificate by the way to its token endpoint', async () => {
    const { url, callers } = await strictPartner();
    const oauth2 = { tokenUrl: `${url}/token`, clientId: 'outflow', secretFile: 'secret' };
    await (await portWith({ url, tls: known, oauth2 })).request(request);
    expect(callers).toEqual(['/token outflow-routes', '/requests outflow-routes']);
  });
});

describe('a partner’s own certificate', () => {
  it.each([
    ['of another root than the one that is set', 'other-ca.pem', '127.0.0.1'],
    ['of a root that nobody set', undefined, '127.0.0.1'],
    ['for another host', 'ca.pem', '127.0.0.2'],
  ])('%s is not believed: nothing is sent', async (_, caFile, ip) => {
    const { url, callers } = await strictPartner(await ours.ofServer(ip));
    const tls = { ...known, caFile };
    const failed = await failureOf((await portWith({ url, tls })).request(request));
    expect(failed).toMatchObject({ failure: 'PartnerUnreachable' });
    expect((failed.cause as Error).message).toMatch(/certificate|altnames/);
    expect(allOf(failed)).not.toContain('PRIVATE KEY');
    expect(callers).toEqual([]);
  });
});

describe('a certificate that is of no use stops the start, in one line that does not quote it', () => {
  it.each([
    [{ certFile: 'known.pem' }, 'debt-service.tls: certFile and keyFile go together'],
    [
      { certFile: 'gone.pem', keyFile: 'known.key' },
      'debt-service.tls.certFile: there is no file to read at',
    ],
    [
      { certFile: 'no.pem', keyFile: 'known.key' },
      'debt-service.tls: certFile and keyFile are no certificate',
    ],
    [
      { certFile: 'known.pem', keyFile: 'no.pem' },
      'debt-service.tls: certFile and keyFile are no certificate',
    ],
    [
      { certFile: 'known.pem', keyFile: 'unknown.key' },
      'debt-service.tls: certFile and keyFile are no certificate and its key',
    ],
    [{ caFile: 'no.pem' }, 'debt-service.tls.caFile: holds no certificate (PEM)'],
  ])('%j', async (tls, line) => {
    const error: unknown = await portWith({ url: 'https://debts.example', tls }).catch(
      (cause: unknown) => cause,
    );
    expect(error).toBeInstanceOf(SettingsError);
    expect((error as Error).message).toContain(`Wrong setting: PARTNERS_FILE: ${line}`);
    expect(allOf(error)).not.toContain('no certificate at all');
  });
});
