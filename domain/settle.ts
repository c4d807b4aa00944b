/**
 * What follows from any change of a route by itself: how far it is, which promises came true, whether its parties wait
 * for each other. Done after every transition, in the same one: a state is never without it.
 */
import { ask, kept, off } from './commitments.ts';
import { factsOf } from './facts.ts';
import { settled as settledRecord } from './finish-step.ts';
import { impasseOf } from './impasse.ts';
import { releaseOf } from './outbox.ts';
import { currentRound } from './round.ts';
import { changed, isPassed, withStep, type RouteState } from './route-state.ts';
import { withStage } from './standing.ts';

/** @param before - the state before the transition: without a change nothing follows */
export function settled(before: RouteState, state: RouteState, now: string): RouteState {
  if (state === before) return state;
  return withStage(state.agreement ? underAgreement(state, now) : state, now);
}

function underAgreement(state: RouteState, now: string): RouteState {
  if (state.ending) {
    const { impasse: _, ...going } = state;
    return off(going, 'route-ending', now);
  }
  return withImpasse(addressFound(kept(state, now), now), now);
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
  if (known?.name === found.name) return state;
  const impasse = { ...found, since: now };
  const entry = { what: 'deadlock-found', by: 'calendar', reason: found.name };
  const noted = changed(state, now, entry, { impasse });
  const round = currentRound(noted);
  const free = round?.status === 'asking' ? off(noted, 'dissolved', now) : noted;
  // One that was not broken before is for people to decide about: they may have its parties asked again.
  const wasTried = (state.rounds ?? []).some(({ name }) => name === found.name);
  return wasTried ? free : ask(free, impasse, 'calendar', now);
}

/** A postal address is for who has no home: with the keys in hand nobody need be asked for it any more. */
function addressFound(state: RouteState, now: string): RouteState {
  const stepId = 'income.postal-address' as const;
  const record = state.steps[stepId];
  const isNeedless = record && !isPassed(record) && record.status !== 'withdrawn';
  if (!isNeedless || !factsOf(state).includes('address')) return state;
  const closed = { ...settledRecord(record), status: 'not-asked' as const, closedAt: now };
  return changed(
    state,
    now,
    { what: 'step-not-needed', by: 'calendar', stepId },
    {
      ...withStep(state, stepId, closed),
      outbox: [...state.outbox, ...releaseOf(state, stepId, record)],
    },
  );
}
