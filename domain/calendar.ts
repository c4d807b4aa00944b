/**
 * Days as the Netherlands count them: Amsterdam's, with weekends, public holidays and summer time. Pure arithmetic
 * on ISO 8601 texts, over data that travels with the route, so that a replay gives the same date on every machine.
 * Own code, since this runs inside workflows, where the domain imports nothing.
 */

/**
 * What no arithmetic knows, for some years; made outside the domain (platform/rule-sets/calendar.ts). Outside those
 * years it is always standard time and there are no public holidays: a date is then at most an hour and some days off.
 */
export interface Calendar {
  /** Days, YYYY-MM-DD, that Algemene termijnenwet art. 3 names or equates with them. */
  readonly publicHolidays: readonly string[];
  /** Periods of summer time in Amsterdam: the first moment of each, and the first after it; in the form that `toISOString` gives. */
  readonly summerTimes: readonly (readonly [from: string, until: string])[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Amsterdam's clock at a moment: `YYYY-MM-DDTHH:MM:SS`. */
export function localTime(moment: string, calendar: Calendar): string {
  const at = Date.parse(moment);
  return new Date(at + offsetAt(at, calendar)).toISOString().slice(0, 19);
}

/** Amsterdam's day, YYYY-MM-DD, at a moment. */
export function localDay(moment: string, calendar: Calendar): string {
  return localTime(moment, calendar).slice(0, 10);
}

/** The last second of a day in Amsterdam, as a moment in UTC. */
export function endOfDay(day: string, calendar: Calendar): string {
  const onTheClock = Date.parse(`${day}T23:59:59.000Z`);
  // The clock never changes around midnight: standard time is near enough to look up which time holds then.
  return new Date(onTheClock - offsetAt(onTheClock - HOUR, calendar)).toISOString();
}

/** The day that lies a number of days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

/**
 * The same day some months later, or the last one of that month: 31 January and one month is 28 or 29 February.
 * @param meant - the date, 1 to 31, that months are counted by, where a shorter month may have cut it off on the way:
 *   from 28 February, meant to be the 31st, and one month is 31 March. A day that is not its month's last was not cut
 *   off; whether its month's last was, who gives `meant` knows.
 */
export function addMonths(day: string, months: number, meant = 0): string {
  const [year, month, own] = day.split('-').map(Number) as [number, number, number];
  const lastOf = (month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();
  const date = own === lastOf(month) ? Math.max(own, meant) : own;
  const later = Date.UTC(year, month - 1 + months, Math.min(date, lastOf(month + months)));
  return new Date(later).toISOString().slice(0, 10);
}

/** Whether a day is neither a Saturday, nor a Sunday, nor a public holiday. */
export function isWorkingDay(day: string, { publicHolidays }: Calendar): boolean {
  const weekday = new Date(day).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !publicHolidays.includes(day);
}

/** The n-th working day after a day. */
export function addWorkingDays(day: string, workingDays: number, calendar: Calendar): string {
  let reached = day;
  for (let left = workingDays; left > 0;) {
    reached = addDays(reached, 1);
    if (isWorkingDay(reached, calendar)) left -= 1;
  }
  return reached;
}

function offsetAt(at: number, { summerTimes }: Calendar): number {
  const moment = new Date(at).toISOString();
  return summerTimes.some(([from, until]) => from <= moment && moment < until) ? 2 * HOUR : HOUR;
}
