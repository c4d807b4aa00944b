/** Where a women's shelter is: kept sealed under a key of its own, and shown to nobody. */
import type { CommandOf } from './command.ts';
import { changed, type RouteState } from './route-state.ts';

/** Keeps the address in place of the one before. That it is kept is all that the timeline says. */
export function sealShelterAddress(
  state: RouteState,
  { address }: CommandOf<'seal-shelter-address'>,
  by: string,
  now: string,
): RouteState {
  return changed(state, now, { what: 'shelter-address-sealed', by }, { shelterAddress: address });
}
