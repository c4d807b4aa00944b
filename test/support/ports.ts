/**
 * Ports for tests, below those that the system hands out by itself: between the moment that one is chosen and that somebody
 * listens there, or while a part is down, no server and no connection of another test can get it.
 */
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Linux hands out ports from 32768 on, others from 49152 on. */
const [first, last] = [10_000, 32_000];

/** A port that nobody ever listens on. */
export const closedPort = 2;

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = first + Math.floor(Math.random() * (last - first));
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
