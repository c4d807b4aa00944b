/** A closed year: what becomes of free places, and of who waits. */
import { knows } from '../edition.ts';
import { without } from './endings.ts';
import { linesOf, summed } from './places.ts';
import type { AgreementState, CarryOver } from './state.ts';
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

function withoutQueue(state: AgreementState): AgreementState {
  const told = ended(
    state,
    state.queue.map((asked) => ({ asked })),
    'agreement-closed',
  );
  return state.queue.reduce((each, { reservationId }) => without(each, reservationId, 'C'), told);
}
