import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfTerm, shareOfTerm } from '../../domain/terms.ts';
import { rules } from '../support/a-route.ts';

const holidays = rules('nl').publicHolidays;
const moment = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

describe('the end of a term', () => {
  it.each([
    ['P7D', '2026-11-02T09:00:00.000Z', '2026-11-09T09:00:00.000Z'],
    ['P6W', '2026-11-02T09:00:00.000Z', '2026-12-14T09:00:00.000Z'],
    ['P3M', '2026-11-30T09:00:00.000Z', '2027-02-28T09:00:00.000Z'],
    ['P1M', '2028-01-31T09:00:00.000Z', '2028-02-29T09:00:00.000Z'],
    ['P18M', '2026-11-02T09:00:00.000Z', '2028-05-02T09:00:00.000Z'],
    ['P1Y2M3DT4H5M6S', '2026-11-02T09:00:00.000Z', '2028-01-05T13:05:06.000Z'],
    ['PT36S', '2026-11-02T09:00:00.000Z', '2026-11-02T09:00:36.000Z'],
  ])('%s after %s is %s', (limit, from, end) => {
    expect(endOfTerm(from, limit, [])).toBe(end);
  });

  it('of three working days passes over the weekend and public holidays', () => {
    // Thursday 24 December 2026: Christmas Day, Boxing Day and the weekend do not count.
    expect(endOfTerm('2026-12-24T10:00:00.000Z', { workingDays: 3 }, holidays)).toBe(
      '2026-12-30T10:00:00.000Z',
    );
    // Wednesday before Good Friday 2027: Friday, the weekend and Easter Monday do not count.
    expect(endOfTerm('2027-03-24T10:00:00.000Z', { workingDays: 3 }, holidays)).toBe(
      '2027-03-31T10:00:00.000Z',
    );
  });

  it('never lies before its beginning, and a longer term never ends earlier', () => {
    fc.assert(
      fc.property(moment, fc.nat(40), fc.nat(400), (from, months, days) => {
        const end = endOfTerm(from, `P${months}M${days}D`, []);
        expect(end >= from).toBe(true);
        expect(endOfTerm(from, `P${months + 1}M${days}D`, []) >= end).toBe(true);
      }),
    );
  });

  it('of working days is itself a working day', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 30 }), (from, workingDays) => {
        const end = endOfTerm(from, { workingDays }, holidays);
        expect([1, 2, 3, 4, 5]).toContain(new Date(end).getUTCDay());
        expect(holidays).not.toContain(end.slice(0, 10));
      }),
    );
  });

  it('refuses what is no duration', () => {
    expect(() => endOfTerm('2026-11-02T09:00:00.000Z', 'six weeks', [])).toThrow(RangeError);
  });
});

it('a reminder lies at its share of the term', () => {
  expect(shareOfTerm('2026-11-02T00:00:00.000Z', '2026-11-06T00:00:00.000Z', 0.75)).toBe(
    '2026-11-05T00:00:00.000Z',
  );
});
