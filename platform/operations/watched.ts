/** Which workflows are looked at from outside, as queries of the store. */
import { isOpen, isRoute, openRoutesWhere } from '../../domain/operations/visibility.ts';

/** A route whose own timer does not turn it over so long after its term: it does not run. */
const turnsOverWithinMs = 5 * 60_000;

/** Those whose term has passed without a word, and those that say they have a technical failure. */
export const suspects = (now: Date): readonly string[] => [
  `${isRoute} AND ${isOpen} AND RouteHealth IN ('OnTrack', 'DueSoon') AND DueAt < '${new Date(now.getTime() - turnsOverWithinMs).toISOString()}'`,
  technicalRoutes,
];

export const technicalRoutes = `${isRoute} AND ${isOpen} AND RouteHealth = 'Technical'`;

/** All that lasts for months. */
export const watched: readonly string[] = [
  openRoutesWhere(),
  `WorkflowType = 'housingAgreement' AND ${isOpen}`,
];
