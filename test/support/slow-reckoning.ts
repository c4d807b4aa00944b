/**
 * Terms reckoned once more, slowly: with Temporal, which knows Amsterdam's clock, and day by day. It shares nothing with
 * the domain, so that the two can be held against each other.
 */
import { Temporal } from 'temporal-polyfill';

export interface Limit {
  readonly months?: number;
  readonly weeks?: number;
  readonly days?: number;
  readonly workingDays?: number;
  /** Set by statute: it is lengthened as the Algemene termijnenwet says. */
  readonly statutory?: true;
}

export interface Dates {
  readonly reminder: string;
  readonly due: string;
  readonly escalation: string;
}

const timeZone = 'Europe/Amsterdam';
/** By the decree of 2025 (Algemene termijnenwet art. 3(3)). */
const equated = ['2026-01-02', '2026-05-15', '2027-05-07', '2028-04-28', '2028-05-26'];

/** The dates of a term that begins at a moment: a reminder at three quarters, the escalation a week after the end. */
export function slowDates(from: string, limit: Limit): Dates {
  const lastDay = lastDayOf(dayOf(from), limit);
  const due = endOf(lastDay);
  const threeQuarters = Math.floor((Date.parse(due) - Date.parse(from)) * 0.75);
  return {
    reminder: new Date(Date.parse(from) + threeQuarters).toISOString(),
    due,
    escalation: endOf(lastDay.add({ days: 7 })),
  };
}

/** The end of the day that lies so many months after the day of a moment. */
export const monthsAfter = (from: string, months: number): string => endOf(dayOf(from).add({ months }));

function lastDayOf(first: Temporal.PlainDate, limit: Limit): Temporal.PlainDate {
  const { months = 0, weeks = 0, days = 0, workingDays } = limit;
  if (workingDays !== undefined) return workingDaysAfter(first, workingDays);
  let last = first.add({ months, weeks, days });
  // None of the terms here is so short that art. 2 (two working days) says anything, nor so long that art. 4 does.
  while (limit.statutory && !isWorkingDay(last)) last = last.add({ days: 1 });
  return last;
}

function workingDaysAfter(first: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let last = first;
  let found = 0;
  while (found < count) {
    last = last.add({ days: 1 });
    if (isWorkingDay(last)) found += 1;
  }
  return last;
}

function isWorkingDay(day: Temporal.PlainDate): boolean {
  const easter = easterOf(day.year);
  const moving = [-2, 1, 39, 50].map((days) => easter.add({ days }).toString());
  const kingsDay = Temporal.PlainDate.from({ year: day.year, month: 4, day: 27 }).dayOfWeek === 7 ? 26 : 27;
  const fixed = ['01-01', `04-${kingsDay}`, '05-05', '12-25', '12-26'].map((date) => `${day.year}-${date}`);
  return day.dayOfWeek < 6 && ![...moving, ...fixed, ...equated].includes(day.toString());
}

/** Easter Sunday by the way of Gauss, which holds from 1900 until 2099. */
function easterOf(year: number): Temporal.PlainDate {
  const d = (19 * (year % 19) + 24) % 30;
  const e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7;
  const days = 21 + d + e - (d + e === 35 || (d === 28 && e === 6 && year % 19 > 10) ? 7 : 0);
  return Temporal.PlainDate.from({ year, month: 3, day: 1 }).add({ days });
}

const dayOf = (moment: string) => Temporal.Instant.from(moment).toZonedDateTimeISO(timeZone).toPlainDate();
const endOf = (day: Temporal.PlainDate): string =>
  new Date(day.toZonedDateTime({ timeZone, plainTime: '23:59:59' }).epochMilliseconds).toISOString();
