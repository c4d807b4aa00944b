import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tellable } from '../../../domain/figures/keep-back.ts';
import {
  addsUp,
  ages,
  cell,
  everywhere,
  newTally,
  type Counted,
  type Counts,
} from '../../../domain/figures/tally.ts';

const now = '2026-11-30T09:00:00.000Z';
const aRoute: Counted = {
  municipality: 'GM0153',
  stage: 'intake',
  health: 'OnTrack',
  waitingOn: ['case-manager'],
  blockers: ['no-identity'],
  stageSince: now,
};
const tallyOf = (...groups: [count: number, more: Partial<Counted>][]): Counts => {
  const tally = newTally(now);
  for (const [count, more] of groups) for (let i = 0; i < count; i += 1) tally.add({ ...aRoute, ...more });
  return tally.counts;
};

describe('a tally', () => {
  it('counts a route by all that lists show of it, in its municipality and everywhere', () => {
    const counts = tallyOf(
      [2, {}],
      [3, { municipality: 'GM0141', health: 'Overdue', waitingOn: ['debt-service', 'case-manager'] }],
    );
    const count = (place: string, name: string) => counts.get(place)?.get(name) ?? 0;
    expect([count('GM0153', cell.total), count('GM0141', cell.total), count(everywhere, cell.total)]).toEqual(
      [2, 3, 5],
    );
    expect(count(everywhere, cell.waiting('case-manager'))).toBe(5);
    expect(count(everywhere, cell.overdue('case-manager'))).toBe(3);
    expect(count('GM0141', cell.waiting('debt-service'))).toBe(3);
    expect(count('GM0153', cell.waiting('debt-service'))).toBe(0);
    expect(count(everywhere, cell.blocker('no-identity'))).toBe(5);
  });

  it.each([
    ['2026-11-30T09:00:00.000Z', 'under-1-month'],
    ['2026-10-30T09:00:00.001Z', 'under-1-month'],
    ['2026-10-30T09:00:00.000Z', '1-to-3-months'],
    ['2026-08-30T09:00:00.000Z', '3-to-6-months'],
    ['2026-05-30T09:00:00.000Z', '6-to-12-months'],
    ['2025-11-30T09:00:00.001Z', '6-to-12-months'],
    ['2025-11-30T09:00:00.000Z', 'over-12-months'],
  ] as const)('counts a route in its stage since %s as %s', (stageSince, age) => {
    const cells = tallyOf([1, { stageSince }]).get(everywhere)!;
    expect(ages.filter((each) => cells.has(cell.age('intake', each)))).toEqual([age]);
  });
});

describe('figures', () => {
  it('under five are kept back', () => {
    const told = tellable(tallyOf([5, {}], [4, { municipality: 'GM0141' }]), 5);
    expect([told('GM0153', cell.total), told('GM0141', cell.total)]).toEqual([5, undefined]);
    expect(told('GM0164', cell.total)).toBeUndefined();
  });

  it('from which one under five could be reckoned are kept back as well, the smallest first', () => {
    const counts = tallyOf([20, {}], [9, { stage: 'housing' }], [3, { stage: 'cti' }]);
    const told = tellable(counts, 5);
    expect(['intake', 'housing', 'cti'].map((stage) => told('GM0153', cell.stage(stage)))).toEqual([
      20,
      undefined,
      undefined,
    ]);
  });

  it('of which there are none say nothing about the others', () => {
    const cells = new Map([
      [cell.stage('intake'), 60],
      [cell.stage('housing'), 0],
    ]);
    expect(tellable(new Map([['GM0153', cells]]), 5)('GM0153', cell.stage('intake'))).toBe(60);
  });

  it('of a party that all but a few are late with tell neither', () => {
    const late = { health: 'Overdue', waitingOn: ['debt-service'] } satisfies Partial<Counted>;
    const told = tellable(tallyOf([30, late], [2, { ...late, health: 'OnTrack' }], [9, {}]), 5);
    expect(told('GM0153', cell.waiting('debt-service'))).toBe(32);
    expect(told('GM0153', cell.overdue('debt-service'))).toBeUndefined();
  });

  it('of all municipalities together are kept back where one of them has so few, and those of the others are told', () => {
    const told = tellable(tallyOf([20, {}], [3, { municipality: 'GM0141' }]), 5);
    expect([everywhere, 'GM0153', 'GM0141'].map((place) => told(place, cell.total))).toEqual([
      undefined,
      20,
      undefined,
    ]);
  });

  it('whatever they are, never let anybody reckon fewer than five, nor a single one', () => {
    const route = fc.record({
      municipality: fc.constantFrom('GM0153', 'GM0141', 'GM0164'),
      stage: fc.constantFrom('intake', 'housing', 'cti'),
      health: fc.constantFrom('OnTrack', 'DueSoon', 'Overdue'),
    });
    const groups = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), route), { maxLength: 12 });
    fc.assert(
      fc.property(groups as fc.Arbitrary<[number, Partial<Counted>][]>, (drawn) => {
        const counts = tallyOf(...drawn);
        const told = tellable(counts, 5);
        const keptOf = (parts: [place: string, name: string][]) =>
          parts
            .filter(([place, name]) => told(place, name) === undefined)
            .map(([place, name]) => counts.get(place)!.get(name)!);
        // Of all together only what is told can be held against the parts.
        const columns = [...(counts.get(everywhere)?.keys() ?? [])]
          .filter((name) => told(everywhere, name) !== undefined)
          .map((name) => places(counts, name).map((place): [string, string] => [place, name]));
        for (const parts of [...rows(counts), ...columns]) {
          const kept = keptOf(parts);
          const sum = kept.reduce((all, each) => all + each, 0);
          expect(kept.length === 0 || kept.length === parts.length || (kept.length > 1 && sum >= 5)).toBe(
            true,
          );
        }
      }),
    );
  });
});

const places = (counts: Counts, name: string): string[] =>
  [...counts].flatMap(([place, cells]) => (place !== everywhere && cells.has(name) ? [place] : []));

const rows = (counts: Counts): [place: string, name: string][][] =>
  [...counts].flatMap(([place, cells]) => {
    const lines = new Set([...cells.keys()].map((name) => name.split('/')[0]!).filter(addsUp));
    return [...lines].map((line) =>
      [...cells.keys()].flatMap((name): [string, string][] =>
        name.startsWith(`${line}/`) ? [[place, name]] : [],
      ),
    );
  });
