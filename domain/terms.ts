/**
 * Terms as dates. Calendar arithmetic in UTC, on ISO 8601 texts, so that a replay gives the same date on every
 * machine. Own code, since this runs inside workflows, where the domain imports nothing.
 */
import type { Limit } from '../contracts/rule-set.ts';

const DAY = 86_400_000;
const pattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/**
 * The moment on which a limit ends.
 * @param from - ISO 8601 moment at which the term begins
 * @param limit - ISO 8601 duration, or a number of Dutch working days
 * @param publicHolidays - days (YYYY-MM-DD) that are no working days, besides Saturday and Sunday
 * @returns ISO 8601 moment, UTC; months are calendar months: 31 January and one month is the last day of February
 */
export function endOfTerm(from: string, limit: Limit, publicHolidays: readonly string[]): string {
  const start = new Date(from);
  const end =
    typeof limit === 'string'
      ? addDuration(start, limit)
      : addWorkingDays(start, limit.workingDays, publicHolidays);
  return end.toISOString();
}

/** The moment at which a given share of the time between two moments has passed. */
export function shareOfTerm(from: string, until: string, share: number): string {
  const start = Date.parse(from);
  return new Date(start + Math.floor((Date.parse(until) - start) * share)).toISOString();
}

function addDuration(start: Date, duration: string): Date {
  const parts = pattern.exec(duration);
  if (!parts) throw new RangeError(`Not an ISO 8601 duration: ${duration}`);
  const [years, months, weeks, days, hours, minutes, seconds] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const moved = addMonths(start, 12 * years! + months!);
  return new Date(
    moved.getTime() + (7 * weeks! + days!) * DAY + hours! * 3_600_000 + minutes! * 60_000 + seconds! * 1000,
  );
}

function addMonths(start: Date, months: number): Date {
  const moved = new Date(start);
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(start.getUTCDate(), lastDay));
  return moved;
}

function addWorkingDays(start: Date, workingDays: number, publicHolidays: readonly string[]): Date {
  const day = new Date(start);
  for (let left = workingDays; left > 0;) {
    day.setTime(day.getTime() + DAY);
    const weekend = day.getUTCDay() === 0 || day.getUTCDay() === 6;
    if (!weekend && !publicHolidays.includes(day.toISOString().slice(0, 10))) left -= 1;
  }
  return day;
}
