/** The calendar for the domain, as data: it is made here, where libraries are allowed. */
import Holidays from 'date-holidays';
import { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../../domain/calendar.ts';

/**
 * The days that Algemene termijnenwet art. 3 names, as date-holidays names their rules: New Year's Day, Good Friday,
 * Easter Monday, King's Day, 5 May (each year, also where employers give it once in five), Ascension Day, Whit Monday
 * and both days of Christmas. Easter and Whit Sunday are not among them; Sundays count anyway.
 */
const named = /^(01-01|easter -2|easter 1|04-27|05-05|easter 39|easter 50|12-25|12-26)( |$)/;
const daysAYear = 9;

/** Public holidays and summer time in the Netherlands, from 1 January of a year on. */
export function calendarFor(firstYear: number, years: number): Calendar {
  const all = Array.from({ length: years }, (_, i) => firstYear + i);
  return {
    publicHolidays: all.flatMap((year) => ofYear(year).publicHolidays),
    summerTimes: all.flatMap((year) => ofYear(year).summerTimes),
  };
}

/** The library takes some milliseconds for each, and years are asked for again and again. */
const years = new Map<number, Calendar>();
function ofYear(year: number): Calendar {
  const known = years.get(year);
  if (known) return known;
  const made = { publicHolidays: publicHolidaysIn(year), summerTimes: summerTimeIn(year) };
  years.set(year, made);
  return made;
}

/** @throws Error when the library names fewer or more days than the act: it has changed, and dates would go wrong */
function publicHolidaysIn(year: number): string[] {
  const days = netherlands
    .getHolidays(year)
    .filter(({ rule }) => named.test(rule))
    .map(({ date }) => date.slice(0, 10));
  // Ascension Day falls on 5 May, or Easter Monday on King's Day, once in a great while: counted per rule, not per day.
  if (days.length !== daysAYear)
    throw new Error(`${days.length} public holidays in ${year} instead of ${daysAYear}: ${days.join(', ')}`);
  return [...new Set(days)].sort();
}

const netherlands = new Holidays('NL');

/** None in a year without: the European Union may do away with it. */
function summerTimeIn(year: number): [from: string, until: string][] {
  const newYear = Temporal.ZonedDateTime.from({ year, month: 1, day: 1, timeZone: 'Europe/Amsterdam' });
  const from = newYear.getTimeZoneTransition('next');
  const until = from?.getTimeZoneTransition('next');
  return from?.year === year && until?.year === year ? [[moment(from), moment(until)]] : [];
}

const moment = (at: Temporal.ZonedDateTime): string => new Date(at.epochMilliseconds).toISOString();
