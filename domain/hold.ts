/** A route on hold: its terms stand still, and shift by as long as it lasted. Answers are taken in all the while. */
import type { Sealed } from '../contracts/sealed.ts';
import { toldOfBenefit } from './absence.ts';
import { knows } from './edition.ts';
import { shiftedPromise } from './home-promise.ts';
import { shiftedIntake } from './intake-terms.ts';
import { changed, isRunning, type Hold, type RouteState, type StepRecord } from './route-state.ts';
import { isOpenRound, type Round } from './round.ts';
import type { StepId } from './steps.ts';
import { escalationOf, shiftedBy, shiftedEnd } from './terms.ts';
import { stepIdsOf, stepOf } from './template.ts';
import { shiftedTransfer } from './transfer.ts';
import type { WhyCode } from './why.ts';

/** Why somebody ended a hold before its time; nothing where the calendar did. */
interface HoldEndWhy {
  readonly note?: Sealed<string>;
  readonly reason?: WhyCode;
}

/**
 * Goes on: every date that stood still is moved by the time it stood still. That was until the agreed end at the most,
 * however long after it a machine or somebody comes to it.
 */
export function resumed(state: RouteState, by: string, now: string, why: HoldEndWhy = {}): RouteState {
  if (!state.hold) return state;
  const { hold, ...going } = state;
  const until = hold.until !== undefined && hold.until < now && knows(state, 2) ? hold.until : now;
  const stood = { since: hold.since, until };
  const shifted = stepIdsOf(state).flatMap((id) => {
    const record = state.steps[id];
    return record ? [[id, shift(state, id, record, stood)] as const] : [];
  });
  const records = Object.fromEntries(shifted);
  const entry = { what: 'hold-ended', by, ...why, ...(hold.kind && { reason: hold.kind }) };
  const next = changed(going, now, entry, {
    steps: records,
    ...shiftedRounds(state, stood),
    ...shiftedPromise(state, hold.since, until),
    ...shiftedIntake(state, hold.since, (since) => stillFor(stood, since)),
    ...shiftedTransfer(state, (since) => stillFor(stood, since)),
  });
  return hold.kind === 'detained' ? toldOfBenefit(next) : next;
}

/** From when until when a route was on hold. */
type Stood = Required<Pick<Hold, 'since' | 'until'>>;

/** How long something stood still that began at a moment, in ms: what began during the hold only from then on. */
const stillFor = ({ since, until }: Stood, from: string): number =>
  Math.max(Date.parse(until) - Date.parse(from > since ? from : since), 0);

/** Rounds of commitments stand still as well. */
function shiftedRounds({ rounds, rules }: RouteState, stood: Stood): Pick<RouteState, 'rounds'> {
  const later = (moment: string, from: string) => shiftedEnd(moment, stillFor(stood, from), rules.calendar);
  const shifted = (round: Round): Round => ({
    ...round,
    answerBy: later(round.answerBy, round.askedAt),
    commitments: round.commitments.map((each) => ({
      ...each,
      ...(each.keepBy && !each.keptAt && { keepBy: later(each.keepBy, round.activeSince ?? round.askedAt) }),
    })),
  });
  return rounds ? { rounds: rounds.map((each) => (isOpenRound(each) ? shifted(each) : each)) } : {};
}

function shift(state: RouteState, stepId: StepId, record: StepRecord, stood: Stood): StepRecord {
  const { ongoing } = record;
  if (record.status === 'blocked' && ongoing) {
    const ms = stillFor(stood, ongoing.termSince);
    return ms > 0 ? { ...record, ongoing: { ...ongoing, ...datesLater(state, ongoing, ms) } } : record;
  }
  if (!isRunning(record) || !record.dueAt) return record;
  const ms = stillFor(stood, record.termSince ?? record.since);
  if (ms === 0) return record;
  const isPeriod = stepOf(state, stepId).kind === 'period';
  return { ...record, ...datesLater(state, record, ms), ...(isPeriod && { heldUp: true }) };
}

type Dates = Pick<StepRecord, 'rule' | 'dueAt' | 'remindAt' | 'escalateAt' | 'overdue'>;

/** The dates of a term that stood still for some time. */
function datesLater(
  state: RouteState,
  { rule, dueAt, remindAt, escalateAt, overdue }: Dates,
  ms: number,
): Dates {
  const { calendar, terms } = state.rules;
  // A term that had passed before has passed: nothing of it was left to stand still, but for the escalation.
  const due = overdue
    ? undefined
    : shiftedEnd(dueAt!, ms, calendar, rule === undefined ? undefined : terms[rule]);
  const isAsLong = due !== undefined && knows(state, 2);
  return {
    ...(due && { dueAt: due }),
    ...(remindAt && { remindAt: remindAt.map((moment) => shiftedBy(moment, ms)) }),
    ...(escalateAt && {
      escalateAt: isAsLong ? escalationOf(state.rules, due) : shiftedEnd(escalateAt, ms, calendar),
    }),
  };
}
