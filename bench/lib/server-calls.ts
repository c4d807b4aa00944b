/** Which calls a development server got, by its own count. */
import { spawn } from 'node:child_process';
import { Connection } from '@temporalio/client';
import { freePort } from '../../test/support/ports.ts';
import { registerAttributes } from '../../test/support/servers.ts';
import { until } from '../../test/support/until.ts';

/** How often each operation of the frontend was called. */
export type Calls = ReadonlyMap<string, number>;

/** @param metricsUrl - of the server's Prometheus page */
export async function callsAt(metricsUrl: string): Promise<Calls> {
  const calls = new Map<string, number>();
  const page = await (await fetch(metricsUrl)).text();
  for (const line of page.split('\n')) {
    const operation = /^service_requests\{.*operation="([^"]+)"/.exec(line)?.[1];
    if (!operation || !line.includes('service_name="frontend"')) continue;
    calls.set(operation, (calls.get(operation) ?? 0) + Number(line.split(' ').at(-1)));
  }
  return calls;
}

/** What came in between. */
export const since = (before: Calls, after: Calls): Calls =>
  new Map([...after].map(([name, count]) => [name, count - (before.get(name) ?? 0)]));

/** A development server, in memory, that can be asked what it was called; whoever begins it stops it. */
export async function aServer(): Promise<{ address: string; metricsUrl: string; stop: () => void }> {
  const [port, metricsPort] = [await freePort(), await freePort()];
  const address = `127.0.0.1:${port}`;
  const flags = ['--headless', '--port', String(port), '--metrics-port', String(metricsPort)];
  const child = spawn(process.env['TEMPORAL_CLI_PATH']!, [...start, ...flags], { stdio: 'ignore' });
  const connection = await until('the server answers', () => Connection.connect({ address }));
  await registerAttributes(connection);
  await connection.close();
  return {
    address,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    stop: () => void child.kill('SIGKILL'),
  };
}

const start = ['server', 'start-dev', '--log-level', 'never'];
