/**
 * What a process knows of the latest changes: each route once, as it was seen last. By it a change is told once, however
 * often the store shows it, and a stream that broke off goes on where it was.
 */
import type { Row } from '../gateway/summary.ts';
import type { Change } from './audience.ts';
import type { Cursor } from './cursor.ts';

/** A route as it was seen last; `left`: by the change that was seen last. */
export interface Known extends Change {
  /** All municipalities that had it before. */
  readonly had: readonly string[];
  readonly text: string;
  /** Number of the change in this process; 0: it had changed before anybody watched here. */
  readonly told: number;
  readonly movedAt: number;
  readonly runStartedAt: number;
}

export class Memory {
  readonly #most: number;
  readonly #routes = new Map<string, Known>();
  #told = 0;
  /** All that changed from here on is known. */
  #knowsFrom = Infinity;
  /** The last change of this process that was forgotten. */
  #forgotten = 0;

  /** @param most - how many routes are remembered */
  constructor(most: number) {
    this.#most = most;
  }

  /** Number of the latest change. */
  get told(): number {
    return this.#told;
  }

  /** Nothing was taken in yet, or all was forgotten. */
  get isBlank(): boolean {
    return this.#knowsFrom === Infinity;
  }

  /**
   * Takes in what a look found.
   * @param since - from when on these are all that changed
   * @returns what is new, in the order in which it changed
   */
  take(rows: readonly Row[], since: number): Known[] {
    const knewFrom = this.#knowsFrom;
    const news: Known[] = [];
    for (const row of latestOfEach(rows)) {
      const before = this.#routes.get(row.summary.routeId);
      const text = JSON.stringify(row.summary);
      if (before && (isOlder(row, before) || before.text === text)) continue;
      // What changed before this process knew anything was told by another, or to nobody.
      const isNew = before !== undefined || row.movedAt >= knewFrom;
      const known = knownOf(row, text, before, isNew ? (this.#told += 1) : 0);
      this.#routes.set(row.summary.routeId, known);
      if (isNew) news.push(known);
    }
    this.#knowsFrom = Math.min(knewFrom, since);
    this.#forget();
    return news;
  }

  /** Whether all is known that was not told yet to who stands there. @param self - the name of this process */
  reaches(cursor: Cursor, self: string): boolean {
    return this.#goesByNumber(cursor, self) || this.#knowsFrom <= cursor.before;
  }

  /** What was not told yet to who stands there, in order; `byNumber`: that of the numbers of this process. */
  since(cursor: Cursor, self: string): { byNumber: boolean; missed: Known[] } {
    const all = [...this.#routes.values()];
    if (this.#goesByNumber(cursor, self)) {
      const missed = all.filter(({ told }) => told > cursor.told).sort((a, b) => a.told - b.told);
      return { byNumber: true, missed };
    }
    const missed = all.filter(({ movedAt }) => movedAt >= cursor.before);
    return { byNumber: false, missed: missed.sort((a, b) => a.movedAt - b.movedAt) };
  }

  #goesByNumber({ process, told }: Cursor, self: string): boolean {
    return process === self && told >= this.#forgotten && told <= this.#told;
  }

  /** Begins anew: so much changed that it could not be followed. */
  clear(): void {
    this.#routes.clear();
    this.#knowsFrom = Infinity;
    this.#forgotten = this.#told += 1;
  }

  /** The oldest go first; never a route that may go to another municipality: who has it now must hear so. */
  #forget(): void {
    if (this.#routes.size <= this.#most) return;
    const oldestFirst = [...this.#routes.values()]
      .filter(({ now }) => !now.blockers.includes('transfer-offered'))
      .sort((a, b) => a.movedAt - b.movedAt);
    for (const { now, told, movedAt } of oldestFirst.slice(0, Math.ceil(this.#most / 10))) {
      this.#routes.delete(now.routeId);
      this.#forgotten = Math.max(this.#forgotten, told);
      this.#knowsFrom = Math.max(this.#knowsFrom, movedAt + 1);
    }
  }
}

/** A run that has ended may be shown a while longer than the one that follows it. */
function latestOfEach(rows: readonly Row[]): Row[] {
  const latest = new Map<string, Row>();
  for (const row of rows) {
    const other = latest.get(row.summary.routeId);
    if (!other || !isOlder(row, other)) latest.set(row.summary.routeId, row);
  }
  return [...latest.values()].sort((a, b) => a.movedAt - b.movedAt);
}

const isOlder = (row: Omit<Row, 'summary'>, than: Omit<Row, 'summary'>): boolean =>
  row.runStartedAt === than.runStartedAt ? row.movedAt < than.movedAt : row.runStartedAt < than.runStartedAt;

function knownOf(
  { summary: now, movedAt, runStartedAt }: Row,
  text: string,
  before: Known | undefined,
  told: number,
): Known {
  const left = before && before.now.municipality !== now.municipality ? [before.now.municipality] : [];
  const had = [...new Set([...(before?.had ?? []), ...left])].filter((each) => each !== now.municipality);
  return { now, before: before?.now, left, had, text, told, movedAt, runStartedAt };
}
