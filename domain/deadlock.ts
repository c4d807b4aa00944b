/**
 * Finding deadlocks: who waits for whom, as a graph. A wait that nothing can end by itself is dead; dead ones that wait
 * for each other, round and round, are a deadlock (a strongly connected component). Knows nothing of routes.
 */

/** Somebody who waits. */
export interface Wait {
  readonly id: string;
  /**
   * For each thing that is missing, all who could bring it about: the id of another who waits, or `free` for one who
   * can act. Nobody: it can't be had.
   */
  readonly missing: readonly (readonly string[])[];
}

export const FREE = 'free';

/** The deadlocks among waits: each the ids of its members, in the order in which they came in. */
export function deadlocksAmong(waits: readonly Wait[]): string[][] {
  const dead = deadAmong(waits);
  const goals = new Map(dead.map(({ id, missing }) => [id, goalsOf(missing, dead)]));
  const reached = new Map(dead.map(({ id }) => [id, reachedFrom(id, goals)]));
  const deadlocks: string[][] = [];
  const placed = new Set<string>();
  for (const { id } of dead) {
    if (placed.has(id) || !reached.get(id)!.has(id)) continue; // it waits for a deadlock, and is in none
    const members = dead
      .map((each) => each.id)
      .filter((other) => reached.get(id)!.has(other) && reached.get(other)!.has(id));
    for (const member of members) placed.add(member);
    deadlocks.push(members);
  }
  return deadlocks;
}

/** Those that never go on by themselves: what is left when all that can go on has gone on. */
function deadAmong(waits: readonly Wait[]): readonly Wait[] {
  let left = waits;
  for (;;) {
    const ids = new Set(left.map(({ id }) => id));
    const canBe = (by: string): boolean => by === FREE || !ids.has(by);
    const still = left.filter(({ missing }) => missing.some((bringers) => !bringers.some(canBe)));
    if (still.length === left.length) return left;
    left = still;
  }
}

/** For whom a dead one waits: all who could bring about what nobody alive can. */
function goalsOf(missing: Wait['missing'], dead: readonly Wait[]): readonly string[] {
  const ids = new Set(dead.map(({ id }) => id));
  const isDead = (by: string): boolean => ids.has(by);
  return missing.filter((bringers) => bringers.every(isDead)).flat();
}

function reachedFrom(id: string, goals: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set<string>();
  const ahead = [...(goals.get(id) ?? [])];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    ahead.push(...(goals.get(next) ?? []));
  }
  return reached;
}
