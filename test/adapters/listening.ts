/** Servers on loopback that live as long as a test. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createRawServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** @returns the port on which it listens */
export async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return (server.address() as AddressInfo).port;
}

/** A web server that answers in a way of its own. @returns its base URL */
export const webServer = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listening(createServer(listener))}`;

/** One that sends these bytes, whatever it is asked, and whether or not they are HTTP. @returns its port */
export const rawServer = (say: (socket: Socket) => void): Promise<number> =>
  listening(createRawServer((socket) => void socket.once('data', () => say(socket))));
