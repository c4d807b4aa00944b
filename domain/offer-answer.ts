/** The person's answer to an offer, given together with the case manager. */
import type { CommandOf } from './command.ts';
import { finished } from './finish-step.ts';
import { afterRefusal } from './offer-consequences.ts';
import { Refused } from './refusal.ts';
import { changed, type Offer, type RouteState } from './route-state.ts';

/**
 * The person's yes or no to an offer. After a no the search goes on; what else follows is said by its reason.
 * @throws Refused for an offer that the route does not have, or that is not open any more
 */
export function answerOffer(
  state: RouteState,
  { offerId, accepted, reason, note }: CommandOf<'answer-offer'>,
  by: string,
  now: string,
): RouteState {
  const offer = state.offers.findLast((each) => each.offerId === offerId);
  if (!offer) throw new Refused('offer-unknown', 'This route has no such offer.');
  if (offer.status !== 'open' || state.steps['housing.offer-answer']?.status !== 'open')
    throw new Refused(
      'offer-already-answered',
      `The offer is ${offer.status}; it can't be answered any more.`,
    );
  const answered: Offer = {
    ...offer,
    status: accepted ? 'accepted' : 'refused',
    answeredAt: now,
    ...(reason && { refusal: reason }),
  };
  const entry = {
    what: accepted ? 'offer-accepted' : 'offer-refused',
    by,
    ...(reason && { reason }),
    ...(note && { note }),
  };
  const offers = state.offers.map((each) => (each === offer ? answered : each));
  const told = changed(state, now, entry, { offers });
  const next = !accepted && reason ? afterRefusal(told, offer, reason, now) : told;
  return finished(next, 'housing.offer-answer', by, now);
}
