/** The outage of a partner: whom of its routes it holds, and which of those it lets go on. */
import type { RouteState } from '../route-state.ts';

export interface Outage {
  readonly party: string;
  /** Opaque id of the member of operations who began it. */
  readonly by: string;
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** When it is expected to be over, ISO 8601, UTC: routes on hold go on by themselves then. */
  readonly until: string;
}

/** In whose name routes are held: a hold remembers by it that it is of an outage, and of which. */
export const holderOf = ({ by, party }: Pick<Outage, 'by' | 'party'>): string => `${by}-outage-${party}`;

/** Nobody decided about the route itself: the calendar let it go on, or the end of an outage. */
const isByItself = (by: string): boolean => by === 'calendar' || /-outage-[a-z-]+$/.test(by);

/** The id of the command that holds a route; another one once the end was moved, for the route went on at the first. */
export const holdCommandId = ({ party, since, until }: Outage, routeId: string): string =>
  `outage:${party}:${since}:${until}:${routeId}`;

/**
 * How a route stands to an outage.
 * `to-hold`: it waits on the party, and nobody has decided about it. `held`: by this outage. `left`: somebody else holds it, or
 * somebody let it go on since the outage began.
 */
export function standsTo(state: RouteState, outage: Outage): 'to-hold' | 'held' | 'left' {
  if (state.hold) return isHeldBy(state, outage) ? 'held' : 'left';
  const ended = state.timeline.findLast(({ what, at }) => what === 'hold-ended' && at >= outage.since);
  return ended && !isByItself(ended.by) ? 'left' : 'to-hold';
}

/** Whether the hold of a route is this outage's. */
export const isHeldBy = ({ hold }: RouteState, outage: Outage): boolean =>
  hold?.by === holderOf(outage) && hold.since >= outage.since;
