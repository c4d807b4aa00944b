/** News of the housing agreement: a place was granted, or is over. */
import { withoutAnswers } from './early-news.ts';
import { knows } from './edition.ts';
import { settled } from './finish-step.ts';
import type { PartnerNews } from './news.ts';
import { withOutgoing } from './outbox.ts';
import type { Verdict } from './partner-news.ts';
import { released, type GrantedPlace } from './place.ts';
import { isWithoutHome } from './refused-application.ts';
import { requestIdOf } from './request-id.ts';
import { changed, isPassed, withStep, type RouteState } from './route-state.ts';
import { rewound } from './step-transitions.ts';

const stepId = 'housing.place' as const;

/**
 * A place was granted: to a route that asked for it, or because somebody reserved it by hand. The step that waited for it
 * is done. One that comes after the end goes back at once.
 */
export function judgeGrant(state: RouteState, { place, party, eventId }: PartnerNews, now: string): Verdict {
  if (!place) return { state, receipt: 'late', reason: 'unknown-request' };
  const givenBack = (reason: string): Verdict => {
    const outbox = withOutgoing(state.outbox, released(place, state));
    return { state: changed(state, now, undefined, { outbox }), receipt: 'late', reason };
  };
  if (state.ending) return givenBack('route-ending');
  if (knows(state, 8) && isWithoutHome(state)) return givenBack('step-not-needed');
  if (isOfEarlierRegion(state, place)) return givenBack('superseded');
  const record = state.steps[stepId];
  const waits = record && !isPassed(record) && record.status !== 'withdrawn';
  if (isSame(state.place, place) && !waits) return { state, receipt: 'late', reason: 'already-answered' };
  const done = waits && {
    ...settled(record),
    status: 'done' as const,
    closedAt: now,
    eventId,
  };
  // That the place of this very home is kept for longer may be heard after the keys: it is no second one.
  const isAnother = state.place?.reservationId !== place.reservationId;
  const hasHome = isPassed(state.steps['housing.key-handover']);
  if (knows(state, 7) && hasHome && !waits && isAnother) return givenBack('step-not-needed');
  const isLonger = state.place?.reservationId === place.reservationId && state.place.keptFor;
  const keptFor = isLonger ? { keptFor: isLonger } : {};
  const entry = {
    what: keptFor.keptFor ? 'place-kept' : 'place-granted',
    by: party,
    reason: place.corporation,
  };
  const about = done ? { ...entry, stepId, attempt: done.attempt } : entry;
  const answered = done ? [requestIdOf(state.routeId, stepId, done.attempt)] : [];
  const parts = {
    place: { ...place, grantedAt: now, ...keptFor },
    ...(done && withStep(state, stepId, done)),
    ...withoutAnswers(state, answered, 'already-answered', now),
  };
  return { state: changed(state, now, about, parts), receipt: 'applied' };
}

/** A route that went to another region gave up its place in the queue of before; the ledger there may not have heard so yet. */
const isOfEarlierRegion = ({ transfer, region, place: held }: RouteState, place: GrantedPlace): boolean =>
  transfer?.sender !== undefined && place.region !== region && held?.reservationId !== place.reservationId;

const isSame = (
  held: GrantedPlace | undefined,
  told: { readonly reservationId: string; readonly until?: string },
): boolean => held?.reservationId === told.reservationId && held.until === told.until;

/**
 * A place, or a place in the queue, is over that the route still needs: it lapsed, the corporation took it back, somebody
 * gave it back by hand. The route asks anew, and keeps the date from which it waits. After the keys nobody takes a place.
 */
export function judgeEndOfPlace(state: RouteState, news: PartnerNews, now: string): Verdict {
  const { ended } = news;
  const late: Verdict = { state, receipt: 'late', reason: 'superseded' };
  if (!ended || state.place?.realised) return late;
  const isWaiting = !ended.until && !state.place && state.steps[stepId]?.status === 'open';
  if (!isWaiting && !isSame(state.place, ended)) return late;
  const { place: _, ...without } = state;
  const entry = { what: 'place-ended', by: news.party, ...(news.reason && { reason: news.reason }) };
  const told = changed(without, now, entry, {});
  // Where the route has gone to, places may not be agreed on at all.
  const isAsked = !told.transfer?.sender || told.agreement?.reservesPlaces;
  const again = told.steps[stepId] && !told.ending && isAsked;
  return { state: again ? rewound(told, [stepId], now) : told, receipt: 'applied' };
}
