/** How a route stands: stage, health, on whom it waits and why. All of it derived from the state. */
import type { Blocker, Fact, Health, Party, ProcessFact, Stage, Track } from '../contracts/vocabulary.ts';
import type { ConcernKind } from '../contracts/concern.ts';
import type { TermSource } from '../contracts/views.ts';
import { yieldersOf } from './agreement.ts';
import { openConcernsOf, proposedBy, stepOfConcern, termOf } from './concerns.ts';
import { isAtCourt } from './court.ts';
import { lacksConsent } from './consent.ts';
import { missingFacts } from './facts.ts';
import { ctiStepOf } from './cti.ts';
import { elsewhereWaitings } from './elsewhere-waits.ts';
import { isErasureAsked } from './erasure.ts';
import { isMet } from './lease.ts';
import { needsTalk } from './offer-consequences.ts';
import { openPromise } from './home-promise.ts';
import { dueOf, isRefusedForGood } from './refused-application.ts';
import { isPassed, type RouteState, type StepRecord } from './route-state.ts';
import { askingRound } from './round.ts';
import { stepUnderWay } from './route-notices.ts';
import { erasureRule } from './rules.ts';
import type { StepId } from './steps.ts';
import { isWithout, stepIdsOf, stepOf } from './template.ts';
import { supportersOf } from './supporters.ts';
import { ownerOf } from './track-owner.ts';

/** One reason why a route stands still, as codes and dates; texts.ts makes sentences of it. */
export interface Waiting {
  readonly stepId: StepId;
  readonly blocker: Blocker;
  /** What is missing, where the blocker does not say so. */
  readonly fact?: Fact;
  /** Of an open concern. */
  readonly concern?: { readonly concernId: string; readonly kind: ConcernKind };
  readonly waitingOn: Party;
  readonly since: string;
  readonly dueAt?: string;
  readonly rule?: string;
  readonly source?: TermSource;
  readonly overdue: boolean;
  readonly reminded: boolean;
  readonly nextMove: NextMove;
  /** It is about the route as a whole, or the person: the step says where the route is now. */
  readonly ofRoute?: true;
}

export type NextMove =
  | 'wait-for-answer'
  | 'ask-after-answer'
  | 'escalate'
  | 'identify-person'
  | 'take-decision'
  | 'answer-offer'
  | 'talk-before-offer'
  | 'redo-or-object'
  | 'ask-court'
  | 'await-court'
  | 'mend-technical'
  | 'bring-about-fact'
  | 'wait-for-term'
  | 'adopt-rules'
  | 'confirm-skip'
  | 'await-commitments'
  | 'ask-commitments'
  | 'replace-supporter'
  | 'await-supporter'
  | 'ask-consent'
  | 'make-contact'
  | 'confirm-reopening'
  | 'follow-up-concern'
  | 'hand-over-concern'
  | 'await-acceptance'
  | 'ask-after-acceptance'
  | 'seek-contact'
  | 'await-release'
  | 'decide-absence'
  | 'look-at-benefit'
  | 'decide-erasure';

const blockerOf: Record<ProcessFact, Blocker> = {
  address: 'no-address',
  income: 'no-income',
  'debt.stabilised': 'debts-without-arrangement',
  'debt.arrangement': 'debts-without-arrangement',
  support: 'no-support',
  home: 'no-home',
};

/** What the agreement added to the facts of the process has no blocker of its own: its name says what is missing. */
function blockedBy(fact: Fact): Pick<Waiting, 'blocker' | 'fact'> {
  const known: Readonly<Record<Fact, Blocker>> = blockerOf;
  return known[fact] ? { blocker: known[fact] } : { blocker: 'no-agreed-fact', fact };
}

const taskOf: Partial<Record<StepId, { blocker: Blocker; nextMove: NextMove }>> = {
  'intake.identity': { blocker: 'no-identity', nextMove: 'identify-person' },
  'intake.decision': { blocker: 'waiting-for-decision', nextMove: 'take-decision' },
  'housing.offer-answer': { blocker: 'waiting-for-answer', nextMove: 'answer-offer' },
};

/** Everything the route waits for, in the order of the process. */
export function waitingsOf(state: RouteState): readonly Waiting[] {
  const ofSteps = stepIdsOf(state).flatMap((stepId) => {
    const record = state.steps[stepId];
    if (!record || state.notNeeded.includes(stepOf(state, stepId).track)) return [];
    const asked = record.skipAskedBy ? { nextMove: 'confirm-skip' as const } : {};
    return waitingsFor(state, stepId, record).map((waiting) => ({ ...waiting, ...asked }));
  });
  return [
    ...ofSteps,
    ...supportersLost(state),
    ...concernsOpen(state),
    ...elsewhereWaitings(state),
    ...erasureWaited(state),
  ];
}

/** The person asked for their data to be erased, and nobody has decided yet: a route does not close before that. */
function erasureWaited(state: RouteState): Waiting[] {
  const { erasure } = state;
  if (!erasure || !isErasureAsked(state)) return [];
  return [
    {
      stepId: stepUnderWay(state),
      ofRoute: true,
      blocker: 'erasure-asked',
      waitingOn: 'case-manager',
      since: erasure.since,
      dueAt: erasure.dueAt,
      rule: erasureRule,
      overdue: erasure.overdue === true,
      reminded: erasure.reminders !== undefined,
      nextMove: 'decide-erasure',
    },
  ];
}

/** Who drops out is replaced (CTI): that is no step, nothing waits for it, and it is somebody's to see to. */
function supportersLost(state: RouteState): Waiting[] {
  if (state.ending || !state.cti?.supporters) return [];
  const supporters = supportersOf(state);
  return supporters
    .filter(({ status }) => status === 'dropped-out')
    .map(({ supporterId, since }) => ({
      stepId: ctiStepOf(state),
      blocker: 'supporter-lost',
      waitingOn: 'case-manager',
      since,
      overdue: false,
      reminded: false,
      nextMove: supporters.some(({ status, replaces }) => status === 'invited' && replaces === supporterId)
        ? 'await-supporter'
        : 'replace-supporter',
    }));
}

const moveAfter = {
  note: 'follow-up-concern',
  'crisis-contact': 'make-contact',
  reopen: 'confirm-reopening',
} as const satisfies Record<string, NextMove>;

/** Somebody looks after a concern: no step waits for it, but the end of the route does. */
function concernsOpen(state: RouteState): Waiting[] {
  return openConcernsOf(state).map((concern) => {
    const { concernId, kind, follows, raisedAt, at, status } = concern;
    return {
      stepId: stepOfConcern(state, concern),
      ...(!proposedBy(state, concern) && { ofRoute: true }),
      blocker: 'concern-open',
      concern: { concernId, kind },
      waitingOn: 'case-manager',
      since: raisedAt,
      ...(at && { dueAt: at, rule: termOf(state, concern) }),
      overdue: status === 'overdue',
      reminded: status === 'due-soon',
      nextMove: state.ending ? 'hand-over-concern' : moveAfter[follows],
    };
  });
}

function waitingsFor(state: RouteState, stepId: StepId, record: StepRecord): Waiting[] {
  const { kind, party } = stepOf(state, stepId);
  const { dueAt, rule, source } = dueOf(state, record);
  const base = {
    stepId,
    since: record.since,
    overdue: record.overdue === true,
    reminded: record.reminded === true,
    ...(dueAt && { dueAt }),
    ...(rule && { rule }),
    ...(source && { source }),
  };
  switch (record.status) {
    case 'done':
    case 'skipped':
    case 'not-asked':
    case 'withdrawn':
      return [];
    case 'blocked':
      return [
        ...consentWanted(state, base),
        ...missingFacts(state, stepId).map((fact): Waiting => {
          const source = yieldersOf(state, fact).find((id) => mayBring(state, id));
          // Who ended what it had committed to is asked nothing: that it is brought about anew is for people to see to.
          const hasEnded = source && state.steps[source]?.endedAt !== undefined;
          const waitingOn = hasEnded ? 'case-manager' : source ? stepOf(state, source).party : party;
          const owed = state.impasse?.members.some(
            (each) => each.stepId === stepId && each.wants.includes(fact),
          );
          if (owed)
            return { ...base, blocker: 'mutual-precondition', waitingOn, nextMove: moveInImpasse(state) };
          return { ...base, ...blockedBy(fact), waitingOn, nextMove: 'bring-about-fact' as const };
        }),
      ];
    case 'refused':
      if (stepId === 'intake.decision') return applicationRefused(record, base);
      return [
        {
          ...base,
          blocker: 'refused-by-party',
          waitingOn: 'case-manager',
          nextMove: moveAfterRefusal(state, stepId),
        },
      ];
    case 'technical':
      return [{ ...base, blocker: 'technical', waitingOn: party, nextMove: 'mend-technical' }];
    case 'open': {
      if (record.unreachable)
        return [{ ...base, blocker: 'technical', waitingOn: party, nextMove: 'mend-technical' }];
      if (kind === 'period') {
        // Rules that are older than the step do not say how long it takes: nothing ends it by itself.
        const nextMove = record.dueAt ? 'wait-for-term' : 'adopt-rules';
        return [{ ...base, blocker: 'term-running', waitingOn: party, nextMove }];
      }
      if (kind === 'task')
        return [
          {
            ...base,
            waitingOn: party,
            ...(taskOf[stepId] ?? { blocker: 'waiting-for-answer', nextMove: 'escalate' }),
          },
        ];
      if (stepId === 'housing.offer' && needsTalk(state))
        return [{ ...base, blocker: 'waiting-for-answer', waitingOn: party, nextMove: 'talk-before-offer' }];
      const nextMove = base.overdue ? 'escalate' : base.reminded ? 'ask-after-answer' : 'wait-for-answer';
      if (stepId === 'housing.place' && record.sentAt)
        return [{ ...base, blocker: 'no-contingent', waitingOn: party, nextMove }];
      return [{ ...base, blocker: 'waiting-for-answer', waitingOn: party, nextMove }];
    }
  }
}

/** One that was refused brings nothing, nor does what only a person begins until somebody did. */
const mayBring = (state: RouteState, stepId: StepId): boolean => {
  const record = state.steps[stepId];
  return record ? record.status !== 'refused' : !stepOf(state, stepId).byCommand;
};

/** Nothing is due from anybody: what the route waits for is whether the person objects, or comes with new facts. */
function applicationRefused(record: StepRecord, base: Base): Waiting[] {
  const since = record.closedAt ?? record.since;
  return [{ ...base, since, blocker: 'refused-by-party', waitingOn: 'calendar', nextMove: 'redo-or-object' }];
}

/** Creditors who refuse can be made to settle, which another request to the same can't. */
function moveAfterRefusal(state: RouteState, stepId: StepId): NextMove {
  if (stepId !== 'debt.arrangement') return 'redo-or-object';
  return isAtCourt(state) ? 'await-court' : 'ask-court';
}

type Base = Omit<Waiting, 'blocker' | 'waitingOn' | 'nextMove'>;

/** Whoever speaks with the person asks them; nobody else can bring it about. */
const consentWanted = (state: RouteState, base: Base): Waiting[] =>
  lacksConsent(state, base.stepId)
    ? [{ ...base, blocker: 'no-consent', waitingOn: 'case-manager', nextMove: 'ask-consent' }]
    : [];

/** While the parties are asked, they have the next word; after that whoever brings them together. */
const moveInImpasse = (state: RouteState): NextMove =>
  askingRound(state) ? 'await-commitments' : 'ask-commitments';

/** How the route is: the worst of what it waits for, and of the home that it was promised. */
export function healthOf(state: RouteState, waitings: readonly Waiting[]): Health {
  if (waitings.some(({ blocker }) => blocker === 'technical')) return 'Technical';
  // The terms of concerns do not stand still.
  if (waitings.some(({ concern, overdue }) => concern && overdue)) return 'Overdue';
  if (state.hold) return 'OnHold';
  if (state.impasse) return 'Deadlocked';
  if (waitings.some(({ overdue }) => overdue) || openPromise(state)?.passedAt) return 'Overdue';
  if (waitings.some(({ reminded }) => reminded)) return 'DueSoon';
  return 'OnTrack';
}

/** How far the route is as a whole. */
export function stageOf(state: RouteState): Stage {
  const done = (stepId: StepId) =>
    isPassed(state.steps[stepId]) || isWithout(state, stepOf(state, stepId).track);
  if (state.closedAt) return 'closed';
  if (isRefusedForGood(state)) return trackStatus(state, 'debt') === 'running' ? 'debt-repayment' : 'intake';
  if (!done('intake.decision')) return 'intake';
  if (!done('housing.key-handover')) return 'housing';
  if (!done('cti.transfer-meeting')) return 'cti';
  // Debts may be repaid for longer than anything else takes.
  return done('aftercare.second-check-in') && trackStatus(state, 'debt') === 'running'
    ? 'debt-repayment'
    : 'aftercare';
}

/** Keeps `stage` and since when it holds in the state, after any transition. */
export function withStage(state: RouteState, now: string): RouteState {
  const stage = stageOf(state);
  return stage === state.stage ? state : { ...state, stage, stageSince: now };
}

/** The nearest date at which somebody has to have done something; else the end of the nearest period. */
export function dueAtOf(waitings: readonly Waiting[]): string | undefined {
  const dates = (of: readonly Waiting[]) => of.flatMap(({ dueAt }) => (dueAt ? [dueAt] : [])).sort();
  return dates(waitings.filter(({ waitingOn }) => waitingOn !== 'calendar'))[0] ?? dates(waitings)[0];
}

/** How a track stands. */
export function trackStatus(
  state: RouteState,
  track: Track,
): 'not-started' | 'running' | 'done' | 'not-needed' | 'handed-over' {
  if (ownerOf(state, track)) return 'handed-over';
  if (state.notNeeded.includes(track)) return 'not-needed';
  const met = stepIdsOf(state).filter((id) => stepOf(state, id).track === track && isMet(state, id));
  const records = met.map((id) => state.steps[id]);
  if (records.every((record) => record === undefined)) return 'not-started';
  return records.every((record) => isPassed(record) || record?.status === 'withdrawn') ? 'done' : 'running';
}
