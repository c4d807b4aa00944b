import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Limit, RuleKind } from '../../contracts/rule-set.ts';
import { localDay } from '../../domain/calendar.ts';
import { durationAfter, endOfTerm, termFor } from '../../domain/terms.ts';
import { rules } from '../support/a-route.ts';

const nl = rules('nl');
const { calendar } = nl;
const holidays = calendar.publicHolidays;
const end = (from: string, limit: Limit, kind: RuleKind = 'sector') =>
  endOfTerm(from, { limit, kind }, calendar);
/** The last second of a day in winter and in summer: an hour, or two, before that of UTC. */
const winter = (day: string) => `${day}T22:59:59.000Z`;
const summer = (day: string) => `${day}T21:59:59.000Z`;

describe('a term in days, weeks, months or years ends with the last second of its last day', () => {
  it.each([
    // Mondays in November: a week and six weeks later it is Monday again.
    ['P7D', '2026-11-02T09:00:00.000Z', winter('2026-11-09')],
    ['P6W', '2026-11-02T09:00:00.000Z', winter('2026-12-14')],
    // 23:30 UTC is half an hour into 3 November in Amsterdam.
    ['P7D', '2026-11-02T23:30:00.000Z', winter('2026-11-10')],
    // 22:30 UTC in summer likewise: half an hour into 16 July.
    ['P1D', '2026-07-15T22:30:00.000Z', summer('2026-07-17')],
    ['P18M', '2026-11-02T09:00:00.000Z', summer('2028-05-02')],
    // There is no 30 February, nor 31 February, nor a 29th in 2029.
    ['P3M', '2026-11-30T09:00:00.000Z', winter('2027-02-28')],
    ['P1M', '2027-01-31T09:00:00.000Z', winter('2027-02-28')],
    ['P1M', '2028-01-31T09:00:00.000Z', winter('2028-02-29')],
    ['P1Y', '2028-02-29T09:00:00.000Z', winter('2029-02-28')],
    // The clock goes back on Sunday 25 October 2026: before it, on it, over it.
    ['P3D', '2026-10-20T10:00:00.000Z', summer('2026-10-23')],
    ['P1D', '2026-10-24T10:00:00.000Z', winter('2026-10-25')],
    ['P2W', '2026-10-20T10:00:00.000Z', winter('2026-11-03')],
    // 00:30 in Amsterdam on Sunday 29 March 2026, the day on which the clock goes forward.
    ['P1D', '2026-03-28T23:30:00.000Z', summer('2026-03-30')],
    ['P1D', '2026-03-28T10:00:00.000Z', summer('2026-03-29')],
  ])('%s from %s: %s', (limit, from, expected) => {
    expect(end(from, limit)).toBe(expected);
  });
});

describe('a term in hours, minutes and seconds is exact', () => {
  it.each([
    ['PT36S', '2026-11-02T09:00:00.000Z', '2026-11-02T09:00:36.000Z'],
    ['PT4H5M6S', '2026-11-02T09:00:00.000Z', '2026-11-02T13:05:06.000Z'],
    // Over the hour that the clock repeats.
    ['PT4H', '2026-10-24T23:30:00.000Z', '2026-10-25T03:30:00.000Z'],
  ])('%s from %s: %s', (limit, from, expected) => {
    expect(end(from, limit, 'statutory')).toBe(expected);
    expect(durationAfter(from, limit)).toBe(expected);
  });
});

describe('a statutory term is lengthened as the Algemene termijnenwet says', () => {
  it.each([
    // Art. 1(1). 13 November + 42 days = Friday 25 December; then Saturday and Sunday.
    ['P6W', '2026-11-13', winter('2026-12-28')],
    // 12 February + 42 days = Good Friday 26 March 2027; then the weekend and Easter Monday; summer time since Easter.
    ['P6W', '2027-02-12', summer('2027-03-30')],
    // Saturday 21 November.
    ['P2W', '2026-11-07', winter('2026-11-23')],
    // King's Day, Tuesday 27 April 2027. In 2031 it is Saturday the 26th: 27 April 2031 is a Sunday.
    ['P4W', '2027-03-30', summer('2027-04-28')],
    ['P2W', '2031-04-12', summer('2031-04-28')],
    // Wednesday 5 May 2027; Ascension Day; 7 May, equated by decree; the weekend.
    ['P7D', '2027-04-28', summer('2027-05-10')],
    // Whit Monday 17 May 2027.
    ['P4W', '2027-04-19', summer('2027-05-18')],
    // New Year's Day, a Friday in 2027.
    ['P1M', '2026-12-01', winter('2027-01-04')],
    // Art. 2. From Friday 6 November: Saturday, Sunday, Monday hold one working day of the two.
    ['P3D', '2026-11-06', winter('2026-11-10')],
    // From Christmas Eve: until Sunday 27, hence Monday 28, hence a second working day.
    ['P3D', '2026-12-24', winter('2026-12-29')],
    // Two days are too few for art. 2: Sunday 8 becomes Monday 9 November.
    ['P2D', '2026-11-06', winter('2026-11-09')],
  ])('%s from %s: until %s', (limit, day, expected) => {
    expect(end(`${day}T10:00:00.000Z`, limit, 'statutory')).toBe(expected);
  });

  it.each([
    // At the limit of art. 4 (a), and just beyond. 7 November + 84 days = Saturday 30 January, + 91 = 6 February.
    ['P12W', '2026-11-07', winter('2027-02-01')],
    ['P13W', '2026-11-07', winter('2027-02-06')],
    // Christmas Day is 90 days after 26 September, 91 after the 25th.
    ['P90D', '2026-09-26', winter('2026-12-28')],
    ['P91D', '2026-09-25', winter('2026-12-25')],
    ['P3M', '2026-09-26', winter('2026-12-28')],
    ['P4M', '2026-08-26', winter('2026-12-26')],
    ['P1Y', '2025-12-25', winter('2026-12-25')],
  ])('but only up to 90 days, twelve weeks, three months: %s from %s until %s', (limit, day, expected) => {
    expect(end(`${day}T10:00:00.000Z`, limit, 'statutory')).toBe(expected);
  });

  it.each(['local', 'regional', 'sector', 'assumed'] as const)("another's term is not: %s", (kind) => {
    expect(end('2026-11-13T10:00:00.000Z', 'P6W', kind)).toBe(winter('2026-12-25'));
  });
});

describe('three working days', () => {
  it.each([
    // Thursday 24 December 2026: Christmas and the weekend do not count; 28, 29, 30 do.
    ['2026-12-24', winter('2026-12-30')],
    // Wednesday 24 March 2027: 25; not Good Friday, the weekend, Easter Monday; 30, 31.
    ['2027-03-24', summer('2027-03-31')],
    // Friday 24 April 2026: not the weekend, not King's Day on Monday; 28, 29, 30.
    ['2026-04-24', summer('2026-04-30')],
    // A Saturday: Monday, Tuesday, Wednesday.
    ['2026-11-07', winter('2026-11-11')],
  ])('from %s: until %s', (day, expected) => {
    expect(end(`${day}T10:00:00.000Z`, { workingDays: 3 }, 'statutory')).toBe(expected);
  });
});

it('after the last year of the calendar there are weekends, no public holidays, and standard time', () => {
  // 24 December 2043 is a Thursday.
  expect(end('2043-12-24T10:00:00.000Z', { workingDays: 2 })).toBe(winter('2043-12-28'));
  expect(end('2043-06-01T10:00:00.000Z', 'P1D')).toBe(winter('2043-06-02'));
});

it.each(['six weeks', 'P', 'P1M3D', 'PT'])('%s is no limit', (limit) => {
  expect(() => end('2026-11-02T09:00:00.000Z', limit)).toThrow(RangeError);
});

describe('the dates of a rule', () => {
  const now = '2026-11-02T22:59:59.000Z'; // the last second of a Monday: three weeks to the second
  it('are its end, the reminders at their shares of it, and the escalation a week after it', () => {
    const half = { ...nl, reminderShares: [0.5, 0.75] };
    expect(termFor(half, 'debt.first-talk', { from: now })).toEqual({
      dueAt: winter('2026-11-30'),
      remindAt: [winter('2026-11-16'), winter('2026-11-23')],
      escalateAt: winter('2026-12-07'),
    });
  });

  it('are exact in the demo', () => {
    expect(termFor(rules('demo'), 'debt.first-talk', { from: now })).toEqual({
      dueAt: '2026-11-02T23:00:19.000Z',
      remindAt: ['2026-11-02T23:00:14.000Z'],
      escalateAt: '2026-11-02T23:00:29.000Z',
    });
  });

  it.each(['no.such-rule', 'constructor'])('do not exist when the set does not have it: %s', (rule) => {
    expect(termFor(nl, rule, { from: now })).toBeUndefined();
  });
});

describe('whatever the limit and the moment', () => {
  const moment = fc
    .date({ min: new Date('2026-01-01'), max: new Date('2031-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString());
  const unit = fc.constantFrom('Y', 'M', 'W', 'D');
  const inDays = fc.tuple(fc.integer({ min: 1, max: 12 }), unit);
  const kind = fc.constantFrom<RuleKind>('statutory', 'sector', 'local');

  it('a term never ends before it begins, and a longer one of its unit never earlier', () => {
    fc.assert(
      fc.property(moment, inDays, kind, (from, [count, unit], kind) => {
        const longer = end(from, `P${count + 1}${unit}`, kind);
        const shorter = end(from, `P${count}${unit}`, kind);
        expect(shorter > from).toBe(true);
        // Twelve weeks are lengthened, thirteen are not; likewise three months and four (art. 4).
        const leavesTheAct = kind === 'statutory' && /^P(13W|4M)$/.test(`P${count + 1}${unit}`);
        expect(longer >= shorter || leavesTheAct).toBe(true);
      }),
    );
  });

  it('a statutory term of up to 90 days ends neither in a weekend nor on a public holiday', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 90 }), (from, days) => {
        const last = localDay(end(from, `P${days}D`, 'statutory'), calendar);
        expect([1, 2, 3, 4, 5]).toContain(new Date(last).getUTCDay());
        expect(holidays).not.toContain(last);
        expect(end(from, `P${days}D`, 'statutory') >= end(from, `P${days}D`)).toBe(true);
      }),
    );
  });

  it('working days end on one, with as many of them on the way', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 30 }), (from, workingDays) => {
        const first = Temporal.PlainDate.from(localDay(from, calendar));
        const last = Temporal.PlainDate.from(localDay(end(from, { workingDays }), calendar));
        const days = Array.from({ length: first.until(last).days }, (_, i) => first.add({ days: i + 1 }));
        const working = days.filter((day) => day.dayOfWeek < 6 && !holidays.includes(day.toString()));
        expect(working).toHaveLength(workingDays);
        expect(working.at(-1)?.equals(last)).toBe(true);
      }),
    );
  });

  it('Temporal, which knows calendar and clock of Amsterdam, comes to the same', () => {
    const timeZone = 'Europe/Amsterdam';
    const names = { Y: 'years', M: 'months', W: 'weeks', D: 'days' } as const;
    fc.assert(
      fc.property(moment, inDays, (from, [count, unit]) => {
        fc.pre(!(unit === 'Y' && count > 1)); // beyond the years of the calendar
        const first = Temporal.Instant.from(from).toZonedDateTimeISO(timeZone).toPlainDate();
        const last = first.add({ [names[unit]]: count });
        const expected = last.toZonedDateTime({ timeZone, plainTime: '23:59:59' }).toInstant();
        expect(end(from, `P${count}${unit}`)).toBe(new Date(expected.epochMilliseconds).toISOString());
      }),
    );
  });
});
