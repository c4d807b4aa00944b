/** What a request to the corporation says of offers: each step the least, and nothing where there is nothing to say. */
import { excludedAreas } from './excluded-areas.ts';
import type { GrantedPlace } from './place.ts';
import type { RouteState } from './route-state.ts';
import type { StepId } from './steps.ts';
import { stepOf } from './template.ts';

/** Which of the places of the housing agreement is reserved: all codes of the agreement's own, nothing of the person. */
export type ReservedPlace = Pick<
  GrantedPlace,
  'region' | 'year' | 'reservationId' | 'corporation' | 'municipality' | 'housingForm'
>;

export interface ToldOfOffers {
  /** Codes of the areas in which no home is to be offered. */
  readonly excludedAreas?: readonly string[];
  /** The place that the home is to be found for. */
  readonly place?: ReservedPlace;
  /** The home that was accepted. */
  readonly offerId?: string;
}

/**
 * The search hears which areas are excluded, and which place is reserved where one is; contract and lease are about the
 * home that was accepted. An offer of before there were leases is not named: its request may be on its way, and says the
 * same when it is sent again.
 */
export function toldOfOffers(state: RouteState, stepId: StepId): ToldOfOffers {
  if (stepId === 'housing.offer') {
    const areas = excludedAreas(state);
    return { ...(areas.length > 0 && { excludedAreas: areas }), ...reservedPlace(state) };
  }
  if (stepId !== 'housing.contract' && !stepOf(state, stepId).lease) return {};
  const accepted = state.offers.findLast(({ status }) => status === 'accepted');
  return accepted?.lease ? { offerId: accepted.offerId } : {};
}

/** A place that has become a home is none for another one. */
function reservedPlace({ place }: RouteState): Pick<ToldOfOffers, 'place'> {
  if (!place || place.realised) return {};
  const { region, year, reservationId, corporation, municipality, housingForm } = place;
  return { place: { region, year, reservationId, corporation, municipality, housingForm } };
}
