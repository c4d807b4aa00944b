/** A reply that does not end: server-sent events (HTML Standard, 9.2). */
import type { Request, Response } from 'express';

/** How the kernel finds a client that is gone without a word. */
const askedAfterMs = 30_000;

const headers = {
  'Content-Type': 'text/event-stream',
  // Else nginx collects what it should pass on.
  'X-Accel-Buffering': 'no',
  // A stream has a connection to itself, and takes it along when it ends.
  Connection: 'close',
};

/** What is told to one client. */
export class EventStream {
  readonly #res: Response;

  constructor(res: Response) {
    this.#res = res;
  }

  get isOpen(): boolean {
    return !this.#res.writableEnded && !this.#res.destroyed;
  }

  /**
   * Writes text of whole events.
   * @returns whether the client keeps up; when not, `onDrain` says when it has read what was written
   */
  write(text: string): boolean {
    return !this.isOpen || this.#res.write(text);
  }

  onDrain(act: () => void): void {
    this.#res.on('drain', act);
  }

  /** Acts once when the stream is over, whoever ended it; at once when it is already. */
  onEnd(act: () => void): void {
    if (this.isOpen) this.#res.once('close', act);
    else act();
  }

  /** Ends it. A client that does not read is not waited for. */
  end(): void {
    if (this.#res.writableNeedDrain) this.cut();
    else this.#res.end();
  }

  /** Breaks it off. */
  cut(): void {
    this.#res.destroy();
  }
}

/** Answers with a stream, and hands it to who tells. Who asked for the headers alone gets them, and a stream that is over. */
export function openStream(req: Request, res: Response, tell: (stream: EventStream) => void): void {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  if (req.method === 'HEAD') res.end();
  else res.flushHeaders();
  req.socket.setKeepAlive(true, askedAfterMs);
  tell(new EventStream(res));
}
