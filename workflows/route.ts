/** The route as its stages see it: one state, moved by pure transitions. */
import { workflowInfo } from '@temporalio/workflow';
import { outgoingOf } from '../domain/concern-terms.ts';
import type { RouteState } from '../domain/route-state.ts';
import { settled } from '../domain/settle.ts';
import { nextRest } from './at-rest.ts';
import { otherVersionIsCurrent } from './other-build.ts';

export class Route {
  state: RouteState;
  /** What the search attributes of this run say now, by name; unset until they were looked at. */
  shown: ReadonlyMap<string, string> | undefined;
  /** The state that was shown last. */
  published: RouteState | undefined;
  /** Requests that are being sent at this moment: while there are any, the moment is not quiet. */
  requestsInFlight = 0;
  /** Those of them that go out within the workflow task itself. */
  askedAtOnce = 0;
  /** How often the route was moved in this run, or heard what moved nothing. */
  moves = 0;
  /** When it was moved last, ms since 1970. */
  movedAt = 0;
  /** The server finds this run long enough; as it stood at the last move. */
  isLong = false;
  /** Another version of the worker was made current; as it stood at the last move. */
  isOutdated = false;
  /** Somebody asked to continue as new for the sake of other code. */
  rolledOver = false;
  /** How often anything came in from outside: a message, a timer, the end of an activity. */
  arrivals = 0;
  /**
   * What happens now was set off by what the workflow task brought, and not by the answer to what was asked within one:
   * see `endsNow`.
   */
  hearsTask = true;
  /**
   * Whether the run is to end at this moment: then it sends nothing more, the next one does. It ends together with
   * something that came in from outside. The answer to what was asked within a workflow task comes by itself: a worker that
   * rebuilds the run would end it there, before what came in at the same time, which nobody could hear any more.
   */
  endsNow = (): boolean => false;
  /** Something was heard in this workflow task, and nothing may have been asked of the server in it: see `leavesTraces`. */
  owesTrace = false;
  readonly leavesTraces: boolean;
  /** A workflow task ended while a partner was asked within it: this run may not be replayed beyond that. */
  split = false;
  /** It is left at the next rest of a task that is none of a replay. */
  isToBeLeft = false;
  /** What had come in before a partner was asked at once, when that outlasted a workflow task; else infinite. */
  heardBefore = Infinity;
  /**
   * The command that ends the run was given. The same workflow task may still bring the answer to a request that was
   * sent within it: nothing comes of that any more, for no command may follow that one. The next run asks again.
   */
  isOver = false;
  /** What can't be gone on from: the history was written by other code. */
  fault: Error | undefined;

  readonly #waiting = new Set<Waiting>();
  #lastRest: { readonly resolve: () => void; isSure: boolean } | undefined;
  #movedBy = 0;
  readonly #hasMoved = (): void => {
    this.#movedBy -= 1;
  };

  constructor(state: RouteState, leavesTraces = false) {
    this.state = state;
    this.leavesTraces = leavesTraces;
    this.tell(); // a run that begins is on the move
  }

  /**
   * Waits until something holds of the route. The SDK's `condition` says the same, but looks from outside, once for each
   * link of a chain of stages: with that it took twice as long to rebuild a route.
   */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      if (holds()) resolve();
      else this.#waiting.add({ holds, resolve });
    });
  }

  /** Lets who waits look again; to be called whenever something was changed that they may wait for. */
  tell(): void {
    if (this.isOver) return;
    this.#movedBy += 1;
    void done.then(this.#hasMoved);
    for (const waiting of this.#waiting) {
      if (!waiting.holds()) continue;
      this.#waiting.delete(waiting);
      waiting.resolve();
    }
  }

  /** Waits until all is done that was set off so far: no command may follow the one that ends a run. */
  lastRest(): Promise<void> {
    return new Promise((resolve) => {
      this.#lastRest = { resolve, isSure: false };
    });
  }

  /**
   * To be called at each rest. Answers whether it is to be called again at once: a run is left at the second rest in a
   * row, since others may have been woken together with the first.
   */
  rests(): boolean {
    const last = this.#lastRest;
    if (!last) return this.split;
    if (last.isSure) last.resolve();
    const again = !last.isSure;
    last.isSure = true;
    return again;
  }

  /** Whether somebody was told just now, and may not have come to it yet. */
  get isMoving(): boolean {
    return this.#movedBy > 0;
  }

  /** What is sent by a regular activity comes in the history after the answer to what set it off. */
  async #tellLater(): Promise<void> {
    this.#movedBy += 1;
    await nextRest();
    this.tell();
    this.#movedBy -= 1;
  }

  /**
   * Counts what came in from outside.
   * @param by - an Update leaves its answer in the history, whatever comes of it; what the route called off itself ends in
   *   the workflow task that has the command for it
   */
  arrived(by?: 'update' | 'called-off'): void {
    this.arrivals += 1;
    if (by !== 'called-off') this.hearsTask = true;
    if (by === undefined) this.owesTrace = this.leavesTraces;
    this.tell();
  }

  /** Moves the route by a pure transition. */
  change(transition: (state: RouteState, now: string) => RouteState): void {
    if (this.isOver) return;
    const now = new Date().toISOString(); // the workflow's own time: the same in a replay
    const before = this.state;
    this.state = settled(before, transition(before, now), now);
    if (this.state !== before) this.moves += 1;
    this.movedAt = Date.now();
    this.isLong = workflowInfo().continueAsNewSuggested;
    this.isOutdated = otherVersionIsCurrent();
    if (outgoingOf(this.state).length > outgoingOf(before).length) void this.#tellLater();
    else this.tell();
  }
}

/** What hangs on this happens when all that is happening now has happened. */
const done = Promise.resolve();

interface Waiting {
  readonly holds: () => boolean;
  readonly resolve: () => void;
}
