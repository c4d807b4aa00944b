/** The calls that are under way, by connection: which of them is the last on it, and that it is. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

interface Call {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

export class CallsUnderWay {
  readonly #calls = new Map<Duplex, Set<Call>>();
  #onIdle: (() => void) | undefined;

  begun(req: IncomingMessage, res: ServerResponse): void {
    const call = { req, res };
    const here = this.#calls.get(req.socket) ?? new Set();
    this.#calls.set(req.socket, here.add(call));
    if (this.#onIdle) endsWith(res);
    res.once('close', () => {
      here.delete(call);
      if (here.size === 0) this.#calls.delete(req.socket);
      // The connection is idle only after whoever closes the response is done with it.
      if (this.#onIdle) setImmediate(this.#onIdle);
    });
  }

  /** Each connection ends with the call that is under way on it, and with any that still comes. */
  endEach(onIdle: () => void): void {
    this.#onIdle = onIdle;
    for (const here of this.#calls.values()) for (const { res } of here) endsWith(res);
    onIdle();
  }

  /**
   * What came after the calls on a connection is unreadable: it ends with the last of those that came whole.
   * @returns whether there is any
   */
  endAfterWhole(socket: Duplex): boolean {
    const last = [...(this.#calls.get(socket) ?? [])].findLast(({ req }) => req.complete);
    if (!last) return false;
    endsWith(last.res);
    last.res.once('finish', () => socket.end());
    return true;
  }
}

function endsWith(res: ServerResponse): void {
  if (!res.headersSent) res.setHeader('Connection', 'close');
}
