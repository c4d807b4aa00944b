/**
 * Breaking a deadlock: each of its parties is asked to promise what the others want of it, on condition that all of them
 * do. When all have promised, all promises become active in one transition; else all are released in one. So there is no
 * moment at which some hold and others do not, whatever crashes when.
 *
 * A deadlock that shows itself while the promises of another are leaned on has a round of its own beside that.
 */
import type { PartnerParty } from '../contracts/vocabulary.ts';
import { mayPromise } from './agreement.ts';
import { factsOf } from './facts.ts';
import type { Impasse } from './impasse.ts';
import type { CommitmentRequest } from './outbox.ts';
import {
  commitmentIdOf,
  isRoomForRound,
  withNewRound,
  withRound,
  type Commitment,
  type Round,
} from './round.ts';
import { off } from './round-end.ts';
import { changed, type RouteState } from './route-state.ts';
import { endOfTerm } from './terms.ts';

/** Whether each party of a deadlock may be asked for what it owes. */
export function arePromisable({ agreement }: RouteState, impasse: Impasse): boolean {
  if (!agreement) return false;
  return owedIn(impasse).every(({ party, facts }) =>
    facts.every((fact) => mayPromise(agreement, party, fact)),
  );
}

/** Whether they may be asked now: there is room for another round as well. */
export const canAsk = (state: RouteState, impasse: Impasse): boolean =>
  isRoomForRound(state) && arePromisable(state, impasse);

/** Asks the parties of a deadlock; to be called where they may be. */
export function ask(state: RouteState, impasse: Impasse, by: string, now: string): RouteState {
  const { agreement, rounds = [] } = state;
  const commitments = owedIn(impasse);
  const nr = Math.max(0, ...rounds.map((each) => each.nr)) + 1;
  const limit = agreement!.answerWithin;
  const answerBy = endOfTerm(now, { limit, kind: 'regional' }, state.rules.calendar);
  const round: Round = { nr, name: impasse.name, status: 'asking', askedAt: now, answerBy, commitments };
  const requests = commitments
    .filter(({ facts }) => facts.length > 0)
    .map(({ party, facts }): CommitmentRequest => ({
      what: 'commitment',
      key: `${commitmentIdOf(state.routeId, party, nr)}:ask`,
      requestId: commitmentIdOf(state.routeId, party, nr),
      party,
      facts,
      answerBy,
    }));
  const entry = { what: 'commitments-asked', by, reason: impasse.name, dueAt: answerBy };
  return changed(state, now, entry, {
    ...withNewRound(state, round),
    outbox: [...state.outbox, ...requests],
  });
}

/** What each party of a deadlock owes the others. */
function owedIn({ members }: Impasse): Commitment[] {
  const parties = [...new Set(members.map(({ party }) => party))];
  return parties.map((party) => ({
    party,
    facts: [...new Set(members.filter((each) => each.party === party).flatMap(({ owes }) => owes))],
  }));
}

/** A party promises. The last one makes all promises active, in this one transition. */
export function given(state: RouteState, round: Round, party: PartnerParty, now: string): RouteState {
  const next = answered(round, party, 'given', now);
  const entry = { what: 'commitment-given', by: party, reason: round.name };
  const told = changed(state, now, entry, withRound(state, next));
  return next.commitments.every(({ answer }) => answer === 'given') ? activated(told, next, now) : told;
}

function activated(state: RouteState, round: Round, now: string): RouteState {
  const commitments = round.commitments.map((each) => ({ ...each, ...keepByOf(state, each, now) }));
  const active: Round = { ...round, status: 'active', activeSince: now, commitments };
  const entry = { what: 'commitments-activated', by: 'calendar', reason: round.name };
  return changed(state, now, entry, withRound(state, active));
}

/** A party says no: nobody is bound. */
export function declined(state: RouteState, round: Round, party: PartnerParty, now: string): RouteState {
  const next = answered(round, party, 'declined', now);
  const entry = { what: 'commitment-declined', by: party, reason: round.name };
  return off(changed(state, now, entry, withRound(state, next)), next, 'declined', now);
}

function answered(round: Round, party: PartnerParty, answer: 'given' | 'declined', now: string): Round {
  const commitments = round.commitments.map((each) =>
    each.party === party ? { ...each, answer, answeredAt: now } : each,
  );
  return { ...round, commitments };
}

/** Until when a party has to make true what it promised, from now on: as before, where another agreement holds by now. */
function keepByOf(
  { agreement, rules }: RouteState,
  { facts, keepBy }: Commitment,
  now: string,
): { keepBy?: string } {
  const ends = facts.flatMap((fact) => {
    const limit = agreement?.within[fact];
    return limit ? [endOfTerm(now, { limit, kind: 'regional' }, rules.calendar)] : [];
  });
  const last = ends.sort().at(-1) ?? keepBy;
  return last ? { keepBy: last } : {};
}

/**
 * A party did its part, and it came to nothing by no fault of its own: it has as long again to keep its promises. Nothing
 * changes where it promised nothing, or has kept it.
 */
export function timeAnew(state: RouteState, party: PartnerParty, now: string): RouteState {
  const open = (each: Commitment) => each.party === party && each.keepBy !== undefined && !each.keptAt;
  return (state.rounds ?? []).reduce((before, round) => {
    if (round.status !== 'active' || !round.commitments.some(open)) return before;
    const commitments = round.commitments.map((each) =>
      open(each) ? { ...each, ...keepByOf(state, each, now) } : each,
    );
    const { keepBy } = commitments.find(open)!;
    const entry = { what: 'commitment-renewed', by: party, reason: round.name, dueAt: keepBy! };
    return changed(before, now, entry, withRound(before, { ...round, commitments }));
  }, state);
}

/**
 * Marks the promises that came true; when all of a round did, it is over. One that came true and is undone while its
 * round is leaned on (a step that is asked anew) holds as a promise again, with time to keep it.
 */
export function kept(state: RouteState, now: string): RouteState {
  const facts = factsOf(state);
  return (state.rounds ?? []).reduce((before, round) => keptIn(before, round, facts, now), state);
}

function keptIn(state: RouteState, round: Round, facts: readonly string[], now: string): RouteState {
  if (round.status !== 'active') return state;
  const isTrue = (each: Commitment) => each.facts.every((fact) => facts.includes(fact));
  const commitments = round.commitments.map((each): Commitment => {
    if (isTrue(each)) return each.keptAt ? each : { ...each, keptAt: now };
    if (!each.keptAt) return each;
    const { keptAt: _, ...undone } = each;
    return { ...undone, ...keepByOf(state, each, now) };
  });
  const isNew = (before: boolean) => (each: Commitment, i: number) =>
    Boolean(each.keptAt) === before && Boolean(round.commitments[i]!.keptAt) !== before;
  const cameTrue = commitments.some(isNew(true));
  const wasUndone = commitments.some(isNew(false));
  if (!cameTrue && !wasUndone) return state;
  const all = commitments.every(({ keptAt }) => keptAt);
  const next: Round = { ...round, commitments, ...(all && { status: 'kept', endedAt: now }) };
  const what = all ? 'commitments-kept' : cameTrue ? 'commitment-kept' : 'commitment-undone';
  return changed(state, now, { what, by: 'calendar', reason: round.name }, withRound(state, next));
}
