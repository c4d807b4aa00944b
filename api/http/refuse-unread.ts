/**
 * What Node itself cannot read, or will not wait for, never becomes a call. It gets a problem document all the same, in
 * Dutch since nobody knows yet what was preferred, and the connection ends with it.
 */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { t } from '../../contracts/text.ts';
import type { Logger } from '../../platform/log.ts';
import { ApiProblem, documentOf, problems } from '../problems.ts';
import { version } from '../version.ts';
import type { CallsUnderWay } from './calls-under-way.ts';

/** Who is still sending hears the answer only if that is taken in for a moment: a connection that is cut loses it. */
const lingerMs = 500;
const droppedSaidEveryMs = 60_000;

/** Sees to it that a server refuses in this way. */
export function refuseUnread(server: Server, calls: CallsUnderWay, log: Logger | undefined): void {
  const refused = new WeakSet<Duplex>();
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (refused.has(socket)) return;
    refused.add(socket);
    // What came whole before it, in the same connection, still gets its own answer: another would be taken for that.
    if (!socket.writable || error.code === 'ECONNRESET') socket.destroy();
    else if (!calls.endAfterWhole(socket)) refuse(socket, problemOf(error.code), log);
  });
  server.on('connect', (_req, socket) => refuse(socket, problemOf('CONNECT'), log));
  let saidAt = -Infinity;
  server.on('drop', () => {
    if (Date.now() - saidAt < droppedSaidEveryMs) return;
    saidAt = Date.now();
    log?.warn('connections are refused: MAX_CONNECTIONS are open');
  });
}

function refuse(socket: Duplex, problem: ApiProblem, log: Logger | undefined): void {
  const id = randomUUID();
  log?.info({ req: { id }, problem: problem.kind }, 'refused before it was read');
  const { status } = problems[problem.kind];
  const body = Buffer.from(JSON.stringify(documentOf(problem, `/v1#${id}`, 'nl')));
  const headers = {
    ...alwaysSent,
    'X-Request-Id': id,
    Date: new Date().toUTCString(),
    'Content-Length': String(body.length),
  };
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  socket.end(body);
  setTimeout(() => socket.destroy(), lingerMs).unref();
}

/** Those of app.ts that say anything of a problem document. */
const alwaysSent = {
  'API-Version': version,
  'Cache-Control': 'no-store',
  'Content-Type': 'application/problem+json; charset=utf-8',
  'Content-Language': 'nl',
  'Content-Security-Policy': "default-src 'none';frame-ancestors 'none'",
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  Connection: 'close',
};

function problemOf(code: string | undefined): ApiProblem {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new ApiProblem(
      'headers-too-large',
      t('Pad en headers zijn samen groter dan 16 KB.', 'Path and headers are larger than 16 KB together.'),
    );
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new ApiProblem(
      'request-too-slow',
      t('Het verzoek was niet op tijd compleet.', 'The request was not complete in time.'),
    );
  return new ApiProblem(
    'malformed-request',
    t('Dit is geen HTTP-verzoek dat hier gelezen wordt.', 'This is no HTTP request that is read here.'),
  );
}
