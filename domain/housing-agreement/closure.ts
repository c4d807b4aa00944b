/** A closed year: what becomes of free places, and of who waits. */
import { linesOf, summed } from './places.ts';
import type { AgreementState, CarryOver } from './state.ts';
import { withOutgoing, type Unkeyed } from './telling.ts';

/** A closed ledger grants nothing: what becomes free, and who waits, goes on to the next year, as was agreed. */
export function carriedOn(state: AgreementState): AgreementState {
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
  const without = {
    ...state,
    ...(leaving.length > 0 && { carriedOn: summed([...(state.carriedOn ?? []), ...leaving]) }),
    queue: queue ? [] : state.queue,
  };
  return withOutgoing(without, [message]);
}
