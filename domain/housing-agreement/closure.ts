/** A closed year: what becomes of free places, and of who waits. */
import { knows } from '../edition.ts';
import { without } from './endings.ts';
import { linesOf, summed } from './places.ts';
import { inFairOrder } from './queue.ts';
import type { AgreementState, Asked, CarryOver } from './state.ts';
import { ended, withOutgoing, type Unkeyed } from './telling.ts';

/**
 * Whether who has no place waits here, for this year or to be carried over. Where the queue of a closed year goes nowhere,
 * whoever waited would wait for good: they are told, and ask the next year.
 */
export function hasQueue(state: AgreementState): boolean {
  return !state.closed || state.closed.carryOver.queue || !knows(state, 2);
}

/** A closed ledger grants nothing: what becomes free, and who waits, goes on to the next year, as was agreed. */
export function carriedOn(before: AgreementState): AgreementState {
  const state = hasQueue(before) ? before : withoutQueue(before);
  const { places, queue } = state.closed!.carryOver;
  const free = places ? linesOf(state).filter((line) => line.free > 0) : [];
  const waiting = queue ? state.queue : [];
  if (free.length === 0 && waiting.length === 0) return state;
  const leaving = free.map(({ corporation, municipality, housingForm, free: places }) => ({
    corporation,
    municipality,
    housingForm,
    places,
  }));
  const message: Unkeyed<CarryOver> = {
    what: 'carry-over',
    region: state.region,
    year: state.year + 1,
    places: leaving,
    queue: waiting,
  };
  const left = {
    ...state,
    ...(leaving.length > 0 && { carriedOn: summed([...(state.carriedOn ?? []), ...leaving]) }),
    queue: queue ? [] : state.queue,
  };
  return withOutgoing(left, [message]);
}

/**
 * Who is being carried over: they wait in the outbox until the next year's agreement is there. What is released is struck
 * from the message, which stays: whoever delivers it looks here who is still in it.
 */
export function beingCarried(state: AgreementState): readonly Asked[] {
  if (!knows(state, 2)) return [];
  return state.outbox.flatMap((each) => (each.what === 'carry-over' ? each.queue : []));
}

/** Everybody who waits, in order: for this year, or, in a closed one, to be carried over. */
export function allWaiting(state: AgreementState): readonly Asked[] {
  const carried = beingCarried(state);
  return carried.length === 0 ? state.queue : [...state.queue, ...carried].sort(inFairOrder);
}

function withoutQueue(state: AgreementState): AgreementState {
  const told = ended(
    state,
    state.queue.map((asked) => ({ asked })),
    'agreement-closed',
  );
  return state.queue.reduce((each, { reservationId }) => without(each, reservationId, 'C'), told);
}
