/** What becomes of one reservation: asked for, confirmed, released, withdrawn, lapsed. */
import { knows } from '../edition.ts';
import { beingCarried, hasQueue } from './closure.ts';
import { endingOf, without } from './endings.ts';
import { daysFrom, settled } from './granting.ts';
import { hasRoom, linesOf, spreadOf, summed } from './places.ts';
import { queuedWith } from './queue.ts';
import { AgreementRefused } from './refusal.ts';
import { queuedAtMost, type AgreementState, type Asked, type Reservation } from './state.ts';
import { ended } from './telling.ts';

/** A reservation that never ends would be a leak: nobody asks for more than a year. */
const longestDays = 366;
/** While so much is still to be told, nobody reserves by hand: each of those has its route told as well. */
const toldAtMost = 200;

/**
 * A place for a route, or a place in the queue where there is none. A route that has one already keeps that.
 * @param asHeld - the route asks itself: what it has is what it wants, whatever it wished for then
 * @throws AgreementRefused agreement-closed, reservation-exists (with other wishes), queue-full, term-not-valid,
 *   waiting-since-not-valid, behind-with-telling
 */
export function reserve(
  state: AgreementState,
  request: Omit<Asked, 'arrival' | 'waitingSince'> & { readonly waitingSince?: string },
  now: string,
  asHeld = false,
): AgreementState {
  const { routeId, waitingSince = now, until } = request;
  const held = find(state, { routeId });
  const hasPlace = state.reservations.some(({ asked }) => asked === held);
  // In a closed year nobody waits any more: whoever asks again asks the next year.
  if (held && (hasPlace || !state.closed)) {
    if (asHeld || JSON.stringify(held.wishes) === JSON.stringify(request.wishes)) return state;
    throw new AgreementRefused('reservation-exists', { reservationId: held.reservationId });
  }
  if (state.closed) throw new AgreementRefused('agreement-closed', { year: state.year });
  if (until && (until <= now || until > daysFrom(now, longestDays)))
    throw new AgreementRefused('term-not-valid', { until, days: longestDays });
  if (waitingSince > now) throw new AgreementRefused('waiting-since-not-valid', { waitingSince });
  if (!asHeld && knows(state, 7) && state.outbox.length >= toldAtMost)
    throw new AgreementRefused('behind-with-telling', { untold: state.outbox.length });
  const arrival = state.arrivals + 1;
  const asked: Asked = { ...request, waitingSince, arrival };
  const queued = { ...state, arrivals: arrival, queue: queuedWith(state.queue, asked) };
  // A route's own request has its answer. Of a place that somebody reserved by hand its route has yet to hear.
  const hasAnswer = asHeld || !knows(state, 7);
  const next = settled(queued, now, hasAnswer ? request.reservationId : undefined);
  if (next.queue.length > Math.max(queuedAtMost, state.queue.length))
    throw new AgreementRefused('queue-full', { queued: state.queue.length });
  return next;
}

/**
 * The place has become a home.
 * @param neighbourhood - where it is; left out: as it was reserved
 * @throws AgreementRefused reservation-unknown, reservation-ended, not-reserved, spread-reached
 */
export function confirm(
  state: AgreementState,
  {
    reservationId,
    neighbourhood,
    asItIs,
  }: { reservationId: string; neighbourhood?: string | undefined; asItIs?: true },
  now: string,
): AgreementState {
  const reservation = reservationOf(state, reservationId);
  if (reservation.status === 'realised') return state;
  const others = state.reservations.filter((each) => each !== reservation);
  const place = { ...reservation.place, ...(neighbourhood && { neighbourhood }) };
  const spread = spreadOf({ ...state, reservations: others }, linesOf(state));
  const moved = neighbourhood !== undefined && neighbourhood !== reservation.place.neighbourhood;
  if (moved && !asItIs && !hasRoom(spread, neighbourhood))
    throw new AgreementRefused('spread-reached', {
      neighbourhood,
      maximum: spread.maximum.get(neighbourhood)!,
    });
  const realised: Reservation = { ...reservation, status: 'realised', place };
  const reservations = state.reservations.map((each) => (each === reservation ? realised : each));
  return settled({ ...state, reservations }, now); // a neighbourhood that it left may have room for somebody
}

/**
 * A reserved place is kept for as long again, counted from now: its route is about to take the home.
 * @throws AgreementRefused reservation-unknown
 */
export function keep(
  state: AgreementState,
  { reservationId }: { reservationId: string },
  now: string,
): AgreementState {
  const reservation = reservationOf(state, reservationId);
  const until = daysFrom(now, state.terms.reservationDays);
  if (reservation.status === 'realised' || until <= reservation.until) return state;
  const kept = { ...reservation, until };
  return { ...state, reservations: state.reservations.map((each) => (each === reservation ? kept : each)) };
}

/**
 * Somebody gives back the place of a route, or its place in the queue. The place goes to the next, and the route is told.
 * @throws AgreementRefused reservation-unknown, already-realised
 */
export function release(
  state: AgreementState,
  { reservationId }: { reservationId: string },
  now: string,
): AgreementState {
  if (endingOf(state, reservationId)) return state;
  const asked = find(state, { reservationId }) ?? unknown();
  const held = state.reservations.find((each) => each.asked === asked);
  if (held?.status === 'realised') throw new AgreementRefused('already-realised');
  const told = ended(state, [held ?? { asked }], 'released');
  return settled(without(told, reservationId, 'R'), now);
}

/** Whatever a route has or waits for, it needs no more; what has become a home stays one. */
export function releaseOfRoute(
  state: AgreementState,
  { routeId }: { routeId: string },
  now: string,
): AgreementState {
  const asked = find(state, { routeId });
  const held = state.reservations.find((each) => each.asked === asked);
  if (!asked || held?.status === 'realised') return state;
  const left = settled(without(state, asked.reservationId, 'R'), now);
  return releaseOfRoute(left, { routeId }, now); // two years may be carrying the same route over
}

/**
 * A corporation takes back what it had reserved. The holder waits again, by the waiting date and the order of arrival
 * they had from the beginning, and so stands before all who came after.
 * @param placeStays - the home is off, the place is not: it is free for the next, most likely the same holder
 * In a closed year whose queue goes nowhere the holder is told, and asks the next year.
 * @throws AgreementRefused reservation-unknown, reservation-ended, not-reserved, already-realised
 */
export function withdraw(
  state: AgreementState,
  { reservationId, placeStays }: { reservationId: string; placeStays: boolean },
  now: string,
): AgreementState {
  const reservation = reservationOf(state, reservationId);
  if (reservation.status === 'realised') throw new AgreementRefused('already-realised');
  const { corporation, municipality, housingForm } = reservation.place;
  const gone = placeStays ? [] : [{ corporation, municipality, housingForm, places: 1 }];
  const told = ended(state, [reservation], 'withdrawn');
  const left = {
    ...told,
    reservations: state.reservations.filter((each) => each !== reservation),
    withdrawn: summed([...state.withdrawn, ...gone]),
  };
  const next = hasQueue(state)
    ? { ...left, queue: queuedWith(state.queue, reservation.asked) }
    : without(left, reservationId, 'C');
  return settled(next, now);
}

/** The nearest moment at which a reserved place lapses. */
export function nextLapse(state: AgreementState): string | undefined {
  let next: string | undefined;
  for (const { status, until } of state.reservations)
    if (status === 'reserved' && (next === undefined || until < next)) next = until;
  return next;
}

/** Lets every reservation whose term has passed by a moment lapse; its place goes to the next. */
export function lapse(state: AgreementState, moment: string): AgreementState {
  const over = state.reservations.filter(({ status, until }) => status === 'reserved' && until <= moment);
  if (over.length === 0) return state;
  const told = ended(state, over, 'lapsed');
  const left = over.reduce((each, { asked }) => without(each, asked.reservationId, 'L'), told);
  return settled({ ...left, changedAt: moment }, moment);
}

/** What somebody asked for that is still there: queued, reserved, realised, or being carried over. */
export function find(
  state: AgreementState,
  { reservationId, routeId }: { reservationId?: string; routeId?: string },
): Asked | undefined {
  const isIt = (asked: Asked) => asked.reservationId === reservationId || asked.routeId === routeId;
  return (
    state.queue.find(isIt) ??
    state.reservations.find(({ asked }) => isIt(asked))?.asked ??
    beingCarried(state).find(isIt)
  );
}

/** A reserved or realised place. @throws AgreementRefused reservation-unknown, reservation-ended, not-reserved */
function reservationOf(state: AgreementState, reservationId: string): Reservation {
  const reservation = state.reservations.find(({ asked }) => asked.reservationId === reservationId);
  if (reservation) return reservation;
  const ending = endingOf(state, reservationId);
  if (ending) throw new AgreementRefused('reservation-ended', { ending });
  if (find(state, { reservationId })) throw new AgreementRefused('not-reserved');
  return unknown();
}

function unknown(): never {
  throw new AgreementRefused('reservation-unknown');
}
