/**
 * What follows from any change of a route by itself: how far it is, which promises came true, the region's among them,
 * whether its parties wait for each other. Done after every transition, in the same one: a state is never without it.
 */
import { ask, kept, off } from './commitments.ts';
import { withHomePromise } from './home-promise.ts';
import { impasseOf, type Impasse } from './impasse.ts';
import { withPlace } from './place.ts';
import { withPostalAddress } from './postal-address.ts';
import { currentRound } from './round.ts';
import { changed, type RouteState } from './route-state.ts';
import { withStage } from './standing.ts';

/** @param before - the state before the transition: without a change nothing follows */
export function settled(before: RouteState, state: RouteState, now: string): RouteState {
  if (state === before) return state;
  const placed = withPlace(state, now);
  return withStage(placed.agreement ? underAgreement(placed, now) : placed, now);
}

function underAgreement(state: RouteState, now: string): RouteState {
  if (state.ending) {
    const { impasse: _, ...going } = state;
    return off(going, 'route-ending', now);
  }
  return withImpasse(withPostalAddress(kept(withHomePromise(state, now), now), now), now);
}

/** Notes a deadlock on the day that it is there, and has its parties asked; notes as well that it is gone. */
function withImpasse(state: RouteState, now: string): RouteState {
  const found = impasseOf(state);
  const known = state.impasse;
  if (!found) {
    if (!known) return state;
    const { impasse: _, ...free } = state;
    const round = currentRound(state);
    const gone = changed(free, now, { what: 'deadlock-gone', by: 'calendar', reason: known.name }, {});
    return round?.status === 'asking' ? off(gone, 'dissolved', now) : gone;
  }
  const noted = known?.name === found.name ? state : withNew(state, { ...found, since: now }, now);
  // One that was not broken before is for people to decide about: they may have its parties asked again.
  const wasTried = (noted.rounds ?? []).some(
    ({ name, reason }) => name === found.name && reason !== 'dissolved',
  );
  // Beside a round that is active nobody is asked: what is left of the deadlock when it is over comes next.
  return wasTried || currentRound(noted) ? noted : ask(noted, noted.impasse!, 'calendar', now);
}

function withNew(state: RouteState, impasse: Impasse, now: string): RouteState {
  const entry = { what: 'deadlock-found', by: 'calendar', reason: impasse.name };
  const noted = changed(state, now, entry, { impasse });
  return currentRound(noted)?.status === 'asking' ? off(noted, 'dissolved', now) : noted;
}
