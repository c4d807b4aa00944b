/** Stands in front of a server and passes calls on, but for those that somebody answers or changes on their way. */
import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as it came; what its body says. */
export interface Passing {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** An answer in place of the server's, or another body for the server; undefined: passed on as it came. */
export type Meddling =
  | { readonly status: number; readonly body: object; readonly headers?: Record<string, string> }
  | { readonly instead: string }
  | undefined;

export interface Front {
  readonly url: string;
  close(): void;
}

/** @param to - the server's base URL, asked at each call */
export async function frontOf(to: () => string, meddle: (passing: Passing) => Meddling): Promise<Front> {
  const server = createServer((req, res) => {
    bodyOf(req).then(
      (body) => pass(req, res, body),
      () => res.destroy(),
    );
  }).listen(0, '127.0.0.1');
  const pass = (req: IncomingMessage, res: ServerResponse, body: string) => {
    const path = req.url ?? '/';
    const act = meddle({ path, authorization: req.headers.authorization, body });
    if (act && 'status' in act) {
      res.writeHead(act.status, { 'content-type': 'application/json', ...act.headers });
      res.end(JSON.stringify(act.body));
      return;
    }
    const sent = act?.instead ?? body;
    const { 'content-length': _, 'transfer-encoding': __, host: ___, ...others } = req.headers;
    const headers = { ...others, 'content-length': Buffer.byteLength(sent) };
    const passed = forward(`${to()}${path}`, { method: req.method, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    passed.once('error', () => res.destroy()); // whoever is behind it is away
    passed.end(sent);
  };
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
