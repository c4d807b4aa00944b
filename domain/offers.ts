/** Offers of homes: one at a time. How one comes in, and what becomes of it without an answer of the person. */
import { homeWithdrawn, isHomeToBe } from './accepted-home.ts';
import { withoutWaiting } from './early-news.ts';
import { isExcluded } from './excluded-areas.ts';
import { finished } from './finish-step.ts';
import type { OfferedHome, PartnerNews } from './news.ts';
import type { Verdict } from './partner-news.ts';
import { changed, type Offer, type RouteState } from './route-state.ts';

/** How many offers travel with the route, the latest; its histories hold all of them. */
export const offersKept = 6;

/** Why a corporation withdraws an offer that nobody answered in time: it has lapsed then. */
export const answerTermPassed = 'answer-term-passed';

/**
 * One offer at a time: one that nobody answered makes room for the next. What comes after an accepted one is found by
 * another search, in which refusals are counted from the beginning.
 */
export function withOffer(
  state: RouteState,
  made: OfferedHome,
  now: string,
): Pick<RouteState, 'offers' | 'preferenceRefusals'> {
  const before = state.offers.map((each): Offer =>
    each.status === 'open' ? { ...each, status: 'withdrawn' } : each,
  );
  const isAnotherSearch = before.at(-1)?.status === 'accepted' && state.preferenceRefusals !== undefined;
  return {
    offers: [...before, { ...made, status: 'open' as const, madeAt: now }].slice(-offersKept),
    ...(isAnotherSearch && { preferenceRefusals: 0 }),
  };
}

/**
 * What becomes at once of an offer that has just come in: it is off when its withdrawal was faster, and refused by
 * rule when it lies in an excluded area, which nobody is asked about.
 */
export function offerArrived(state: RouteState, { offerId, area }: OfferedHome, now: string): RouteState {
  const withdrawal = waitingWithdrawal(state, offerId);
  if (withdrawal) return withdrawn(withoutWaiting(state, withdrawal, now), withdrawal, now);
  if (!isExcluded(state, area)) return state;
  const refused = { status: 'refused', refusal: 'unsafe', byRule: true, answeredAt: now } as const;
  const offers = state.offers.map((each, i, all) => (i === all.length - 1 ? { ...each, ...refused } : each));
  return changed(state, now, { what: 'offer-refused-by-rule', by: 'calendar' }, { offers });
}

/** More withdrawals than these do not wait for their offers: no corporation has so many on their way to one person. */
const withdrawalsWaiting = 10;

const waitingWithdrawal = ({ inbox }: RouteState, of: string | undefined) =>
  inbox.find(({ kind, offerId }) => kind === 'offer-withdrawn' && offerId === of);

/**
 * A withdrawal may overtake its offer, or the offer itself waits for its step: then both wait, and are both applied. A
 * corporation may offer the same home again, under the same id: what is meant is the latest. A home that was accepted
 * can be taken back until its keys are handed over; after that the tenancy stands.
 */
export function judgeWithdrawal(state: RouteState, news: PartnerNews, now: string): Verdict {
  if (news.party !== 'housing-corporation') return { state, receipt: 'late', reason: 'not-your-step' };
  const offer = state.offers.findLast(({ offerId }) => offerId === news.offerId);
  if (offer?.status === 'open') return { state: withdrawn(state, news, now), receipt: 'applied' };
  if (offer && isHomeToBe(state, offer))
    return { state: homeWithdrawn(state, offer, news, now), receipt: 'applied' };
  const waiting = state.inbox.filter(({ kind }) => kind === 'offer-withdrawn').length;
  const mayWait = !offer && !state.ending && waiting < withdrawalsWaiting;
  if (!mayWait || waitingWithdrawal(state, news.offerId))
    return { state, receipt: 'late', reason: 'offer-not-open' };
  return { state: changed(state, now, undefined, { inbox: [...state.inbox, news] }), receipt: 'early' };
}

/** The offer is off. When the person was asked about it, the question is off as well. */
function withdrawn(state: RouteState, news: PartnerNews, now: string): RouteState {
  const offer = state.offers.findLast(({ offerId }) => offerId === news.offerId);
  const status = hasLapsed(state, news, now) ? ('lapsed' as const) : ('withdrawn' as const);
  const entry = { what: `offer-${status}`, by: news.party, ...(news.reason && { reason: news.reason }) };
  const offers = state.offers.map((each) => (each === offer ? { ...each, status } : each));
  const next = changed(state, now, entry, { offers });
  const asked = state.steps['housing.offer-answer']?.status === 'open';
  return asked ? finished(next, 'housing.offer-answer', news.party, now) : next;
}

/**
 * A term fails nothing by itself, so an offer lapses when its term has passed and the corporation says so. While the
 * route is on hold no term passes.
 */
function hasLapsed({ steps, hold }: RouteState, { reason }: PartnerNews, now: string): boolean {
  const answer = steps['housing.offer-answer'];
  if (reason !== answerTermPassed || answer?.status !== 'open') return false;
  return answer.overdue === true || (!hold && answer.dueAt !== undefined && answer.dueAt <= now);
}
