import { expect, it } from 'vitest';
import { atItsBeginning, type RepairProgress } from '../../domain/operations/repair-progress.ts';
import { shower } from '../../ops/lib/follow.ts';

const at = (done: number): RepairProgress => ({
  ...atItsBeginning('2026-11-29T08:00:00.000Z'),
  found: 4,
  done,
});

it('whoever follows a repair is told when nothing has moved for a quarter of a minute, and why that may be', () => {
  const told: string[] = [];
  let now = 0;
  const show = shower({ progress: (words) => void told.push(words) }, () => now);
  const seen = (progress: RepairProgress, later: number) => {
    now += later;
    show(progress);
    return told.splice(0);
  };
  expect(seen(at(1), 500)).toEqual(['1 of 4 found so far: 1 done, 0 refused, 0 not reached']);
  expect(seen(at(1), 14_000)).toEqual([]);
  expect(seen(at(1), 1000)).toEqual([
    expect.stringMatching(/^1 of 4 .*; nothing has moved for 15 s: .*the worker has stopped/),
  ]);
  expect(seen(at(1), 1000)).toEqual([]);
  expect(seen(at(1), 14_000)).toEqual([expect.stringContaining('nothing has moved for 30 s')]);
  expect(seen(at(2), 500)).toEqual(['2 of 4 found so far: 2 done, 0 refused, 0 not reached']);
});

it('whoever follows a repair of routes that are not reached is told that they are tried again', () => {
  const told: string[] = [];
  const show = shower({ progress: (words) => void told.push(words) });
  show({ ...at(3), pass: 'again', unreached: ['a'], tries: 2 });
  show({ ...at(0), found: 0 });
  expect(told).toEqual(['1 route not reached, to be tried again (2 of 8 times)', 'Looking for the routes …']);
});
