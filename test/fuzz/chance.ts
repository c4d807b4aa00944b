/** Choices that are the same for the same seed. */
import { seeded } from '../faults/aim.ts';

export class Chance {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  /** Whether something of this likelihood, from 0 to 1, happens. */
  of(likelihood: number): boolean {
    return this.#random() < likelihood;
  }

  /** A whole number from `least` to `most`. */
  from(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  /** One of several. */
  one<T>(all: readonly T[]): T {
    return all[this.from(0, all.length - 1)]!;
  }

  /** At most so many of several, in any order. */
  some<T>(all: readonly T[], most: number): T[] {
    return this.shuffled(all).slice(0, most);
  }

  shuffled<T>(all: readonly T[]): T[] {
    return all
      .map((each) => ({ each, at: this.#random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ each }) => each);
  }

  /** An id that no other event has. */
  id(): string {
    return `${this.from(0, 0x7fffffff).toString(16)}-${this.from(0, 0x7fffffff).toString(16)}`;
  }
}
