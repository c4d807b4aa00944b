/** A round of commitments that comes to nothing: all are released in one transition, and who decides then is told. */
import type { PartnerParty } from '../contracts/vocabulary.ts';
import { knows } from './edition.ts';
import { missingFacts } from './facts.ts';
import { objectionOf } from './objection-term.ts';
import { impasseNotice, releaseOf, type Outgoing } from './outbox.ts';
import { commitmentIdOf, withRound, type Round, type RoundEnd } from './round.ts';
import { changed, isRunning, type RouteState } from './route-state.ts';
import { stepIds } from './steps.ts';

/** A party takes back a promise that others lean on, or its term has passed. */
export function broken(
  state: RouteState,
  round: Round,
  { party, reason }: { party: PartnerParty; reason: 'broken' | 'not-kept' },
  now: string,
): RouteState {
  const what = reason === 'broken' ? 'commitment-broken' : 'commitment-not-kept';
  return off(changed(state, now, { what, by: party, reason: round.name }, {}), round, reason, now);
}

/**
 * The round is off: every party that was asked hears so, steps that leaned on a promise go back to blocked, and who
 * decides in an impasse is told, unless it solved itself.
 */
export function off(state: RouteState, round: Round, reason: RoundEnd, now: string): RouteState {
  const status = reason === 'broken' || reason === 'not-kept' ? 'broken' : 'released';
  const ended: Round = { ...round, status, endedAt: now, reason };
  const isSolved = reason === 'dissolved' || reason === 'route-moved' || reason === 'route-ending';
  const notices = (of: RouteState) => (isSolved ? [] : impasseNotice(of, `${round.nr}`, round.name, now));
  const entry = { what: 'commitments-released', by: 'calendar', reason: round.name };
  const isLate = knows(state, 2);
  const released = changed(state, now, entry, {
    ...withRound(state, ended),
    outbox: [
      ...withoutRound(state.outbox, round, state.routeId),
      ...releasesOf(state, round),
      ...(isLate ? [] : notices(state)),
    ],
  });
  const facts = new Set(round.commitments.flatMap((each) => each.facts));
  const blocked = withoutSupport(released, facts, now);
  // Only now the steps that lost their support stand there as blocked.
  return isLate ? { ...blocked, outbox: [...blocked.outbox, ...notices(blocked)] } : blocked;
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
    const attempt = record.attempt + 1;
    const blocked = { status: 'blocked' as const, attempt, since: now, ...objectionOf(record) };
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
