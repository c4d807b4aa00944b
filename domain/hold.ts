/** A route on hold: its terms stand still, and shift by as long as it lasted. Answers are taken in all the while. */
import { shiftedPromise } from './home-promise.ts';
import { changed, isRunning, type RouteState, type StepRecord } from './route-state.ts';
import { isOpenRound, type Round } from './round.ts';
import type { RouteRules } from './rules.ts';
import { stepIds } from './steps.ts';
import { shiftedBy, shiftedEnd } from './terms.ts';

/** Goes on: every date that stood still is moved by the time it stood still. */
export function resumed(state: RouteState, by: string, now: string): RouteState {
  if (!state.hold) return state;
  const { hold, ...going } = state;
  const shifted = stepIds.flatMap((id) => {
    const record = state.steps[id];
    return record ? [[id, shift(record, state.rules, hold.since, now)] as const] : [];
  });
  const steps = Object.fromEntries(shifted);
  return changed(
    going,
    now,
    { what: 'hold-ended', by },
    { steps, ...shiftedRounds(state, hold.since, now), ...shiftedPromise(state, hold.since, now) },
  );
}

/** Rounds of commitments stand still as well. */
function shiftedRounds(
  { rounds, rules }: RouteState,
  since: string,
  now: string,
): Pick<RouteState, 'rounds'> {
  const later = (moment: string, from: string) =>
    shiftedEnd(moment, Date.parse(now) - Date.parse(from > since ? from : since), rules.calendar);
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

function shift(record: StepRecord, rules: RouteRules, since: string, now: string): StepRecord {
  const { rule, dueAt, remindAt, escalateAt } = record;
  if (!isRunning(record) || !dueAt) return record;
  // A step that opened during the hold stood still only from then on.
  const stoodStill = Date.parse(now) - Date.parse(record.since > since ? record.since : since);
  const term = rule === undefined ? undefined : rules.terms[rule];
  return {
    ...record,
    // A term that had passed before has passed: nothing of it was left to stand still.
    ...(!record.overdue && { dueAt: shiftedEnd(dueAt, stoodStill, rules.calendar, term) }),
    ...(remindAt && { remindAt: remindAt.map((moment) => shiftedBy(moment, stoodStill)) }),
    ...(escalateAt && { escalateAt: shiftedEnd(escalateAt, stoodStill, rules.calendar) }),
  };
}
