/** Metrics of a process for Prometheus: at a port of their own, which nobody outside has to reach. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Logger } from './log.ts';
import { SettingsError } from './settings.ts';

export { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** With what Node.js says of the process itself: memory, processor, how late its event loop is. */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

export interface MetricsServer {
  /** Where the metrics are, such as http://127.0.0.1:9465/metrics. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Serves them at `/metrics`.
 * @param address - host:port; port 0 takes any that is free
 * @throws SettingsError when it can't listen there
 */
export async function serveMetrics(address: string, registry: Registry, log: Logger): Promise<MetricsServer> {
  const [host = '', port = ''] = address.split(':');
  const server = createServer((req, res) => {
    if (req.method !== 'GET' || req.url?.split('?')[0] !== '/metrics') {
      res.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => res.writeHead(200, { 'content-type': registry.contentType }).end(text),
      (error: unknown) => {
        log.error({ err: error }, 'metrics failed');
        res.writeHead(500).end();
      },
    );
  });
  server.listen(Number(port), host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw cannotListen(address, error);
  }
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${taken}/metrics`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** One line for whoever started the process. */
export function cannotListen(address: string, cause: unknown): SettingsError {
  const why = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
  return new SettingsError(`Wrong setting: METRICS_ADDRESS: cannot listen at ${address} (${why})`);
}
