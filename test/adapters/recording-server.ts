/** An HTTP server in a partner's place: writes down every call and gives the answer that it is told to. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface Call {
  readonly method: string;
  /** Path with its query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** @param answer - to each call; `undefined` breaks the connection */
export async function recordingServer(answer: (call: Call) => Answer | undefined) {
  const calls: Call[] = [];
  const server = createServer((req, res) => {
    void json(req)
      .catch(() => undefined)
      .then((body) => {
        const call = { method: req.method ?? '', url: req.url ?? '', headers: req.headers, body };
        calls.push(call);
        const given = answer(call);
        if (!given) return req.socket.destroy();
        res.writeHead(given.status, { 'content-type': 'application/json', ...given.headers });
        return res.end(given.body === undefined ? undefined : JSON.stringify(given.body));
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
