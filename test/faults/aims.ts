/** Where a campaign wants to kill: each place that was seen, by each part. */
import { alignedTable } from '../../bench/lib/table.ts';

export class Aims<Part extends string> {
  readonly #parts: readonly Part[];
  readonly #triesEach: number;
  /** By place, by part: how often it was killed there, and how often in vain. */
  readonly #seen = new Map<string, Map<Part, { met: number; tried: number }>>();

  /** @param triesEach - how often a place is aimed at that is always left before the kill */
  constructor(parts: readonly Part[], triesEach: number) {
    this.#parts = parts;
    this.#triesEach = triesEach;
  }

  /** A part that is to be killed at this place; undefined when all were, or it was tried often enough. */
  next(place: string): Part | undefined {
    return this.#parts.find((part) => {
      const { met, tried } = this.#at(place, part);
      return met === 0 && tried < this.#triesEach;
    });
  }

  /**
   * Notes a kill.
   * @param died - where it was when it died
   * @returns whether that is a place at which this part was not killed before
   */
  killed(part: Part, aimedAt: string, died: string | undefined): boolean {
    this.#at(aimedAt, part).tried += 1;
    if (!died) return false;
    const there = this.#at(died, part);
    there.met += 1;
    return there.met === 1;
  }

  summary(): string {
    const all = [...this.#seen.values()].flatMap((by) => this.#parts.map((part) => by.get(part)?.met ?? 0));
    return `${all.filter((met) => met > 0).length} of ${all.length} places met`;
  }

  /** A line for each place: how often each part was killed there; `short` for one that was always left before the kill. */
  table(): string {
    const places = [...this.#seen.entries()].sort(([a], [b]) => a.localeCompare(b));
    const cell = (by: Map<Part, { met: number; tried: number }>, part: Part) => {
      const { met = 0, tried = 0 } = by.get(part) ?? {};
      return met > 0 ? String(met) : tried > 0 ? 'short' : '-';
    };
    return alignedTable([
      ['killed at', ...this.#parts],
      ...places.map(([place, by]) => [place, ...this.#parts.map((part) => cell(by, part))]),
    ]);
  }

  #at(place: string, part: Part): { met: number; tried: number } {
    const by = this.#seen.get(place) ?? new Map<Part, { met: number; tried: number }>();
    this.#seen.set(place, by);
    const found = by.get(part) ?? { met: 0, tried: 0 };
    by.set(part, found);
    return found;
  }
}
