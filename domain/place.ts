/**
 * The place of the housing agreement that a route holds: one of the homes that were agreed for a region and a year. The
 * ledger is what counts them; the route keeps what it was told, and tells when it needs the place no more.
 */
import { knows } from './edition.ts';
import { isWithoutHome } from './refused-application.ts';
import { isPassed, changed, type Offer, type RouteState } from './route-state.ts';
import { withOutgoing, type Outgoing, type Release } from './outbox.ts';

/** A place, as the ledger grants it: codes and dates. */
export interface GrantedPlace {
  readonly region: string;
  readonly year: number;
  readonly reservationId: string;
  readonly corporation: string;
  readonly municipality: string;
  readonly housingForm: string;
  readonly neighbourhood?: string;
  /** When it lapses unless it has become a home: ISO 8601, UTC. */
  readonly until: string;
}

export interface RoutePlace extends GrantedPlace {
  readonly grantedAt: string;
  /** The offer for which the ledger keeps it longer than was said at first. */
  readonly keptFor?: string;
  /** It has become a home: it is taken for good. */
  readonly realised?: true;
}

/** What the ledger hears where a place is asked for: of which region, and since when the person waits. */
export interface ToldForPlace {
  readonly region?: string;
  readonly waitingSince: string;
}

/**
 * The person waits from the first decision on, however often a place is asked for or it is decided anew. (A route of
 * before that day was kept waits since its latest.)
 */
export function toldForPlace({ region, steps, decidedAt, startedAt }: RouteState): ToldForPlace {
  const waitingSince = decidedAt ?? steps['intake.decision']?.closedAt ?? startedAt;
  return { ...(region && { region }), waitingSince };
}

/** What follows for a place from how far the route is: it has become a home, or the route ends without one. */
export function withPlace(state: RouteState, now: string): RouteState {
  const { place, ...without } = state;
  if (!place || place.realised) return state;
  if (isPassed(state.steps['housing.key-handover'])) return realised(state, place, now);
  const isOff = state.ending ?? (knows(state, 8) && isWithoutHome(state));
  if (isOff) return { ...without, outbox: withOutgoing(state.outbox, released(place, state)) };
  const accepted = acceptedOffer(state);
  return accepted && place.keptFor !== accepted.offerId && knows(state, 2)
    ? keptFor(state, place, accepted.offerId)
    : state;
}

const acceptedOffer = ({ offers }: Pick<RouteState, 'offers'>): Offer | undefined => {
  const latest = offers.at(-1);
  return latest?.status === 'accepted' ? latest : undefined;
};

/** The home counts in the neighbourhood in which it lies, where the corporation said that. */
function realised(state: RouteState, place: RoutePlace, now: string): RouteState {
  const area = acceptedOffer(state)?.area;
  const where = area !== undefined && /^BU\d{8}$/.test(area) ? { neighbourhood: area } : {};
  const key = `${place.reservationId}:realised`;
  const told: Outgoing = { what: 'place-realised', key, place: { ...place, ...where } };
  const entry = { what: 'place-realised', by: 'calendar', reason: place.corporation };
  return changed(state, now, entry, {
    place: { ...place, realised: true },
    outbox: withOutgoing(state.outbox, told),
  });
}

/** Between yes and keys the place must not lapse: it is kept for as long again as it was reserved for. */
function keptFor(state: RouteState, place: RoutePlace, offerId: string): RouteState {
  const told: Outgoing = { what: 'place-kept', key: `${place.reservationId}:kept-for:${offerId}`, place };
  return { ...state, place: { ...place, keptFor: offerId }, outbox: withOutgoing(state.outbox, told) };
}

/** That the route needs a place, or its place in the queue, no more. */
export function released(
  { reservationId, region }: Pick<GrantedPlace, 'reservationId' | 'region'>,
  { transfer }: Pick<RouteState, 'transfer'>,
): Release {
  // The place of a home that was accepted before the route went to another region is of the earlier one.
  const elsewhere = transfer?.sender ? { region } : {};
  return { what: 'release', key: `${reservationId}:released`, party: 'housing-agreement', ...elsewhere };
}

/** Whether the place of a route that goes to another region goes back: unless it is a home, or is about to be one. */
export const isGivenBack = (state: Pick<RouteState, 'place' | 'offers'>): boolean =>
  state.place !== undefined && !state.place.realised && !acceptedOffer(state);
