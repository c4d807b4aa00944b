/**
 * News about one route goes together: while a call about it is under way, what else comes waits, and then goes in one
 * call, in the order in which it came. A route takes ten Updates at a time and a few dozen a second; and where more
 * than a hundred Signals come in while its worker thinks, the server takes the task away from the worker and has it
 * begin anew, again and again for as long as the flood lasts. Two thousand events in forty calls are no flood.
 */
import { context, type Context } from '../../platform/tracing.ts';

interface Waiting<In, Out> {
  readonly one: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
  /** The trace that it is part of. */
  readonly trace: Context;
}

export class Together<In, Out> {
  readonly #most: number;
  readonly #call: (routeId: string, all: readonly In[]) => Promise<readonly PromiseSettledResult<Out>[]>;
  readonly #routes = new Map<string, Waiting<In, Out>[]>();

  /**
   * @param call - gives what came of each, in the same order; may throw, which then holds for each
   * @param most - how many go in one call
   */
  constructor(
    call: (routeId: string, all: readonly In[]) => Promise<readonly PromiseSettledResult<Out>[]>,
    most: number,
  ) {
    this.#most = most;
    this.#call = call;
  }

  /** Sends one with the next call, and gives what came of it. */
  send(routeId: string, one: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      const waiting = this.#routes.get(routeId);
      if (waiting) {
        waiting.push({ one, resolve, reject, trace: context.active() });
        return;
      }
      this.#routes.set(routeId, [{ one, resolve, reject, trace: context.active() }]);
      void this.#sendAll(routeId);
    });
  }

  async #sendAll(routeId: string): Promise<void> {
    const waiting = this.#routes.get(routeId)!;
    while (waiting.length > 0) {
      const now = waiting.splice(0, this.#most);
      try {
        const all = now.map(({ one }) => one);
        const results = await context.with(now[0]!.trace, () => this.#call(routeId, all));
        now.forEach(({ resolve, reject }, i) => {
          const result = results[i]!;
          if (result.status === 'fulfilled') resolve(result.value);
          else reject(result.reason);
        });
      } catch (error) {
        for (const { reject } of now) reject(error);
      }
    }
    this.#routes.delete(routeId);
  }
}

/** A look at something that many may ask for at once: who comes while one is under way gets what that one finds. */
export function shared<T>(look: (routeId: string) => Promise<T>): (routeId: string) => Promise<T> {
  const underWay = new Map<string, Promise<T>>();
  return (routeId) => {
    const before = underWay.get(routeId);
    if (before) return before;
    const looking = look(routeId).finally(() => underWay.delete(routeId));
    underWay.set(routeId, looking);
    return looking;
  };
}
