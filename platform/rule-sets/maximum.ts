/** Whether one limit can go beyond another. */
import type { Limit, RuleKind } from '../../contracts/rule-set.ts';
import { addDays, endOfDay, type Calendar } from '../../domain/calendar.ts';
import { endOfTerm } from '../../domain/terms.ts';

interface Period {
  readonly limit: Limit;
  readonly kind: RuleKind;
}

/** The days on which a term may begin, and the calendar under which it ends. */
interface Span {
  readonly first: string;
  readonly last: string;
  readonly calendar: Calendar;
}

/**
 * A day on which a term can begin that then ends later than the statutory maximum; undefined when there is none.
 * Months, weeks and working days have no fixed length to compare, so their ends are, for every day of some years.
 * @param span - asked for only when it takes the calendar to tell
 */
export function dayBeyond(term: Period, maximum: Limit, span: () => Span): string | undefined {
  if (isClearlyWithin(term, maximum)) return undefined;
  const { first, last, calendar } = span();
  const most: Period = { limit: maximum, kind: 'statutory' };
  // Limits in days end at one moment, whenever on the day they began; exact ones move along with their beginning. So
  // only the first and the last second of a day can make a difference, and that only where one of the two is exact.
  const anyTime = isExact(term.limit) || isExact(maximum);
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const begins = [endOfDay(day, calendar), ...(anyTime ? [startOfDay(day, calendar)] : [])];
    if (begins.some((begin) => endOfTerm(begin, term, calendar) > endOfTerm(begin, most, calendar)))
      return day;
  }
  return undefined;
}

/** By how many of its unit a term is shorter than it may be, that the law lengthens by less than two weeks at the most. */
const lessAtLeast: Readonly<Record<string, number>> = { W: 2, M: 1, Y: 1 };

/**
 * As many of the same unit, or fewer, where nothing but the maximum is lengthened by law; where both are, so many fewer
 * that it makes no difference.
 */
function isClearlyWithin({ limit, kind }: Period, maximum: Limit): boolean {
  if (isExact(limit) || isExact(maximum)) return false;
  const isLengthened = kind === 'statutory';
  if (typeof limit !== 'string' || typeof maximum !== 'string')
    return !isLengthened && typeof limit === typeof maximum && countOf(limit) <= countOf(maximum);
  const unit = limit.at(-1)!;
  const less = isLengthened ? (lessAtLeast[unit] ?? Infinity) : 0;
  return unit === maximum.at(-1) && countOf(limit) + less <= countOf(maximum);
}

const isExact = (limit: Limit): boolean => typeof limit === 'string' && limit.startsWith('PT');

/** How many of its unit a limit in days, weeks, months, years or working days has. */
const countOf = (limit: Limit): number =>
  typeof limit === 'string' ? Number(limit.slice(1, -1)) : limit.workingDays;

const startOfDay = (day: string, calendar: Calendar): string =>
  new Date(Date.parse(endOfDay(addDays(day, -1), calendar)) + 1000).toISOString();
