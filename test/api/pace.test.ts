/** How many may wait for a ledger follows from how fast it answers, on whatever machine. */
import { expect, it } from 'vitest';
import { Pace } from '../../api/gateway/pace.ts';

/** The room after so many full calls that took so long. */
const after = (pace: Pace, calls: number, ms: number, commands = 50): number => {
  for (let i = 0; i < calls; i += 1) pace.took(ms, commands);
  return pace.room;
};

it('lets in as many as have their answer within two seconds, and never more than 400', () => {
  expect(new Pace().room).toBe(400);
  expect(after(new Pace(), 5, 100)).toBe(400); // 2 ms each
  expect(after(new Pace(), 5, 500)).toBe(200); // 10 ms each
});

it('lets fewer in while nobody answers, enough to see when somebody does again, and then more', () => {
  const pace = new Pace();
  expect(after(pace, 10, 5000)).toBe(100);
  expect(after(pace, 20, 100)).toBe(400);
});

it('learns nothing from a call with few commands, which takes as long as one with many', () => {
  expect(after(new Pace(), 10, 100, 1)).toBe(400);
});
