/** Terms as dates: when one ends, when the party is reminded of it, when the process director is told. */
import type { Limit, RuleKind } from '../contracts/rule-set.ts';
import {
  addDays,
  addMonths,
  addWorkingDays,
  endOfDay,
  isWorkingDay,
  localDay,
  type Calendar,
} from './calendar.ts';
import type { Begin } from './follow.ts';
import type { RouteRules } from './rules.ts';

/** How long a term is, and what kind of rule says so. */
type Length = { readonly limit: Limit; readonly kind: RuleKind };

/** The dates of one term: ISO 8601 moments, UTC. */
export interface Term {
  readonly dueAt: string;
  /** In order; one for each share that the rule set names. */
  readonly remindAt: readonly string[];
  /** When the process director is told that it has passed. */
  readonly escalateAt: string;
}

/**
 * The dates that a rule sets for a term.
 * @param rule - id of the rule
 * @returns undefined when the route's rules do not have this rule
 */
export function termFor(rules: RouteRules, rule: string, { from, date }: Begin): Term | undefined {
  const { calendar, reminderShares, terms } = rules;
  const term = Object.hasOwn(terms, rule) ? terms[rule] : undefined;
  if (!term) return undefined;
  const dueAt = endOfTerm(from, { ...term, ...(date && { date }) }, calendar);
  return {
    dueAt,
    remindAt: reminderShares.map((share) => momentWithin(from, dueAt, share)),
    escalateAt: escalationOf(rules, dueAt),
  };
}

/** The moment at which a share of a term has passed, to the millisecond before it. @param share - 0 to 1 */
export function momentWithin(from: string, dueAt: string, share: number): string {
  const begin = Date.parse(from);
  return new Date(begin + Math.floor((Date.parse(dueAt) - begin) * share)).toISOString();
}

/** When the process director is told of a term that passed at `dueAt`. */
export function escalationOf(
  { escalation, calendar }: Pick<RouteRules, 'escalation' | 'calendar'>,
  dueAt: string,
): string {
  return endOfTerm(dueAt, { limit: escalation.directorAfter, kind: 'assumed' }, calendar);
}

/**
 * The moment on which a term ends. Hours, minutes and seconds are exact. Anything longer counts in Amsterdam's days
 * and ends with the last second of the day that lies so far after the day on which it began; what is left of that
 * first day comes on top. Working days likewise. A statutory term is lengthened as the Algemene termijnenwet says; a
 * by-law's or an agreement's own term is none "set in a statute" (art. 1(1)) and is not.
 * @param from - ISO 8601 moment at which the term begins
 * @returns ISO 8601 moment, UTC
 * @throws RangeError for a limit that the contract (`Limit`) would refuse
 */
export function endOfTerm(
  from: string,
  { limit, kind, date }: Length & Pick<Begin, 'date'>,
  calendar: Calendar,
): string {
  if (typeof limit === 'string' && limit.startsWith('PT')) return durationAfter(from, limit);
  const firstDay = localDay(from, calendar);
  const lastDay = dayAfter(firstDay, limit, calendar, date);
  return endOfDay(kind === 'statutory' ? lengthened(firstDay, lastDay, limit, calendar) : lastDay, calendar);
}

/**
 * The end of a term that stood still for some time. One that ended with the last second of a day still does so: of
 * the day to which the exact time brings it, so that nobody loses a second; and where a statute set it, the
 * Algemene termijnenwet still keeps it from ending in a weekend or on a public holiday.
 * @param ms - how long it stood still
 * @param term - the rule of the term; left out where nothing lengthens it
 */
export function shiftedEnd(dueAt: string, ms: number, calendar: Calendar, term?: Length): string {
  const exact = shiftedBy(dueAt, ms);
  if (endOfDay(localDay(dueAt, calendar), calendar) !== dueAt) return exact;
  const day = localDay(exact, calendar);
  const lengthens = term?.kind === 'statutory' && actHolds(term.limit) && !isWorkingDay(day, calendar);
  return endOfDay(lengthens ? addWorkingDays(day, 1, calendar) : day, calendar);
}

/** The moment that lies some milliseconds after another. */
export function shiftedBy(moment: string, ms: number): string {
  return new Date(Date.parse(moment) + ms).toISOString();
}

/**
 * The moment that lies an exact time after another.
 * @param duration - ISO 8601, in hours, minutes and seconds: PT4H
 */
export function durationAfter(from: string, duration: string): string {
  const parts = /^PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration);
  if (!parts) throw new RangeError(`Not a duration in hours, minutes and seconds: ${duration}`);
  const [hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return shiftedBy(from, ((hours! * 60 + minutes!) * 60 + seconds!) * 1000);
}

function dayAfter(day: string, limit: Limit, calendar: Calendar, date?: number): string {
  if (typeof limit !== 'string') return addWorkingDays(day, limit.workingDays, calendar);
  const { count, unit } = inOneUnit(limit);
  switch (unit) {
    case 'Y':
      return addMonths(day, 12 * count, date);
    case 'M':
      return addMonths(day, count, date);
    case 'W':
      return addDays(day, 7 * count);
    case 'D':
      return addDays(day, count);
  }
}

/**
 * The last day of a statutory term: one that ends on a Saturday, Sunday or public holiday goes on until the next day
 * that is none (Algemene termijnenwet art. 1(1)); one of three days or more holds at least two days that are none
 * (art. 2).
 */
function lengthened(firstDay: string, lastDay: string, limit: Limit, calendar: Calendar): string {
  if (!actHolds(limit)) return lastDay;
  const second = addWorkingDays(firstDay, 2, calendar);
  const end = lastDay >= addDays(firstDay, 3) && second > lastDay ? second : lastDay;
  return isWorkingDay(end, calendar) ? end : addWorkingDays(end, 1, calendar);
}

/**
 * The act does not hold for terms in hours, in more than 90 days, more than twelve weeks, more than three months, or
 * in years (Algemene termijnenwet art. 4(a)).
 */
function actHolds(limit: Limit): boolean {
  if (typeof limit !== 'string') return true;
  if (limit.startsWith('PT')) return false;
  const { count, unit } = inOneUnit(limit);
  return count <= { Y: 0, M: 3, W: 12, D: 90 }[unit];
}

function inOneUnit(limit: string): { count: number; unit: 'Y' | 'M' | 'W' | 'D' } {
  const parts = /^P(\d+)([YMWD])$/.exec(limit);
  if (!parts) throw new RangeError(`Not a limit in years, months, weeks or days: ${limit}`);
  return { count: Number(parts[1]), unit: parts[2] as 'Y' | 'M' | 'W' | 'D' };
}
