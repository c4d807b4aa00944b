import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deadlocksAmong, FREE, type Wait } from '../../domain/deadlock.ts';

it('three who wait for each other are one deadlock', () => {
  const waits = [wait('debt', ['home']), wait('home', ['income'], ['debt']), wait('income', ['home'])];
  expect(deadlocksAmong(waits)).toEqual([['debt', 'home', 'income']]);
});

it('who waits for a deadlock is in none', () => {
  const waits = [wait('a', ['b']), wait('b', ['a']), wait('c', ['a'])];
  expect(deadlocksAmong(waits)).toEqual([['a', 'b']]);
});

it('one way out is enough', () => {
  expect(deadlocksAmong([wait('a', ['b', FREE]), wait('b', ['a'])])).toEqual([]);
  expect(deadlocksAmong([wait('a', ['b'], [FREE]), wait('b', ['a'])])).toEqual([['a', 'b']]);
});

it('who waits for itself is a deadlock, and who waits for what nobody can bring is none', () => {
  expect(deadlocksAmong([wait('a', ['a'])])).toEqual([['a']]);
  expect(deadlocksAmong([wait('a', [])])).toEqual([]);
});

it('random graphs: the same as by trying every way', () => {
  fc.assert(
    fc.property(graphs, (waits) => {
      expect(asSets(deadlocksAmong(waits))).toEqual(asSets(slowly(waits)));
    }),
    { numRuns: 2000 },
  );
});

it('random graphs: the members of a deadlock are apart from those of another, and one more way out never adds any', () => {
  fc.assert(
    fc.property(graphs, fc.nat(), (waits, at) => {
      const found = deadlocksAmong(waits);
      expect(new Set(found.flat()).size).toBe(found.flat().length);
      const freed = waits.map((each, i) =>
        i === at % waits.length ? { ...each, missing: each.missing.map((by) => [...by, FREE]) } : each,
      );
      const stuck = new Set(found.flat());
      expect(
        deadlocksAmong(freed)
          .flat()
          .every((id) => stuck.has(id)),
      ).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

function wait(id: string, ...missing: string[][]): Wait {
  return { id, missing };
}

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const graphs: fc.Arbitrary<Wait[]> = fc
  .uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 6 })
  .chain((present) =>
    fc.tuple(
      ...present.map((id) =>
        fc
          .array(fc.array(fc.constantFrom(...ids, FREE), { maxLength: 3 }), { minLength: 1, maxLength: 3 })
          .map((missing) => ({ id, missing })),
      ),
    ),
  );

const asSets = (found: string[][]) => found.map((each) => [...each].sort().join()).sort();

/**
 * The slow reference. Who goes on is played: in each round everybody for whom each thing can be brought by somebody who
 * can act, or has gone on. Of those who are left, two are in one deadlock when there is a walk from each to the other.
 */
function slowly(waits: readonly Wait[]): string[][] {
  const gone = new Set<string>([FREE, ...ids.filter((id) => !waits.some((each) => each.id === id))]);
  for (let round = 0; round < waits.length; round += 1)
    for (const { id, missing } of waits)
      if (missing.every((by) => by.some((each) => gone.has(each)))) gone.add(id);
  const stuck = waits.filter(({ id }) => !gone.has(id));
  const goals = (id: string) =>
    stuck
      .find((each) => each.id === id)!
      .missing.filter((by) => by.length > 0 && by.every((each) => !gone.has(each)))
      .flat();
  const walk = (from: string, to: string, length: number): boolean =>
    length > 0 && goals(from).some((next) => next === to || walk(next, to, length - 1));
  const reach = (from: string, to: string) => walk(from, to, stuck.length);
  const found: string[][] = [];
  for (const { id } of stuck) {
    if (!reach(id, id) || found.flat().includes(id)) continue;
    found.push(stuck.map((each) => each.id).filter((other) => reach(id, other) && reach(other, id)));
  }
  return found;
}
