/**
 * What follows from any change of a route by itself: how far it is, which promises came true, the region's among them,
 * whether its parties wait for each other. Done after every transition, in the same one: a state is never without it.
 */
import { arePromisable, ask, canAsk, kept } from './commitments.ts';
import { withDebtTrack } from './court.ts';
import { withReminders } from './cti-reminders.ts';
import { knows } from './edition.ts';
import { withHomePromise } from './home-promise.ts';
import { impassesOf, type Impasse } from './impasse.ts';
import { withNewAddressTold } from './new-address.ts';
import { impasseNotice } from './outbox.ts';
import { withPlace } from './place.ts';
import { withExOfficio, withPostalAddress } from './postal-address.ts';
import { off } from './round-end.ts';
import { askingRound, openRounds } from './round.ts';
import { changed, type RouteState } from './route-state.ts';
import { withStage } from './standing.ts';
import { withThinNetworkTold } from './thin-network.ts';

/** @param before - the state before the transition: without a change nothing follows */
export function settled(before: RouteState, state: RouteState, now: string): RouteState {
  if (state === before) return state;
  const inDebt = withDebtTrack(state, now);
  const housed = withNewAddressTold(before, withPlace(inDebt, now), now);
  const placed = withReminders(withThinNetworkTold(housed, now));
  // Promises of parties elsewhere are leaned on also where no agreement holds any more.
  const isUnder = placed.agreement || placed.impasse || openRounds(placed).length > 0;
  return withStage(isUnder ? underAgreement(placed, now) : withExOfficio(placed, now), now);
}

function underAgreement(state: RouteState, now: string): RouteState {
  if (state.ending) {
    const { impasse: _, ...going } = state;
    return openRounds(state).reduce(
      (each, round) => off(each, round, 'route-ending', now),
      going as RouteState,
    );
  }
  return withImpasse(withPostalAddress(kept(withHomePromise(state, now), now), now), now);
}

/** Notes a deadlock on the day that it is there, and has its parties asked; notes as well that it is gone. */
function withImpasse(state: RouteState, now: string): RouteState {
  const found = impassesOf(state);
  const asked = askingRound(state);
  const isOver = asked && !found.some(({ name }) => name === asked.name);
  const next = noted(state, chosen(state, found), now);
  const lasting = isOver ? off(next, asked, 'dissolved', now) : next;
  const { impasse } = lasting;
  if (!impasse || wasTried(lasting, impasse) || !canAsk(lasting, impasse)) return lasting;
  return ask(lasting, impasse, 'calendar', now);
}

/** Of several the one whose parties are being asked, else one whose parties can be, else the one that is known. */
function chosen(state: RouteState, found: readonly Impasse[]): Impasse | undefined {
  const asked = askingRound(state);
  return (
    found.find(({ name }) => name === asked?.name) ??
    found.find((each) => !wasTried(state, each) && arePromisable(state, each)) ??
    found.find(({ name }) => name === state.impasse?.name) ??
    found[0]
  );
}

/** One that was not broken before is for people to decide about: they may have its parties asked again. */
const wasTried = ({ rounds = [] }: RouteState, { name }: Impasse): boolean =>
  rounds.some(
    ({ status, reason, ...each }) =>
      each.name === name && status !== 'kept' && reason !== 'dissolved' && reason !== 'route-moved',
  );

function noted(state: RouteState, found: Impasse | undefined, now: string): RouteState {
  const known = state.impasse;
  if (!found) {
    if (!known) return state;
    const { impasse: _, ...free } = state;
    return changed(free, now, { what: 'deadlock-gone', by: 'calendar', reason: known.name }, {});
  }
  const isSame = found.members.some(({ stepId }) => known?.members.some((each) => each.stepId === stepId));
  const impasse = { ...found, since: known && isSame ? known.since : now };
  if (known?.name !== found.name) return withNew(state, impasse, now);
  return JSON.stringify(known) === JSON.stringify(impasse) ? state : { ...state, impasse };
}

/** Where its parties may not be asked, who decides in an impasse is told at once. */
function withNew(state: RouteState, impasse: Impasse, now: string): RouteState {
  const entry = { what: 'deadlock-found', by: 'calendar', reason: impasse.name };
  const next = changed(state, now, entry, { impasse });
  if (arePromisable(state, impasse) || !knows(state, 2)) return next;
  return { ...next, outbox: [...next.outbox, ...impasseNotice(next, impasse.name, impasse.name, now)] };
}
