/**
 * How many may wait for one ledger at the same time. (Libraries limit how much is under way, by a number that somebody
 * chose; here the number follows from how fast the ledger is, on whatever machine, at this moment.)
 */

/** Whoever is let in has an answer within so long, at the pace of late. */
const waitMs = 2000;
const callersAtMost = 400;
/** Fewer would not fill its calls, and it would never be seen to be fast again. */
const callersAtLeast = 100;
/** A call with few commands in it says how long a call takes, not how long a command does. */
const tellsFrom = 10;
const weightOfLatest = 0.3;

export class Pace {
  #msEach = 0;

  /** A call came back. */
  took(ms: number, commands: number): void {
    if (commands < tellsFrom) return;
    const each = ms / commands;
    this.#msEach = this.#msEach === 0 ? each : this.#msEach + weightOfLatest * (each - this.#msEach);
  }

  /** How many callers may wait. */
  get room(): number {
    if (this.#msEach === 0) return callersAtMost;
    return Math.min(callersAtMost, Math.max(callersAtLeast, Math.floor(waitMs / this.#msEach)));
  }
}
