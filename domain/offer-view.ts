/** What is shown of the offers of a route, and of what keeps a person safe. Never an address. */
import type { RouteView } from '../contracts/views.ts';
import type { Language } from '../contracts/vocabulary.ts';
import { excludedAreas } from './excluded-areas.ts';
import { countsAsRefusal, preferenceRefusals } from './offer-consequences.ts';
import { offerText } from './offer-texts.ts';
import type { RouteState } from './route-state.ts';

type OfOffers = Pick<RouteView, 'offers' | 'preferenceRefusals' | 'excludedAreas' | 'shelterAddress'>;

/** The offers, each with what became of it, and what the next one is held against. */
export function offersView(state: RouteState, language: Language): OfOffers {
  const refusals = preferenceRefusals(state);
  return {
    offers: state.offers.map((offer) => ({
      ...offer,
      counted: countsAsRefusal(offer),
      sentence: offerText(offer, language),
    })),
    ...(refusals && { preferenceRefusals: refusals }),
    excludedAreas: [...excludedAreas(state)],
    ...(state.shelterAddress && { shelterAddress: 'sealed' as const }),
  };
}
