/**
 * Looks at what changed, and keeps what it saw. The store shows a change somewhat later than the moment it bears, and in no
 * order: so each look goes back further than to the one before, now and then much further, and what was told is remembered.
 */
import type { Row } from '../gateway/summary.ts';
import { newProcessName, noProcess, written, type Cursor } from './cursor.ts';
import { Memory, type Known } from './memory.ts';

/** What a look found; `whole`: these are all. */
export interface Look {
  readonly rows: readonly Row[];
  readonly whole: boolean;
}

/**
 * Looks what changed since a moment, in milliseconds since 1970.
 * @param ends - whether routes that ended without another change are looked for as well
 * @param offers - whether those are that are offered to another municipality, whenever they changed
 */
export type LookAt = (asked: { since: number; ends: boolean; offers: boolean }) => Promise<Look>;

export interface Reach {
  /** How much further back than the last one a look goes. */
  readonly overlapMs: number;
  /** How far back the first one goes, and one now and then. */
  readonly farMs: number;
  readonly farEveryMs: number;
}

const usual: Reach = { overlapMs: 30_000, farMs: 600_000, farEveryMs: 30_000 };

/** As many routes as one look may find. */
const mostRemembered = 20_000;
/** Who comes with an older cursor reads the list. */
const oldestCursorMs = 86_400_000;

export class Outlook {
  readonly #look: LookAt;
  readonly #reach: Reach;
  readonly #name = newProcessName();
  readonly #memory = new Memory(mostRemembered);
  /** When the latest look began, and the latest of those that went far back. */
  #lookedAt: number | undefined;
  #lookedFarAt: number | undefined;
  /** From here on there was more than a look may find. */
  #tooFar = -Infinity;
  /** More changed at once than a look may find. */
  #isLost = false;

  constructor(look: LookAt, reach: Partial<Reach> = {}) {
    this.#look = look;
    this.#reach = { ...usual, ...reach };
  }

  /**
   * Looks what is new.
   * @param at - the moment, in milliseconds
   * @param back - from when on all has to be known, where that is further back than usual
   * @returns what is new, in order; `lost`: some of what was to be told could not be found
   * @throws ApiProblem temporal-away, too-many-in-flight; a later look makes up for it
   */
  async look(at: number, back = Infinity): Promise<{ news: readonly Known[]; lost: boolean }> {
    const near = this.#nearAt(at);
    const isFar = back < near || at - (this.#lookedFarAt ?? -Infinity) >= this.#reach.farEveryMs;
    const far = isFar ? Math.min(near, back, this.#farAt(at)) : near;
    const offers = this.#memory.isBlank;
    let since = far;
    let found = await this.#look({ since, ends: isFar, offers });
    if (!found.whole) this.#tooFar = Math.max(this.#tooFar, since);
    if (!found.whole && far < near) {
      since = near;
      found = await this.#look({ since, ends: false, offers });
    }
    this.#lookedAt = at;
    if (isFar) this.#lookedFarAt = at;
    const lost = this.#isLost;
    this.#isLost = !found.whole;
    if (found.whole) return { news: this.#memory.take(found.rows, since), lost };
    this.#memory.clear();
    return { news: [], lost: false };
  }

  /** Whether a look could find more of what was not told yet to who stands there. */
  lacks(cursor: Cursor, at: number): boolean {
    return !isTooOld(cursor, at) && !this.#memory.reaches(cursor, this.#name) && cursor.before > this.#tooFar;
  }

  /** What was not told yet to who stands there, each with its id; undefined when that can't be said any more. */
  missed(cursor: Cursor, at: number): { known: Known; id: string }[] | undefined {
    if (isTooOld(cursor, at) || !this.#memory.reaches(cursor, this.#name)) return undefined;
    const { byNumber, missed } = this.#memory.since(cursor, this.#name);
    // What goes by its moment is no number's turn: the ids say the moment alone, until all was told.
    const momentOf = ({ movedAt }: Known) => written({ before: movedAt, process: noProcess, told: 0 });
    return missed.map((known) => ({ known, id: byNumber ? this.idOf(known) : momentOf(known) }));
  }

  /** The id of a change: all that moved before it was told before it. */
  idOf({ movedAt, told }: Known): string {
    return written({ before: Math.min(movedAt, this.#surelyBefore()), process: this.#name, told });
  }

  /** The id of where this process stands. */
  here(): string {
    return written({ before: this.#surelyBefore(), process: this.#name, told: this.#memory.told });
  }

  #surelyBefore(): number {
    return Math.max(0, (this.#lookedAt ?? 0) - this.#reach.overlapMs);
  }

  #nearAt(at: number): number {
    const { overlapMs, farMs } = this.#reach;
    const near = this.#lookedAt === undefined ? at - farMs : this.#lookedAt - overlapMs;
    return Math.max(near, at - oldestCursorMs);
  }

  #farAt(at: number): number {
    const { overlapMs, farMs } = this.#reach;
    const far = Math.min(at - farMs, (this.#lookedFarAt ?? at) - overlapMs);
    return Math.max(far, at - oldestCursorMs);
  }
}

const isTooOld = ({ before }: Cursor, at: number): boolean => before < at - oldestCursorMs;
