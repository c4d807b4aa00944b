/** Remembers that nobody answers, so that not every piece of news waits for the same dead worker. */

const rememberedMs = 5000;

/**
 * One route that does not answer may be stuck by itself; two different ones mean that the worker is away. What is
 * remembered is forgotten after five seconds, and as soon as any route answers.
 */
export class Silence {
  readonly #routes = new Map<string, number>();
  readonly #now: () => number;
  #brokenAt = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Whether it is of no use to wait for this route now. */
  holds(routeId: string): boolean {
    for (const [silent, since] of this.#routes)
      if (this.#now() - since > rememberedMs) this.#routes.delete(silent);
    return this.#routes.has(routeId) || this.#routes.size > 1;
  }

  /** A route did not answer in time. */
  noticed(routeId: string): void {
    this.#routes.set(routeId, this.#now());
  }

  /** A route answered: there is a worker. */
  broken(): void {
    this.#routes.clear();
    this.#brokenAt = this.#now();
  }

  /** When a route last answered, in milliseconds; 0: never yet. */
  get brokenAt(): number {
    return this.#brokenAt;
  }
}
