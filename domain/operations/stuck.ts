/** Which open routes somebody has to look at, and why. Pure: from what lists show of a route. */
import type { StuckKind } from '../../contracts/digest.ts';
import type { RouteSummary } from '../../contracts/views.ts';
import { escalationOf } from '../terms.ts';
import type { RouteRules } from '../rules.ts';

/** What lists show of an open route. `isWedged`: a watchdog found that it can not say itself how it is. */
export type OpenRoute = Pick<
  RouteSummary,
  | 'routeId'
  | 'municipality'
  | 'caseManager'
  | 'stage'
  | 'health'
  | 'waitingOn'
  | 'blockers'
  | 'dueAt'
  | 'changedAt'
> & { readonly isWedged?: true };

export interface Stuck extends OpenRoute {
  readonly why: StuckKind;
  /** Beyond the case manager: the process director of the municipality is told as well. */
  readonly isEscalated: boolean;
}

/** When the process director is told. */
export type EscalationRules = Pick<RouteRules, 'escalation' | 'calendar'>;

/** The worst first. */
export const stuckKinds: readonly StuckKind[] = [
  'technical',
  'deadlocked',
  'overdue',
  'due-soon',
  'on-hold',
  'unchanged',
];

/** A route may be on hold for so many days before somebody is asked whether that is still so. [assumed] */
export const longHoldDays = 28;
/** A route that waits for somebody may be without a change for so many days. [assumed] */
export const unchangedDays = 42;

const DAY_MS = 86_400_000;

/** The moment so many days before: ISO 8601, UTC. */
export const daysBefore = (now: string, days: number): string =>
  new Date(Date.parse(now) - days * DAY_MS).toISOString();

/** What is known of a route that is stuck; undefined of one that is not. @param now - ISO 8601, UTC */
export function stuckOf(route: OpenRoute, now: string, rules: EscalationRules): Stuck | undefined {
  const why = whyStuck(route, now);
  return why && { ...route, why, isEscalated: isEscalated(route, why, now, rules) };
}

function whyStuck({ health, isWedged, changedAt, waitingOn }: OpenRoute, now: string): StuckKind | undefined {
  if (isWedged || health === 'Technical') return 'technical';
  if (health === 'Deadlocked') return 'deadlocked';
  if (health === 'Overdue') return 'overdue';
  if (health === 'DueSoon') return 'due-soon';
  if (health === 'OnHold') return changedAt <= daysBefore(now, longHoldDays) ? 'on-hold' : undefined;
  // Whoever repays their debts for eighteen months waits for the calendar alone, and that is as it should be.
  const isForTheCalendar = waitingOn.length > 0 && waitingOn.every((party) => party === 'calendar');
  return !isForTheCalendar && changedAt <= daysBefore(now, unchangedDays) ? 'unchanged' : undefined;
}

/** As the route itself tells the process director: of a deadlock, and of a term that passed so long ago. */
function isEscalated({ dueAt }: OpenRoute, why: StuckKind, now: string, rules: EscalationRules): boolean {
  if (why === 'deadlocked') return true;
  return why === 'overdue' && dueAt !== undefined && escalationOf(rules, dueAt) <= now;
}
