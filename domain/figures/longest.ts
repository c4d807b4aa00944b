/**
 * How long routes stand still, from what lists show of them. Since when a wait lasts is known to its route alone; a list
 * knows when anything of the route changed last, so what is reckoned from that is the shortest it can be.
 */
import type { RouteSummary } from '../../contracts/views.ts';

/** What is read of a route. */
export type Standing = Pick<RouteSummary, 'health' | 'waitingOn' | 'dueAt' | 'changedAt'>;

/** The longest there is, in seconds. */
export interface Longest {
  /** Since anything of a route changed that waits on this party. */
  readonly unchangedByParty: ReadonlyMap<string, number>;
  /** Since anything of a route of this health changed. */
  readonly unchangedByHealth: ReadonlyMap<string, number>;
  /** Since the date passed that is the nearest of an overdue route that waits on this party, on whomever it is overdue. */
  readonly overdueByParty: ReadonlyMap<string, number>;
}

/** Reads routes as they come. @param now - ISO 8601, UTC */
export function newLongest(now: string): { add(route: Standing): void; readonly longest: Longest } {
  const at = Date.parse(now);
  const [unchangedByParty, unchangedByHealth, overdueByParty] = [
    new Map<string, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
  ];
  const secondsSince = (moment: string) => Math.max(0, (at - Date.parse(moment)) / 1000);
  const keep = (all: Map<string, number>, key: string, seconds: number) =>
    all.set(key, Math.max(all.get(key) ?? 0, seconds));
  return {
    longest: { unchangedByParty, unchangedByHealth, overdueByParty },
    add({ health, waitingOn, dueAt, changedAt }) {
      const unchanged = secondsSince(changedAt);
      keep(unchangedByHealth, health, unchanged);
      for (const party of waitingOn) {
        keep(unchangedByParty, party, unchanged);
        if (health === 'Overdue' && dueAt !== undefined) keep(overdueByParty, party, secondsSince(dueAt));
      }
    },
  };
}
