/** Listens, and stops in order: no new calls, those under way get ten seconds. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SettingsError } from '../platform/settings.ts';

const slowestRequestMs = 15_000;
const drainMs = 10_000;
/** Connections that wait to be taken up: the usual 511 are too few for a partner that catches up after an outage. */
const backlog = 4096;
/** Longer than clients and proxies keep a connection: else one may be closed under a call that is on its way. */
const idleMs = 65_000;

export interface Listening {
  /** Where it listens, such as http://127.0.0.1:8080. */
  readonly url: string;
  /** Stops accepting, waits for the calls under way, and after ten seconds no longer. */
  stop(): Promise<void>;
}

/**
 * Listens for calls.
 * @param port - 0 takes any that is free
 * @param ending - called when no new calls are taken: ends what would not end by itself
 * @throws SettingsError when the port is taken
 */
export async function listen(
  app: RequestListener,
  { host, port, ending }: { host: string; port: number; ending?: () => void },
): Promise<Listening> {
  const server = createServer(
    { headersTimeout: slowestRequestMs, requestTimeout: slowestRequestMs, keepAliveTimeout: idleMs },
    app,
  );
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
    async stop() {
      const closed = once(server, 'close');
      server.close();
      ending?.();
      server.closeIdleConnections();
      const impatience = setTimeout(() => server.closeAllConnections(), drainMs);
      await closed;
      clearTimeout(impatience);
    },
  };
}
