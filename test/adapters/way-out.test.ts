import { describe, expect, it, onTestFinished } from 'vitest';
import { httpNotifications } from '../../worker/adapters/http-notifications.ts';
import { httpPartner } from '../../worker/adapters/http-partner.ts';
import { askJson, sendJson } from '../../worker/adapters/post-json.ts';
import { usualLimits } from '../../worker/outbound/line.ts';
import { wayOut } from '../../worker/outbound/way-out.ts';
import { allOf, failureOf } from './failure-of.ts';
import { rawServer, webServer } from './listening.ts';
import { recordingServer } from './recording-server.ts';
import { bsn, files } from './zgw-asked.ts';

const request = files.completed;
const who = 'debt-service';
const recording = async (...answer: Parameters<typeof recordingServer>) => {
  const server = await recordingServer(...answer);
  onTestFinished(() => server.close());
  return server;
};
/** A call whose answer is read, on a way with tight limits. */
const ask = (baseUrl: string, limits = { withinMs: 400, bytes: 1000 }) =>
  askJson({ way: wayOut({ who, baseUrl }, { limits }), path: '/zaken', method: 'GET' });

describe('the way out', () => {
  it('follows no redirect, wherever it points', async () => {
    const elsewhere = await recording(() => ({ status: 202 }));
    for (const status of [301, 302, 303, 307, 308]) {
      const partner = await recording(() => ({ status, headers: { location: `${elsewhere.url}/requests` } }));
      const failed = await failureOf(httpPartner(wayOut({ who, baseUrl: partner.url })).request(request));
      expect(failed).toMatchObject({ failure: 'PartnerRejected' });
      expect(failed.message).toBe(`debt-service answered with status ${status}`);
      expect(partner.calls).toHaveLength(1);
    }
    expect(elsewhere.calls).toEqual([]);
  });

  it('leads to one host and port: whatever makes another of the address, nothing is sent', async () => {
    const [partner, other] = [
      await recording(() => ({ status: 202 })),
      await recording(() => ({ status: 202 })),
    ];
    const way = wayOut({ who, baseUrl: partner.url });
    const { host, port } = new URL(other.url);
    for (const path of [`@${host}/requests`, `.elsewhere.example/requests`, `${port.slice(0, 1)}/requests`]) {
      const failed = await failureOf(sendJson({ way, path, key: 'k', body: { bsn } }));
      expect(failed).toMatchObject({ failure: 'PartnerRejected' });
      expect(failed.message).toBe(`debt-service is called at ${partner.url} and nowhere else`);
    }
    expect([partner.calls, other.calls]).toEqual([[], []]);
  });

  it('reads an answer of up to a million bytes, and no more of one that goes on', async () => {
    let sent = 0;
    const url = await webServer((_req, res) => {
      const more = () => {
        if (res.destroyed) return;
        sent += 64_000;
        res.write('x'.repeat(64_000), () => setImmediate(more));
      };
      more();
    });
    const failed = await failureOf(ask(url, usualLimits));
    expect(failed).toMatchObject({
      failure: 'PartnerRejected',
      message: 'debt-service answered with more than is read',
    });
    expect(sent).toBeLessThan(20_000_000); // what was in flight; without a limit it goes on for ten seconds

    const large = await webServer((_req, res) => res.end(JSON.stringify('x'.repeat(999_990))));
    expect(await ask(large, usualLimits)).toHaveLength(999_990);
  });

  it.each([
    ['says that it is larger than what is read', '900000', 'x'.repeat(2000), 'PartnerRejected'],
    ['says that it is longer than it is', '900', '{"a":1}', 'PartnerUnreachable'],
    ['says that it is shorter than it is', '3', '{"a":1}', 'PartnerUnreachable'],
    ['says nothing of sense about its length', '-1', '{"a":1}', 'PartnerUnreachable'],
  ])('hears an answer that %s as a failure', async (_, length, body, failure) => {
    const port = await rawServer((socket) => {
      socket.end(
        `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`,
      );
    });
    expect(await failureOf(ask(`http://127.0.0.1:${port}`))).toMatchObject({ failure });
  });

  it('gives an answer that comes byte by byte its whole time, and no more', async () => {
    const url = await webServer((_req, res) => {
      res.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => res.write(' '), 20);
      res.on('close', () => clearInterval(drip));
    });
    const from = performance.now();
    const failed = await failureOf(ask(url));
    expect(failed).toMatchObject({
      failure: 'PartnerUnreachable',
      message: 'debt-service gave no answer that can be read',
    });
    expect(performance.now() - from).toBeGreaterThan(350);
  });

  it('does not wait for the rest of an answer whose status says enough', async () => {
    const url = await webServer((_req, res) => void res.writeHead(202).write('{'));
    const way = wayOut({ who, baseUrl: url }, { limits: { withinMs: 3_600_000, bytes: 1000 } });
    await expect(httpPartner(way).request(request)).resolves.toBeUndefined();
  });

  it.each([
    ['headers without end', `HTTP/1.1 200 OK\r\n${'x-more: and more\r\n'.repeat(5000)}`],
    ['headers byte by byte', 'HTTP/1.1 200'],
    ['no HTTP', `BSN ${bsn} is not known here\r\n\r\n`],
  ])('hears %s as no answer', async (_, said) => {
    const port = await rawServer((socket) => void socket.write(said));
    const failed = await failureOf(ask(`http://127.0.0.1:${port}`));
    expect(failed).toMatchObject({ failure: 'PartnerUnreachable', message: 'debt-service does not answer' });
    expect(failed.cause).toBeInstanceOf(Error);
    expect(allOf(failed)).not.toContain(bsn);
  });

  it('quotes nothing of an answer that is no JSON', async () => {
    const url = await webServer((_req, res) => res.end(`BSN ${bsn}`));
    expect(allOf(await failureOf(ask(url)))).not.toContain(bsn);
  });

  it('asks for nothing compressed, so that what is read is what came', async () => {
    const partner = await recording(() => ({ status: 200, body: {} }));
    await ask(partner.url);
    expect(partner.calls[0]!.headers).toMatchObject({ 'accept-encoding': 'identity' });
  });
});

describe('each call has a trace (W3C Trace Context)', () => {
  const traceparent = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-01$/;
  const tracesOf = (calls: Awaited<ReturnType<typeof recordingServer>>['calls']) =>
    calls.map(({ headers }) => traceparent.exec(String(headers.traceparent))!.slice(1));

  it('which is that of its request at each try, whichever worker tries; each try is a span of its own', async () => {
    const partner = await recording(() => ({ status: 202 }));
    for (const worker of [1, 2]) {
      const port = httpPartner(wayOut({ who: `${who} of worker ${worker}`, baseUrl: partner.url }));
      await port.request(request);
      await port.release(request);
    }
    await httpPartner(wayOut({ who, baseUrl: partner.url })).request(files.again);
    const traces = tracesOf(partner.calls);
    expect(new Set(traces.slice(0, 4).map(([trace]) => trace)).size).toBe(1);
    expect(traces[4]![0]).not.toBe(traces[0]![0]);
    expect(new Set(traces.map(([, span]) => span)).size).toBe(5);
  });

  it('which both sides find by the request’s id: the first half of its SHA-256', async () => {
    const partner = await recording(() => ({ status: 202 }));
    await httpPartner(wayOut({ who, baseUrl: partner.url })).request({ ...request, requestId: 'abc' });
    // SHA-256 of "abc", as FIPS 180-4 has it.
    expect(tracesOf(partner.calls)[0]![0]).toBe('ba7816bf8f01cfea414140de5dae2223');
  });

  it('which is another for a call that is about no request', async () => {
    const partner = await recording(() => ({ status: 200, body: {} }));
    await ask(partner.url);
    await ask(partner.url);
    const [first, second] = tracesOf(partner.calls);
    expect(first![0]).not.toBe(second![0]);
  });

  it('which a tracer may give in its place, with its state', async () => {
    const partner = await recording(() => ({ status: 202 }));
    const given = {
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00',
      tracestate: 'vendor=1',
    };
    const about: unknown[] = [];
    const tracing = (what?: string) => (about.push(what), given);
    await httpNotifications(wayOut({ who, baseUrl: partner.url }, { tracing }))({
      key: 'n-1',
      kind: 'reminder',
      to: 'debt-service',
      recipient: 'debt-service',
      routeId: request.routeId,
      municipality: 'GM0153',
      stepId: 'debt.plan',
      dueAt: request.dueAt,
      basis: 'agreed',
    });
    expect(partner.calls[0]!.headers).toMatchObject(given);
    expect(about).toEqual(['n-1']);
  });
});
