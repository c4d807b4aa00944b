/**
 * Breaking a deadlock: each of its parties is asked to promise what the others want of it, on condition that all of them
 * do. When all have promised, all promises become active in one transition; else all are released in one. So there is no
 * moment at which some hold and others do not, whatever crashes when.
 */
import type { PartnerParty } from '../contracts/vocabulary.ts';
import { factsOf, missingFacts } from './facts.ts';
import type { Impasse } from './impasse.ts';
import { impasseNotice, releaseOf, type CommitmentRequest, type Outgoing } from './outbox.ts';
import {
  commitmentIdOf,
  currentRound,
  roundsKept,
  withLatestRound,
  type Commitment,
  type Round,
  type RoundEnd,
} from './round.ts';
import { changed, isRunning, type RouteState } from './route-state.ts';
import { stepIds } from './steps.ts';
import { endOfTerm } from './terms.ts';

/** Asks the parties of a deadlock. Nothing happens where one of them may not be asked for what it owes. */
export function ask(state: RouteState, impasse: Impasse, by: string, now: string): RouteState {
  const { agreement, rounds = [] } = state;
  if (!agreement || currentRound(state)) return state;
  const parties = [...new Set(impasse.members.map(({ party }) => party))];
  const commitments = parties.map((party): Commitment => ({
    party,
    facts: [...new Set(impasse.members.filter((each) => each.party === party).flatMap(({ owes }) => owes))],
  }));
  const mayBeAsked = commitments.every(({ facts }) => facts.every((fact) => agreement.within[fact]));
  if (!mayBeAsked) return state;
  const nr = (rounds.at(-1)?.nr ?? 0) + 1;
  const answerBy = endOfTerm(now, { limit: agreement.answerWithin, kind: 'regional' }, state.rules.calendar);
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
    rounds: [...rounds, round].slice(-roundsKept),
    outbox: [...state.outbox, ...requests],
  });
}

/** A party promises. The last one makes all promises active, in this one transition. */
export function given(state: RouteState, party: PartnerParty, now: string): RouteState {
  const round = currentRound(state)!;
  const commitments = round.commitments.map((each) =>
    each.party === party ? { ...each, answer: 'given' as const, answeredAt: now } : each,
  );
  const told = changed(
    state,
    now,
    { what: 'commitment-given', by: party, reason: round.name },
    withLatestRound(state, { ...round, commitments }),
  );
  return commitments.every(({ answer }) => answer === 'given') ? activated(told, now) : told;
}

function activated(state: RouteState, now: string): RouteState {
  const round = currentRound(state)!;
  const commitments = round.commitments.map((each) => ({ ...each, ...keepByOf(state, each, now) }));
  const active: Round = { ...round, status: 'active', activeSince: now, commitments };
  const entry = { what: 'commitments-activated', by: 'calendar', reason: round.name };
  return changed(state, now, entry, withLatestRound(state, active));
}

/**
 * A party did its part, and it came to nothing by no fault of its own: it has as long again to keep its promise. Nothing
 * changes where it promised nothing, or has kept it.
 */
export function timeAnew(state: RouteState, party: PartnerParty, now: string): RouteState {
  const round = currentRound(state);
  const open = (each: Commitment) => each.party === party && each.keepBy !== undefined && !each.keptAt;
  if (round?.status !== 'active' || !round.commitments.some(open)) return state;
  const commitments = round.commitments.map((each) =>
    open(each) ? { ...each, ...keepByOf(state, each, now) } : each,
  );
  const { keepBy } = commitments.find(open)!;
  const entry = { what: 'commitment-renewed', by: party, reason: round.name, dueAt: keepBy! };
  return changed(state, now, entry, withLatestRound(state, { ...round, commitments }));
}

/** Until when a party has to make true what it promised, from now on. */
function keepByOf({ agreement, rules }: RouteState, { facts }: Commitment, now: string): { keepBy?: string } {
  const ends = facts.map((fact) =>
    endOfTerm(now, { limit: agreement!.within[fact]!, kind: 'regional' }, rules.calendar),
  );
  const last = ends.sort().at(-1);
  return last ? { keepBy: last } : {};
}

/** A party says no: nobody is bound. */
export function declined(state: RouteState, party: PartnerParty, now: string): RouteState {
  const round = currentRound(state)!;
  const commitments = round.commitments.map((each) =>
    each.party === party ? { ...each, answer: 'declined' as const, answeredAt: now } : each,
  );
  const entry = { what: 'commitment-declined', by: party, reason: round.name };
  const told = changed(state, now, entry, withLatestRound(state, { ...round, commitments }));
  return off(told, 'declined', now);
}

/** A party takes back a promise that others lean on, or its term has passed. */
export function broken(
  state: RouteState,
  party: PartnerParty,
  reason: 'broken' | 'not-kept',
  now: string,
): RouteState {
  const what = reason === 'broken' ? 'commitment-broken' : 'commitment-not-kept';
  const told = changed(state, now, { what, by: party, reason: currentRound(state)!.name }, {});
  return off(told, reason, now);
}

/**
 * The round is off: every party that was asked hears so, steps that leaned on a promise go back to blocked, and who
 * decides in an impasse is told, unless it solved itself.
 */
export function off(state: RouteState, reason: RoundEnd, now: string): RouteState {
  const round = currentRound(state);
  if (!round) return state;
  const status = reason === 'broken' || reason === 'not-kept' ? 'broken' : 'released';
  const ended: Round = { ...round, status, endedAt: now, reason };
  const isSolved = reason === 'dissolved' || reason === 'route-ending';
  const notices = isSolved ? [] : impasseNotice(state, ended, now);
  const entry = { what: 'commitments-released', by: 'calendar', reason: round.name };
  const released = changed(state, now, entry, {
    ...withLatestRound(state, ended),
    outbox: [...withoutRound(state.outbox, round, state.routeId), ...releasesOf(state, round), ...notices],
  });
  return withoutSupport(released, new Set(round.commitments.flatMap(({ facts }) => facts)), now);
}

/** A party that has not been asked yet need not be: one that was, or may have been, hears that it is off. */
function releasesOf({ routeId }: RouteState, { nr, commitments }: Round): Outgoing[] {
  return commitments
    .filter(({ answer, keptAt, facts }) => answer !== 'declined' && !keptAt && facts.length > 0)
    .map(({ party }) => ({ what: 'release', key: commitmentIdOf(routeId, party, nr), party }));
}

function withoutRound(outbox: readonly Outgoing[], { nr }: Round, routeId: string): readonly Outgoing[] {
  return outbox.filter(
    (each) => each.what !== 'commitment' || each.requestId !== commitmentIdOf(routeId, each.party, nr),
  );
}

/** Steps under way that lean on what holds no longer. What is done is done: it yielded what it yields. */
function withoutSupport(state: RouteState, gone: ReadonlySet<string>, now: string): RouteState {
  let next = state;
  for (const stepId of stepIds) {
    const record = next.steps[stepId];
    if (!record || !isRunning(record)) continue;
    if (!missingFacts(next, stepId).some((fact) => gone.has(fact))) continue;
    const blocked = { status: 'blocked' as const, attempt: record.attempt + 1, since: now };
    next = changed(
      next,
      now,
      { what: 'step-blocked', by: 'calendar', stepId },
      {
        steps: { ...next.steps, [stepId]: blocked },
        outbox: [...next.outbox, ...releaseOf(next, stepId, record)],
      },
    );
  }
  return next;
}

/** Marks the promises that came true; when all did, the round is over. */
export function kept(state: RouteState, now: string): RouteState {
  const round = currentRound(state);
  if (round?.status !== 'active') return state;
  const facts = factsOf(state);
  const isTrue = (each: Commitment) => each.facts.every((fact) => facts.includes(fact));
  if (!round.commitments.some((each) => !each.keptAt && isTrue(each))) return state;
  const commitments = round.commitments.map((each) =>
    !each.keptAt && isTrue(each) ? { ...each, keptAt: now } : each,
  );
  const all = commitments.every(({ keptAt }) => keptAt);
  const next: Round = { ...round, commitments, ...(all && { status: 'kept', endedAt: now }) };
  const entry = { what: all ? 'commitments-kept' : 'commitment-kept', by: 'calendar', reason: round.name };
  return changed(state, now, entry, withLatestRound(state, next));
}
