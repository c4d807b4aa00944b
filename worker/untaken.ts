/** What was tried in vain and is still to be taken, by party: as far as this worker knows. */

/** Whatever waits is tried again within it (a notice each hour): what was not is another worker's by now, or is over. */
const knownForMs = 7_200_000;
/** Beyond these nobody counts any more. */
const mostKnown = 10_000;

export class Untaken {
  readonly #told: (party: string, count: number) => void;
  readonly #parties = new Map<string, Map<string, number>>();

  /** @param told - hears how many there are of a party, at each change and each minute */
  constructor(told: (party: string, count: number) => void) {
    this.#told = told;
    setInterval(() => this.#forget(Date.now() - knownForMs), 60_000).unref();
  }

  /** @param isOver - it is not tried again */
  ended(party: string, key: string, isOver: boolean): void {
    const keys = this.#parties.get(party) ?? new Map<string, number>();
    this.#parties.set(party, keys);
    if (isOver) keys.delete(key);
    else if (keys.size < mostKnown) keys.set(key, Date.now());
    this.#told(party, keys.size);
  }

  #forget(before: number): void {
    for (const [party, keys] of this.#parties) {
      for (const [key, at] of keys) if (at < before) keys.delete(key);
      this.#told(party, keys.size);
    }
  }
}
