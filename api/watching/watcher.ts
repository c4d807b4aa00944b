/** One open stream: tells its client what concerns it, as fast as the client reads and no faster. */
import type { EventStream } from '../http/event-stream.ts';
import { newsFor, type Audience, type Change } from './audience.ts';
import { endText, resetText, type EndReason, type Told } from './events.ts';

/** Beyond these a client that does not keep up loses events, and is told so when it reads again. */
const mostWaiting = 2000;
/** After this it is taken for gone. */
const patienceMs = 60_000;

export class Watcher {
  readonly #audience: Audience;
  readonly #stream: EventStream;
  /** The id of where the process stands now. */
  readonly #here: () => string;
  /** What the client was not sent yet: of each route the latest alone. */
  readonly #waiting = new Map<string, string>();
  #lost = false;
  #stuckSince: number | undefined;

  constructor(audience: Audience, stream: EventStream, here: () => string) {
    this.#audience = audience;
    this.#stream = stream;
    this.#here = here;
    stream.onDrain(() => this.#goOn());
  }

  /** Tells a change, where it concerns the client. */
  hear({ known, changed, left }: Told, change: Change = known): void {
    const news = newsFor(this.#audience, change);
    if (!news) return;
    const isTheLast = news === 'left' && this.#audience.routeId !== undefined;
    if (isTheLast) this.#send(left + endText('route-left'));
    else this.tell(known.now.routeId, news === 'left' ? left : changed);
    if (isTheLast) this.#stream.end();
  }

  /** What changed can't be told: the client has to read the list. */
  reset(): void {
    this.#waiting.clear();
    if (this.#stuckSince === undefined) this.#send(resetText(this.#here()));
    else this.#lost = true;
  }

  /** Says something that is of the moment: a client that does not read misses it. */
  say(text: string): void {
    if (this.#stuckSince === undefined) this.#send(text);
    else if (Date.now() - this.#stuckSince > patienceMs) this.#stream.cut();
  }

  end(reason: EndReason): void {
    this.say(endText(reason));
    this.#stream.end();
  }

  /** Tells something that may wait until the client has read what came before, and takes the place of what waits about the same. */
  tell(about: string, text: string): void {
    if (this.#lost) return;
    if (this.#stuckSince === undefined) {
      this.#send(text);
      return;
    }
    this.#waiting.delete(about);
    this.#waiting.set(about, text);
    if (this.#waiting.size > mostWaiting) this.reset();
  }

  #goOn(): void {
    this.#stuckSince = undefined;
    if (this.#lost) {
      this.#lost = false;
      this.#send(resetText(this.#here()));
      return;
    }
    for (const [about, text] of this.#waiting) {
      this.#waiting.delete(about);
      this.#send(text);
      if (this.#isStuck()) return;
    }
  }

  // A method, for the compiler does not see that sending changes it.
  #isStuck(): boolean {
    return this.#stuckSince !== undefined;
  }

  #send(text: string): void {
    if (!this.#stream.write(text)) this.#stuckSince ??= Date.now();
  }
}
