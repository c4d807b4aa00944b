/** Listens, and stops in order: no new calls, those under way get ten seconds. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import type { Logger } from '../platform/log.ts';
import { SettingsError } from '../platform/settings.ts';
import { CallsUnderWay } from './http/calls-under-way.ts';
import { refuseUnread } from './http/refuse-unread.ts';

export interface ServerLimits {
  /** All headers must be there by then, and the whole request by then. */
  readonly requestMs: number;
  /** How often that is looked at. */
  readonly checkMs: number;
  /** Longer than clients and proxies keep a connection: else one may be closed under a call that is on its way. */
  readonly idleMs: number;
  /** A connection on which nothing moves during a call: who does not read an answer does not get the rest of it. */
  readonly stalledMs: number;
  /** How long calls under way may take once the server stops. */
  readonly drainMs: number;
  /** Each costs some 20 KB and a file descriptor: beyond that the process would fall over for all of them. */
  readonly connections: number;
}

const usual: ServerLimits = {
  requestMs: 15_000,
  checkMs: 1000,
  idleMs: 65_000,
  stalledMs: 60_000,
  drainMs: 10_000,
  connections: 10_000,
};
/** Connections that wait to be taken up: the usual 511 are too few for a partner that catches up after an outage. */
const backlog = 4096;
const headersBytes = 16 * 1024;

export interface Listening {
  /** Where it listens, such as http://127.0.0.1:8080. */
  readonly url: string;
  /** How many connections are open. */
  connections(): Promise<number>;
  /** Stops accepting, waits for the calls under way, and after ten seconds no longer. */
  stop(): Promise<void>;
}

/**
 * Listens for calls.
 * @param port - 0 takes any that is free
 * @param ending - called when no new calls are taken: ends what would not end by itself
 * @param log - hears of calls that were refused before they could be read; left out: nobody does
 * @throws SettingsError when the port is taken
 */
export async function listen(
  app: RequestListener,
  {
    host,
    port,
    ending,
    log,
    ...given
  }: { host: string; port: number; ending?: () => void; log?: Logger } & Partial<ServerLimits>,
): Promise<Listening> {
  const { requestMs, checkMs, idleMs, stalledMs, drainMs, connections } = { ...usual, ...given };
  const server = createServer({
    headersTimeout: requestMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: checkMs,
    keepAliveTimeout: idleMs,
    maxHeaderSize: headersBytes,
    requireHostHeader: false, // well-formed.ts says so in a problem document
  });
  server.maxHeadersCount = 0; // Node would leave out those beyond a number, and say nothing: well-formed.ts counts them
  server.maxConnections = connections;
  server.timeout = stalledMs;
  const calls = new CallsUnderWay();
  server.on('request', (req, res) => calls.begun(req, res)).on('request', app);
  server.on('checkExpectation', app); // an expectation may be left unmet (RFC 9110, 10.1.1)
  refuseUnread(server, calls, log);

  server.listen({ host, port, backlog });
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new SettingsError(`Port ${port} is taken: set PORT`);
  }
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    connections: () => promisify(server.getConnections.bind(server))(),
    async stop() {
      const closed = once(server, 'close');
      server.close();
      ending?.();
      calls.endEach(() => server.closeIdleConnections());
      const impatience = setTimeout(() => server.closeAllConnections(), drainMs);
      await closed;
      clearTimeout(impatience);
    },
  };
}
