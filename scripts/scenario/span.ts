/** How long something takes in a scenario: calendar time, which the rule set `demo` counts in fractions of a second. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

/** In one unit, as terms are: `P3W`. */
export const Span = z
  .string()
  .regex(/^P\d{1,3}[YMWD]$/, 'must be years, months, weeks or days, such as P3W')
  .describe('Calendar time in one unit, such as P3W');
export type Span = z.infer<typeof Span>;

/** The moment that lies a span after another; both ISO 8601, UTC. */
export type Later = (from: string, span: Span) => string;

/** By the calendar of Amsterdam: for rule sets whose terms are those of the law. */
export const byCalendar: Later = (from, span) => {
  const start = Temporal.Instant.from(from).toZonedDateTimeISO('Europe/Amsterdam');
  return new Date(start.add(span).epochMilliseconds).toISOString();
};

/** A month of the law takes the rule set `demo` some seconds; a day is then about this long. */
const demoDayMs = 250;
const days = { D: 1, W: 7, M: 30, Y: 365 } as const;

/** For the rule set `demo`, under which months are seconds. */
export const inDemoTime: Later = (from, span) => {
  const [count, unit] = [Number(span.slice(1, -1)), span.slice(-1) as keyof typeof days];
  return new Date(Date.parse(from) + count * days[unit] * demoDayMs).toISOString();
};

/** How spans are counted under a rule set. */
export const laterUnder = (rules: string): Later => (rules === 'demo' ? inDemoTime : byCalendar);
