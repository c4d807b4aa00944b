/** What a request to the corporation says of offers: each step the least, and nothing where there is nothing to say. */
import { excludedAreas } from './excluded-areas.ts';
import type { RouteState } from './route-state.ts';
import { steps, type StepId } from './steps.ts';

export interface ToldOfOffers {
  /** Codes of the areas in which no home is to be offered. */
  readonly excludedAreas?: readonly string[];
  /** The home that was accepted. */
  readonly offerId?: string;
}

/**
 * The search hears which areas are excluded; contract and lease are about the home that was accepted. An offer of
 * before there were leases is not named: its request may be on its way, and says the same when it is sent again.
 */
export function toldOfOffers(state: RouteState, stepId: StepId): ToldOfOffers {
  if (stepId === 'housing.offer') {
    const areas = excludedAreas(state);
    return areas.length > 0 ? { excludedAreas: areas } : {};
  }
  if (stepId !== 'housing.contract' && !steps[stepId].lease) return {};
  const accepted = state.offers.findLast(({ status }) => status === 'accepted');
  return accepted?.lease ? { offerId: accepted.offerId } : {};
}
