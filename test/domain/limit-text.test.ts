import { expect, it } from 'vitest';
import { limitText } from '../../domain/limit-text.ts';

it.each([
  ['P8W', '8 weken', '8 weeks'],
  ['P1W', '1 week', '1 week'],
  ['P6M', '6 maanden', '6 months'],
  ['P1Y6M', '1 jaar en 6 maanden', '1 year and 6 months'],
  ['PT18S', '18 seconden', '18 seconds'],
  [{ workingDays: 3 }, '3 werkdagen', '3 working days'],
  ['vroeg', 'vroeg', 'vroeg'],
])('%s', (limit, nl, en) => {
  expect([limitText(limit, 'nl'), limitText(limit, 'en')]).toEqual([nl, en]);
});
