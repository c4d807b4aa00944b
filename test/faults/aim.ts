/** Chooses what to kill next, and when: the part for which the routes stand in most places that no kill has met yet. */
import { allCells, cellOf, hitsAt, partNames, type PartName } from './matrix.ts';
import type { Case } from './caseload.ts';

/** A look that is older says too little about where a route is. */
const freshMs = 900;
/** Right after a kill only a rich moment is taken; the longer it takes, the less is asked of one. */
const firstAsked = 10;
const lessEveryMs = 400;

/** Numbers from 0 to 1, the same for the same seed (mulberry32): a run can be told by its seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How many cells a kill of each part would likely fill at this moment. */
export function worthNow(routes: readonly Case[], filled: ReadonlySet<string>): Map<PartName, number> {
  const now = Date.now();
  const hits = routes.filter(({ seenAt }) => now - seenAt < freshMs).flatMap(({ view }) => hitsAt(view, now));
  return new Map(
    partNames.map((part) => {
      const cells = new Set(hits.map((hit) => cellOf(part, hit)));
      return [part, [...cells].filter((cell) => !filled.has(cell)).length];
    }),
  );
}

/** The part to kill now, or nothing while a better moment may come. */
export function choose(
  worth: ReadonlyMap<PartName, number>,
  waitedMs: number,
  random: () => number,
): PartName | undefined {
  const best = Math.max(...worth.values());
  if (best < Math.max(1, firstAsked - Math.floor(waitedMs / lessEveryMs))) return undefined;
  const equals = partNames.filter((part) => worth.get(part) === best);
  return equals[Math.floor(random() * equals.length)];
}

/** The cells that no kill has met. */
export const unfilled = (filled: ReadonlySet<string>): string[] =>
  allCells.filter((cell) => !filled.has(cell));
