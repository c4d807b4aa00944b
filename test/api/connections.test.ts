/** What may come in over a socket: whatever it is, an answer that says what is wrong, and the connection ends in time. */
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { caller } from '../support/api-caller.ts';
import { aStart } from '../support/case-manager.ts';
import { until } from '../support/until.ts';
import { lineTo, raw } from './raw.ts';
import { startApiAlone, type ApiAlone } from './support.ts';

let alone: ApiAlone;
let token: string;

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);
const kindOf = (answer: string) => /problems\/([a-z-]+)"/.exec(answer)?.[1];
const countOf = (answer: string) => answer.split('HTTP/1.1 ').length - 1;
const head = (request: string, ...headers: string[]) =>
  [`${request} HTTP/1.1`, 'Host: x', `Authorization: Bearer ${token}`, ...headers, '', ''].join('\r\n');
const body = JSON.stringify(aStart);
const json = 'Content-Type: application/json';

describe('what cannot be read', () => {
  beforeAll(async () => {
    alone = await startApiAlone();
    token = await alone.token();
  });
  afterAll(() => alone.stop());

  const flood = Array.from({ length: 101 }, (_, i) => `x-${i}: 1`);
  it.each<[string, () => string, number, string]>([
    ['no HTTP at all', () => 'hello\r\n\r\n', 400, 'malformed-request'],
    ['a TLS handshake', () => '\u0016\u0003\u0001\u0002\u0000\u0001\r\n', 400, 'malformed-request'],
    ['a method that nobody knows', () => head('STEAL /v1/routes'), 400, 'malformed-request'],
    ['CONNECT', () => head('CONNECT example.org:443'), 400, 'malformed-request'],
    ['a header without a name', () => head('GET /v1/routes', ': x'), 400, 'malformed-request'],
    ['a folded header', () => head('GET /v1/routes', 'x: 1', ' y'), 400, 'malformed-request'],
    ['a header with a null byte', () => head('GET /v1/routes', 'x: \u0000'), 400, 'malformed-request'],
    ['no Host', () => 'GET /v1/health HTTP/1.1\r\n\r\n', 400, 'malformed-request'],
    ['two Hosts', () => head('GET /v1/routes', 'Host: y'), 400, 'malformed-request'],
    ['more headers than anybody sends', () => head('GET /v1/routes', ...flood), 431, 'headers-too-large'],
    ['a header of 17 KB', () => head('GET /v1/routes', `x: ${'y'.repeat(17_000)}`), 431, 'headers-too-large'],
    ['a path of 17 KB', () => head(`GET /v1/routes?stage=${'y'.repeat(17_000)}`), 431, 'headers-too-large'],
    [
      'two lengths of one body',
      () =>
        head('POST /v1/routes', json, `Content-Length: ${body.length}`, 'Transfer-Encoding: chunked') + body,
      400,
      'malformed-request',
    ],
    [
      'two different Content-Lengths',
      () => head('POST /v1/routes', json, 'Content-Length: 5', `Content-Length: ${body.length}`) + body,
      400,
      'malformed-request',
    ],
    [
      'a transfer encoding that hides another',
      () => head('POST /v1/routes', json, 'Transfer-Encoding: chunked, identity') + body,
      400,
      'malformed-request',
    ],
    [
      'a chunk that has no length',
      () => `${head('POST /v1/routes', json, 'Transfer-Encoding: chunked')}zz\r\n${body}\r\n0\r\n\r\n`,
      400,
      'malformed-request',
    ],
    [
      'a negative Content-Length',
      () => head('POST /v1/routes', json, 'Content-Length: -1') + body,
      400,
      'malformed-request',
    ],
  ])('%s is refused with a problem document', async (_, text, status, kind) => {
    const answer = await raw(alone.url, text());
    expect([statusOf(answer), kindOf(answer), countOf(answer)]).toEqual([status, kind, 1]);
    expect(answer).toMatch(/\r\nContent-Type: application\/problem\+json/);
    expect(answer).toMatch(/\r\nAPI-Version: \d/);
    expect(answer).toMatch(/\r\nCache-Control: no-store/);
    expect(answer).toMatch(/\r\nConnection: close/);
    expect(alone.asked).toEqual([]);
  });

  it.each<[string, string, number, string]>([
    ['a method that is no operation', 'PROPFIND /v1/routes', 405, 'method-not-allowed'],
    ['TRACE', 'TRACE /v1/routes', 405, 'method-not-allowed'],
    ['the whole server', 'OPTIONS *', 404, 'unknown-path'],
    ['a way out of the path', 'GET /v1/routes/../../etc/passwd', 404, 'unknown-path'],
    ['a hidden way out of the path', 'GET /v1/routes/..%2f..%2fetc%2fpasswd', 400, 'invalid-input'],
    ['a null byte in the path', 'GET /v1/routes/%00', 400, 'invalid-input'],
    ['no UTF-8 in the path', 'GET /v1/routes/%ff', 400, 'malformed-request'],
    ['a path within slashes', 'GET //v1//routes', 404, 'unknown-path'],
    ['another spelling of the path', 'GET /V1/Routes', 404, 'unknown-path'],
    ['a query that is never a filter', `GET /v1/routes?${'a=1&'.repeat(2000)}`, 400, 'invalid-input'],
  ])('%s is refused as any call', async (_, request, status, kind) => {
    const answer = await raw(alone.url, head(request, 'Connection: close'));
    expect([statusOf(answer), kindOf(answer)]).toEqual([status, kind]);
    expect(alone.asked).toEqual([]);
  });

  it('what comes after a whole call does not take the answer of that', async () => {
    const answer = await raw(alone.url, `${head('GET /v1/rule-sets')}garbage\r\n\r\n`);
    expect([statusOf(answer), countOf(answer)]).toEqual([200, 1]);
    const two = await raw(alone.url, `${head('GET /v1/rule-sets')}${head('GET /v1/nothing')}garbage\r\n\r\n`);
    expect(two.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 404']);
  });

  it('a body that was cut off is no body', async () => {
    const line = lineTo(alone.url, { allowHalfOpen: true });
    line.socket.end(head('POST /v1/routes', json, 'Content-Length: 1000') + body.slice(0, 20));
    const answer = await line.ended();
    expect([statusOf(answer), kindOf(answer)]).toEqual([400, 'malformed-request']);
    const chunked = lineTo(alone.url, { allowHalfOpen: true });
    chunked.socket.end(
      `${head('POST /v1/routes', json, 'Transfer-Encoding: chunked')}${body.length.toString(16)}\r\n${body}`,
    );
    expect(statusOf(await chunked.ended())).toBe(400);
    expect(alone.asked).toEqual([]);
  });
});

describe('whoever is slow', () => {
  beforeEach(async () => {
    alone = await startApiAlone({ server: { requestMs: 400, checkMs: 50, idleMs: 400, stalledMs: 500 } });
    token = await alone.token();
  });
  afterEach(() => alone.stop());

  it.each<[string, () => string]>([
    ['says nothing', () => ''],
    ['does not end the headers', () => `GET /v1/health HTTP/1.1\r\nHost: x\r\nx: `],
    [
      'does not end the body',
      () => head('POST /v1/routes', json, 'Content-Length: 1000') + body.slice(0, 20),
    ],
    ['does not end a chunk', () => `${head('POST /v1/routes', json, 'Transfer-Encoding: chunked')}ff\r\n{`],
  ])('and %s is told so', async (_, text) => {
    const answer = await raw(alone.url, text());
    expect([statusOf(answer), kindOf(answer)]).toEqual([408, 'request-too-slow']);
    expect(alone.asked).toEqual([]);
  });

  it('drop by drop, too', async () => {
    const line = lineTo(alone.url);
    line.socket.write('GET /v1/health HTTP/1.1\r\nHost: x\r\n');
    const drops = setInterval(() => line.socket.write('x: 1\r\n'), 40);
    const answer = await line.ended().finally(() => clearInterval(drops));
    expect([statusOf(answer), kindOf(answer)]).toEqual([408, 'request-too-slow']);
  });

  it('to ask again loses the connection, and nothing else', async () => {
    const line = lineTo(alone.url);
    line.socket.write(head('GET /v1/rule-sets'));
    expect(statusOf(await line.ended())).toBe(200);
  });

  it('to read an answer does not get the rest of it', async () => {
    const line = lineTo(alone.url);
    line.socket.pause();
    // Together more than the buffers between us hold.
    line.socket.write(head('GET /v1/openapi.json').repeat(30));
    await until('the server has it', async () => (await openTo(alone)) === 1);
    await until('the server has let go', async () => (await openTo(alone)) === 0);
    line.socket.resume();
    const heard = await line.ended();
    expect(countOf(heard)).toBeLessThan(30);
  });

  it('to go away, and has closed but its own half, is let go at once', async () => {
    const line = lineTo(alone.url, { allowHalfOpen: true });
    line.socket.write(head('GET /v1/rule-sets'));
    await until('it is answered', () => line.heard().includes('HTTP/1.1 200'));
    line.socket.end();
    expect(countOf(await line.ended(300))).toBe(1);
  });
});

/** How many connections the API has open. */
const openTo = (api: ApiAlone) => api.connections();

describe('connections', () => {
  it('are so many at the most: the next one is closed, and the log says so once', async () => {
    alone = await startApiAlone({ server: { connections: 3 } });
    const lines = Array.from({ length: 3 }, () => lineTo(alone.url));
    await until('three are open', async () => (await openTo(alone)) === 3);
    for (let i = 0; i < 3; i += 1) expect(await raw(alone.url, 'GET /v1/health HTTP/1.0\r\n\r\n')).toBe('');
    expect(alone.log.filter(({ msg }) => String(msg).includes('MAX_CONNECTIONS'))).toHaveLength(1);
    for (const { socket } of lines) socket.destroy();
    await until('there is room again', async () => (await openTo(alone)) === 0);
    expect(statusOf(await raw(alone.url, 'GET /v1/health HTTP/1.0\r\n\r\n'))).toBe(200);
    await alone.stop();
  });
});

describe('a server that stops', () => {
  it('answers what is under way, says that the connection ends with it, and takes nobody new', async () => {
    alone = await startApiAlone();
    token = await alone.token();
    const half = lineTo(alone.url);
    const text = head('POST /v1/routes', json, `Content-Length: ${body.length}`) + body;
    half.socket.write(text.slice(0, -10));
    await caller(alone.url, token).get('/rule-sets'); // leaves a connection that is kept
    const idle = lineTo(alone.url);
    idle.socket.write(head('GET /v1/rule-sets'));
    await until('it is answered', () => idle.heard().includes('HTTP/1.1 200'));
    const since = Date.now();
    const stopped = alone.stop();
    await idle.ended(2000);
    await expect(reached(alone.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(half.heard()).toBe('');
    half.socket.write(text.slice(-10));
    const answer = await half.ended();
    expect(statusOf(answer)).toBe(503); // Temporal is not there; the call was carried to its end
    expect(answer).toMatch(/\r\nConnection: close/);
    await stopped;
    expect(Date.now() - since).toBeLessThan(9000);
  });

  it('waits for nobody longer than it says', async () => {
    alone = await startApiAlone({ server: { drainMs: 300 } });
    token = await alone.token();
    const half = lineTo(alone.url);
    half.socket.write(head('POST /v1/routes', json, 'Content-Length: 1000'));
    await until('it is seen', async () => (await openTo(alone)) === 1);
    const since = Date.now();
    await alone.stop();
    expect(Date.now() - since).toBeLessThan(3000);
    expect(await half.ended()).toBe('');
  });
});

function reached(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) }, () => {
      socket.destroy();
      resolve();
    }).once('error', reject);
  });
}
