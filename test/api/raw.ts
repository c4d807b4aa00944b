/** Speaks to the API over a bare socket: what no HTTP client would send. */
import { connect, type Socket } from 'node:net';

/** A connection that keeps what it hears. */
export interface Line {
  readonly socket: Socket;
  /** All that came so far. */
  heard(): string;
  /** All that came, once the other side has ended it. @throws Error when it has not within the time */
  ended(withinMs?: number): Promise<string>;
}

export function lineTo(url: string, options: { allowHalfOpen?: boolean } = {}): Line {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), ...options });
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  socket.on('error', () => undefined); // a connection that was cut is what many of these tests are about
  const closed = new Promise<void>((resolve) => {
    socket.once('end', resolve).once('close', () => resolve());
  });
  return {
    socket,
    heard: () => text,
    async ended(withinMs = 30_000) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new Error(`Open after ${withinMs} ms, having said: ${text}`)),
          withinMs,
        );
      });
      await Promise.race([closed, late]).finally(() => clearTimeout(timer));
      socket.destroy();
      return text;
    },
  };
}

/** Sends text, and gives back all that is answered until the other side ends the connection. */
export function raw(url: string, text: string, withinMs?: number): Promise<string> {
  const line = lineTo(url);
  line.socket.write(text);
  return line.ended(withinMs);
}
