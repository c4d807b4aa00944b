/** Who hears of a change: what a token may see, narrowed by what was asked for. */
import type { RouteSummary } from '../../contracts/views.ts';
import type { RouteFilters } from '../gateway/list.ts';

export interface Audience {
  /** The municipality of the token; left out: all of them. */
  readonly reach?: string | undefined;
  /** The one route that is watched. */
  readonly routeId?: string;
  readonly filters: RouteFilters;
}

/** What is known of a change. */
export interface Change {
  readonly now: RouteSummary;
  /** As it was before, where that is known. */
  readonly before: RouteSummary | undefined;
  /** The municipalities that are to hear that it is theirs no longer, as far as they are known. */
  readonly left: readonly string[];
}

/**
 * What somebody is to hear of a change: how the route is now, that it is none of theirs any more, or nothing. That it left
 * their filters is also told when nobody knows whether it was within them; that it left their municipality never is, for
 * then it would be told to whom it does not concern.
 */
export function newsFor(audience: Audience, { now, before, left }: Change): 'changed' | 'left' | undefined {
  const { routeId, filters } = audience;
  if (routeId !== undefined && routeId !== now.routeId) return undefined;
  if (!isWithin(audience, now.municipality)) {
    const wasTheirs = routeId !== undefined || left.some((each) => isWithin(audience, each));
    return wasTheirs ? 'left' : undefined;
  }
  if (fits(filters, now)) return 'changed';
  const wasTheirs = !before || (isWithin(audience, before.municipality) && fits(filters, before));
  return wasTheirs ? 'left' : undefined;
}

function isWithin({ reach, filters }: Audience, municipality: string): boolean {
  return [reach, filters.municipality].every((each) => each === undefined || each === municipality);
}

function fits(filters: RouteFilters, route: RouteSummary): boolean {
  const values: Record<keyof RouteFilters, readonly string[]> = {
    stage: [route.stage],
    health: [route.health],
    waitingOn: route.waitingOn,
    blocker: route.blockers,
    municipality: [route.municipality],
    caseManager: [route.caseManager],
    targetGroup: [route.targetGroup],
  };
  return Object.entries(filters).every(
    ([name, wanted]) => wanted === undefined || values[name as keyof RouteFilters].includes(wanted as string),
  );
}
