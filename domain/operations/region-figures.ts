/** Figures for a region: how the open routes of its municipalities stand. In them nobody can be recognised. Pure. */
import type { Figure } from '../../contracts/figures.ts';
import type { RegionFigures, RegionItem } from '../../contracts/region-figures.ts';
import type { Health, Party, Stage } from '../../contracts/vocabulary.ts';
import { tellable } from '../figures/keep-back.ts';
import { deadlockNames, reportCell, tallyDeadlocks, type Shown } from '../figures/report-tallies.ts';
import { cell, everywhere, newTally, type Counted } from '../figures/tally.ts';
import { addDays } from '../calendar.ts';

type DeadlockStatus = RegionItem['deadlocks'][number]['statuses'][number]['status'];

/** What is counted of an open route. */
export interface Countable extends Counted {
  readonly routeId: string;
  /** `status/name` of its latest deadlock; none where there never was one. */
  readonly deadlock?: string | undefined;
}

/** The codes that there are, in the order in which they are shown. */
export interface Codes {
  readonly stages: readonly Stage[];
  readonly health: readonly Health[];
  readonly parties: readonly Party[];
  readonly deadlockStatuses: readonly DeadlockStatus[];
  /** What is less is kept back. */
  readonly smallestCount: number;
}

export interface Region {
  readonly region: string;
  readonly municipalities: readonly string[];
}

/** The Monday of the week of a day, YYYY-MM-DD. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(day).getUTCDay() + 6) % 7));

/** The same at each sending of that week. */
export const regionFiguresKey = ({ recipient, week }: Pick<RegionFigures, 'recipient' | 'week'>): string =>
  `region-figures:${recipient}:${week}`;

/**
 * The figures of one region and of each of its municipalities that has routes.
 * @param routes - all open routes; those of other regions are left out
 * @param countedAt - ISO 8601, UTC
 */
export function regionItems(
  { municipalities }: Region,
  routes: readonly Countable[],
  countedAt: string,
  codes: Codes,
): RegionItem[] {
  const own = routes.filter(({ municipality }) => municipalities.includes(municipality));
  const tally = newTally(countedAt);
  for (const route of own) tally.add(route);
  const deadlocks: Shown[] = own.flatMap(({ municipality, deadlock }) =>
    deadlock ? [{ municipality, values: [deadlock] }] : [],
  );
  const told = tellable(tally.counts, codes.smallestCount);
  const toldOfDeadlocks = tellable(tallyDeadlocks(deadlocks), codes.smallestCount);
  const names = deadlockNames(deadlocks);
  const places = [everywhere, ...municipalities.filter((each) => tally.counts.has(each))];
  return places.map((place) => {
    const figure = (name: string) => figureOf(told(place, name));
    return {
      ...(place !== everywhere && { municipality: place }),
      total: figure(cell.total),
      stages: codes.stages.map((stage) => ({ stage, ...figure(cell.stage(stage)) })),
      health: codes.health.map((health) => ({ health, ...figure(cell.health(health)) })),
      waitingOn: codes.parties.map((party) => ({ party, ...figure(cell.waiting(party)) })),
      deadlocks: names.map((name) => ({
        name,
        statuses: codes.deadlockStatuses.map((status) => ({
          status,
          routes: figureOf(toldOfDeadlocks(place, reportCell.deadlock(status, name))),
        })),
      })),
    };
  });
}

/** A figure that may be told, or that it is kept back. */
export const figureOf = (count: number | undefined): Figure =>
  count === undefined ? { count: null, suppressed: true } : { count };
