/**
 * Figures over open routes: in how many places of the process they stand still, on whom, and for how long. Each cell has a
 * name `line/value`; the cells of a line that `addsUp` make up the whole, so that one of them can be reckoned from the
 * others.
 */
import type { RouteSummary } from '../../contracts/views.ts';

/** What is counted of a route: what lists show of it. */
export type Counted = Pick<
  RouteSummary,
  'municipality' | 'stage' | 'health' | 'waitingOn' | 'blockers' | 'stageSince'
>;

/** For how long a route has been in its stage, in calendar months. */
export const ages = [
  'under-1-month',
  '1-to-3-months',
  '3-to-6-months',
  '6-to-12-months',
  'over-12-months',
] as const;
export type Age = (typeof ages)[number];
const ageLimitsMonths = [1, 3, 6, 12];

/** The cells there are. */
export const cell = {
  total: 'total/all',
  stage: (stage: string) => `stage/${stage}`,
  health: (health: string) => `health/${health}`,
  waiting: (party: string) => `waiting/${party}`,
  /** Routes that wait on a party, and are overdue; on whomever, where they wait on several. */
  overdue: (party: string) => `lateness of ${party}/overdue`,
  inTime: (party: string) => `lateness of ${party}/in-time`,
  blocker: (blocker: string) => `blocker/${blocker}`,
  age: (stage: string, age: Age) => `age in ${stage}/${age}`,
};

/** Whether each route is in one cell of the line; it waits on several parties, and misses several signals. */
export const addsUp = (line: string): boolean =>
  !/^(total|waiting|blocker|signal|seen|before|deadlock)\b/.test(line);

/** The place under which all municipalities are counted together. */
export const everywhere = 'everywhere';

/** How many routes there are, by municipality or `everywhere`, and by cell; none where there is no number. */
export type Counts = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Counts what each route has of something. @param cellsOf - of one route, each once */
export function tallyOf<T extends { readonly municipality: string }>(
  rows: Iterable<T>,
  cellsOf: (row: T) => readonly string[],
): Counts {
  const counts = new Map<string, Map<string, number>>();
  for (const row of rows)
    for (const place of [everywhere, row.municipality]) {
      const cells = counts.get(place) ?? new Map<string, number>();
      counts.set(place, cells);
      for (const each of cellsOf(row)) cells.set(each, (cells.get(each) ?? 0) + 1);
    }
  return counts;
}

/** Counts routes as they come. @param now - ISO 8601, UTC */
export function newTally(now: string): { add(route: Counted): void; readonly counts: Counts } {
  const counts = new Map<string, Map<string, number>>();
  const limits = ageLimitsMonths.map((months) => monthsBefore(now, months));
  return {
    counts,
    add(route) {
      for (const place of [everywhere, route.municipality]) {
        const cells = counts.get(place) ?? new Map<string, number>();
        counts.set(place, cells);
        for (const each of cellsOf(route, limits)) cells.set(each, (cells.get(each) ?? 0) + 1);
      }
    },
  };
}

function cellsOf({ stage, health, waitingOn, blockers, stageSince }: Counted, limits: string[]): string[] {
  const age = ages[limits.filter((limit) => stageSince <= limit).length]!;
  const lateness = health === 'Overdue' ? cell.overdue : cell.inTime;
  return [
    cell.total,
    cell.stage(stage),
    cell.health(health),
    cell.age(stage, age),
    ...waitingOn.flatMap((party) => [cell.waiting(party), lateness(party)]),
    ...blockers.map(cell.blocker),
  ];
}

/** The same day and time so many months before; the last day of a month that has no such day. */
function monthsBefore(now: string, months: number): string {
  const then = new Date(now);
  const day = then.getUTCDate();
  then.setUTCMonth(then.getUTCMonth() - months, 1);
  const last = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate();
  then.setUTCDate(Math.min(day, last));
  return then.toISOString();
}
