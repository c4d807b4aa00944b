/** Rounds of commitments in any order of answers, breaches, days, repairs and ends: all are bound, or nobody is. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CooperationAgreement } from '../../contracts/cooperation-agreement.ts';
import type { PartnerParty } from '../../contracts/vocabulary.ts';
import { carryOut } from '../../domain/commands.ts';
import type { Command } from '../../domain/command.ts';
import { factsOf, missingFacts } from '../../domain/facts.ts';
import { nextMoment, passMoments } from '../../domain/moments.ts';
import { receive } from '../../domain/partner-news.ts';
import { askingRound, commitmentIdOf, isOpenRound, openRounds, promisedFacts } from '../../domain/round.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { reach } from '../../domain/step-transitions.ts';
import type { StepId } from '../../domain/steps.ts';
import { partyOf, stepOf } from '../../domain/template.ts';
import { loadRuleBook } from '../../platform/rule-sets.ts';
import { deadlocked, moved, parties, start, stuck } from '../support/deadlocked-route.ts';

const book = await loadRuleBook(start);

type Move =
  | { kind: 'given' | 'declined' | 'broken'; party: PartnerParty; nr: number }
  | { kind: 'done' | 'redo'; stepId: StepId }
  | { kind: 'wait' | 'again' | 'hold' | 'go-on' | 'close' };

/** Mostly the round that is under way; 0 stands for it. */
const rounds = fc.constantFrom(0, 0, 0, 0, 1, 2);

const moves: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.record({
      kind: fc.constant('given' as const),
      party: fc.constantFrom(...parties),
      nr: rounds,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('declined' as const, 'broken' as const, 'broken' as const, 'broken' as const),
      party: fc.constantFrom(...parties),
      nr: rounds,
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constant('done' as const),
      stepId: fc.constantFrom(...stuck, 'housing.key-handover' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('redo' as const), stepId: fc.constantFrom(...stuck) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('wait' as const, 'again' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('hold' as const, 'go-on' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('close' as const, 'wait' as const, 'wait' as const) }),
  },
);

let serial = 0;

/** One move, at a moment; what the route refuses changes nothing. */
function play(state: RouteState, move: Move, now: string): RouteState {
  serial += 1;
  const order = (command: Command) => {
    try {
      const envelope = {
        id: `c${serial}`,
        fingerprint: 'f',
        actor: { subject: 'cm-17', role: 'case-manager' as const },
        command,
      };
      return moved(state, (s) => carryOut(s, envelope, now), now);
    } catch {
      return state;
    }
  };
  const reason = { jwe: 'r' };
  switch (move.kind) {
    case 'given':
    case 'declined':
    case 'broken': {
      const nr = move.nr || (openRounds(state).at(-1)?.nr ?? 1);
      const requestId = commitmentIdOf(state.routeId, move.party, nr);
      const news = {
        eventId: `e${serial}`,
        party: move.party,
        kind: `commitment-${move.kind}` as const,
        requestId,
      };
      return moved(state, (s) => receive(s, news, now).state, now);
    }
    case 'done': {
      const isReached =
        move.stepId !== 'housing.key-handover' || state.steps['housing.offer']?.status === 'done';
      const record = state.steps[move.stepId] ?? { status: 'open' as const, attempt: 1, since: now };
      if (record.status !== 'open' || !isReached) return state;
      const done = { ...record, status: 'done' as const, closedAt: now };
      return moved(state, (s) => ({ ...s, steps: { ...s.steps, [move.stepId]: done } }), now);
    }
    case 'redo': {
      // What others lean on by its promise; what rests on no promise goes on while a step is asked anew.
      const { yields } = stepOf({}, move.stepId);
      const leaned = state.rounds?.filter(({ status }) => status === 'active') ?? [];
      const isPromised = leaned.some(({ commitments }) =>
        commitments.some(({ facts }) => yields && facts.includes(yields)),
      );
      return isPromised ? order({ kind: 'redo', stepId: move.stepId, reason }) : state;
    }
    case 'wait':
      return moved(state, (s) => passMoments(s, now), now);
    case 'again':
      return order({ kind: 'ask-commitments', reason });
    case 'hold':
      return order({ kind: 'hold', until: later(now, 60_000), reason });
    case 'go-on':
      return order({ kind: 'go-on' });
    case 'close':
      return order({ kind: 'close-early', reason });
  }
}

const later = (now: string, ms: number) => new Date(Date.parse(now) + ms).toISOString();

/** What the stages do: steps that were blocked open when what they need is there. */
function staged(state: RouteState, now: string): RouteState {
  let next = state;
  for (const stepId of stuck)
    if (!next.ending && next.steps[stepId]?.status === 'blocked' && missingFacts(next, stepId).length === 0)
      next = moved(next, (s) => reach(s, stepId, now), now);
  return next;
}

/** What must hold of every state, and does not. */
function faults(state: RouteState): string[] {
  const asking = askingRound(state);
  const all = state.rounds ?? [];
  const bound = all.filter(({ status }) => status === 'active' || status === 'kept');
  const nrs = all.map(({ nr }) => nr);
  const promised = openRounds(state).flatMap(({ commitments }) => commitments.flatMap(({ facts }) => facts));
  const open = stuck.filter((stepId) => state.steps[stepId]?.status === 'open');
  const must: Record<string, boolean> = {
    'all are bound together': bound.every(({ commitments }) =>
      commitments.every(({ answer }) => answer === 'given'),
    ),
    'nothing is promised but by an active round':
      promisedFacts(state).length === 0 || all.some(({ status }) => status === 'active'),
    'one round is asked at a time': all.filter(({ status }) => status === 'asking').length < 2,
    'each round has a number of its own': new Set(nrs).size === nrs.length,
    'no party is asked twice for what it promised': new Set(promised).size === promised.length,
    'nothing is under way on what neither holds nor is promised': open.every(
      (stepId) => missingFacts(state, stepId).length === 0,
    ),
    'a route that has ended binds nobody': !state.ending || !all.some(isOpenRound),
    'parties are asked about the deadlock that is there': !asking || state.impasse?.name === asking.name,
    'the keys need support as a fact':
      missingFacts(state, 'housing.key-handover').includes('support') !== factsOf(state).includes('support'),
  };
  return Object.keys(must).filter((each) => !must[each]);
}

it('the three of the example are found at once, and each is asked for what the others want', () => {
  const state = deadlocked();
  expect(state.impasse?.members.map(({ party }) => party).sort()).toEqual([...parties].sort());
  expect(askingRound(state)?.commitments.map(({ facts }) => [...facts].sort())).toEqual(
    expect.arrayContaining([['income'], ['debt.stabilised'], ['address', 'home']]),
  );
  expect(state.outbox.filter(({ what }) => what === 'commitment')).toHaveLength(3);
});

it('1,000 interleavings: all are bound, or nobody is, after each move and after each crash', () => {
  const seen = new Set<string>();
  const first = deadlocked();
  fc.assert(
    fc.property(
      fc.array(fc.tuple(moves, fc.integer({ min: 1, max: 8000 })), {
        minLength: 15,
        maxLength: 50,
        size: 'max',
      }),
      (all) => {
        let state = first;
        let now = start;
        for (const [move, ms] of all) {
          now = later(now, ms);
          const due = nextMoment(state);
          if (due && due <= now)
            state = staged(
              moved(state, (s) => passMoments(s, now), now),
              now,
            );
          state = staged(play(state, move, now), now);
          const found = faults(state);
          if (found.length > 0) throw new Error(found.join('; ')); // an `expect` each time takes longer than all the rest
          // A crash: what is left is what was written down. The rules are the same all the while, and long.
          const { rules, ...written } = state;
          if (ms % 3 === 0) state = { ...JSON.parse(JSON.stringify(written)), rules } as RouteState;
          for (const { status, reason } of state.rounds ?? []) seen.add(reason ?? status);
        }
      },
    ),
    { numRuns: 1000, seed: Number(process.env['PROPERTY_SEED'] ?? 20261102) },
  );
  expect([...seen].sort()).toEqual(
    ['active', 'asking', 'broken', 'declined', 'kept', 'no-answer', 'not-kept', 'route-ending'].sort(),
  );
}, 120_000);

it('no agreement promises what its party has no step for', () => {
  for (const { parties: all } of book.agreements as CooperationAgreement[])
    for (const { party, expects } of all)
      for (const { step } of expects) expect(partyOf(step as StepId)).toBe(party);
});
