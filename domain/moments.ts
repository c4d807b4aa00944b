/** The calendar of a route: at which moment something happens by itself, and what. One timer serves them all. */
import { absenceMoments } from './absence.ts';
import { concernMoments } from './concern-terms.ts';
import { ctiStepOf } from './cti.ts';
import { remindersOf } from './cti-reminders.ts';
import { erasureMoments } from './erasure.ts';
import { finished } from './finish-step.ts';
import { resumed } from './hold.ts';
import { openPromise, passed, signalled } from './home-promise.ts';
import { lodgingMoments } from './objection-term.ts';
import { noticeOf, type Notice } from './outbox.ts';
import { changed, isRunning, withStep, type RouteState, type StepRecord } from './route-state.ts';
import { isOutside, type StepId } from './steps.ts';
import { refusalMoments } from './refused-application.ts';
import { stepIdsOf, stepOf } from './template.ts';
import { broken, off } from './round-end.ts';
import { openRounds, type Round } from './round.ts';
import { durationAfter } from './terms.ts';
import { transferMoments } from './transfer.ts';

interface Moment {
  readonly at: string;
  /** The step it belongs to, or what is no step; none for what happens in a hold, and for a round of commitments. */
  readonly of?: MomentOf;
  readonly pass: (state: RouteState, now: string) => RouteState;
}

/** To what a moment belongs, where it is no hold and no round of commitments. */
export type MomentOf = StepId | 'home-promise' | 'transfer' | 'concern' | 'erasure';

/** The nearest moment at which the calendar changes the route; undefined when it only waits for others. */
export function nextMoment(state: RouteState): string | undefined {
  return nearest(state)?.at;
}

/** To what the nearest moment belongs; undefined for a hold or a round of commitments. */
export function nextMomentOf(state: RouteState): MomentOf | undefined {
  return nearest(state)?.of;
}

/** Lets every moment up to `now` pass, in order. A term that passes never fails a route. */
export function passMoments(state: RouteState, now: string): RouteState {
  let passed = state;
  for (;;) {
    const due = nearest(passed);
    if (!due || due.at > now) return passed;
    passed = due.pass(passed, now);
  }
}

function nearest(state: RouteState): Moment | undefined {
  let first: Moment | undefined;
  for (const moment of moments(state)) if (!first || moment.at < first.at) first = moment;
  return first;
}

function moments(state: RouteState): Moment[] {
  const { hold } = state;
  const ofConcerns = [...concernMoments(state), ...erasureMoments(state)];
  if (hold) {
    const { until } = hold;
    const end = until
      ? [{ at: until, pass: (on: RouteState, now: string) => resumed(on, 'calendar', now) }]
      : [];
    return [...absenceMoments(state), ...end, ...ofConcerns, ...lodgingMoments(state)];
  }
  const ofSteps = stepIdsOf(state).flatMap((stepId) => {
    const record = state.steps[stepId];
    return record ? momentsOf(state, stepId, record) : [];
  });
  const ofCti = remindersOf(state).map((each) => ({ ...each, of: ctiStepOf(state) }));
  return [
    ...ofSteps,
    ...openRounds(state).flatMap(roundMoments),
    ...promiseMoments(state),
    ...transferMoments(state),
    ...refusalMoments(state),
    ...lodgingMoments(state),
    ...ofCti,
    ...ofConcerns,
  ];
}

function momentsOf(state: RouteState, stepId: StepId, record: StepRecord): Moment[] {
  const { dueAt, status } = record;
  // The decision on an application was taken within its term, or not: that it was no leaves nothing of it to do.
  if (!isRunning(record) || (stepId === 'intake.decision' && status === 'refused')) return [];
  const { kind } = stepOf(state, stepId);
  if (kind === 'period')
    return dueAt ? [{ at: dueAt, of: stepId, pass: (now, at) => finished(now, stepId, 'calendar', at) }] : [];
  return [
    ...(dueAt ? termMoments(state, stepId, record, dueAt) : []),
    ...(kind === 'request' && status === 'open' && !record.sentAt && !record.unreachable
      ? [unreachable(state, stepId, record)]
      : []),
  ];
}

/** Reminders to the party, then the term itself, then the process director. */
function termMoments(state: RouteState, stepId: StepId, record: StepRecord, dueAt: string): Moment[] {
  const { remindAt = [], escalateAt } = record;
  const [reminder, ...later] = remindAt;
  const { party } = stepOf(state, stepId);
  if (reminder && !record.overdue) {
    const nth = Math.max(1, state.rules.reminderShares.length - later.length);
    const to = isOutside(party) ? party : 'case-manager';
    const notices = noticeOf(state, stepId, record, { kind: 'reminder', to, nth });
    const next: StepRecord = { ...record, reminded: true, remindAt: later };
    return [mark({ stepId, next, what: 'step-due-soon', at: reminder, notices })];
  }
  if (!record.overdue) {
    const to = state.rules.phaseOwners?.[stepOf(state, stepId).track] ?? 'case-manager';
    const notices = noticeOf(state, stepId, record, { kind: 'overdue', to });
    return [mark({ stepId, next: { ...record, overdue: true }, what: 'step-overdue', at: dueAt, notices })];
  }
  if (!escalateAt) return [];
  const { escalateAt: _, ...told } = record;
  const notices = noticeOf(state, stepId, record, { kind: 'escalated', to: 'process-director' });
  return [mark({ stepId, next: told, what: 'step-escalated', at: escalateAt, notices })];
}

function unreachable(state: RouteState, stepId: StepId, record: StepRecord): Moment {
  const at = durationAfter(record.since, state.rules.unreachableAfter);
  return mark({ stepId, next: { ...record, unreachable: true }, what: 'party-unreachable', at, notices: [] });
}

/** When the parties of a deadlock should have answered; when a promise should have come true. */
function roundMoments(round: Round): Moment[] {
  if (round.status === 'asking')
    return [{ at: round.answerBy, pass: (state, now) => off(state, round, 'no-answer', now) }];
  return round.commitments.flatMap(({ keepBy, keptAt, party }) =>
    keepBy && !keptAt
      ? [{ at: keepBy, pass: (state, now) => broken(state, round, { party, reason: 'not-kept' }, now) }]
      : [],
  );
}

/** When somebody hears that there is no home yet; when the promise of one has not been kept in time. */
function promiseMoments(state: RouteState): Moment[] {
  const promise = openPromise(state);
  if (!promise) return [];
  const { dueAt, signalAt, passedAt } = promise;
  const of = 'home-promise' as const;
  return passedAt || signalAt < dueAt
    ? [{ at: signalAt, of, pass: signalled }]
    : [{ at: dueAt, of, pass: passed }];
}

interface Mark {
  readonly stepId: StepId;
  readonly next: StepRecord;
  readonly what: string;
  readonly at: string;
  readonly notices: readonly Notice[];
}

/** Marks a step, writes it down, and leaves the notice in the outbox. */
function mark({ stepId, next, what, at, notices }: Mark): Moment {
  const { attempt, dueAt, rule, source } = next;
  const term = { ...(dueAt && { dueAt }), ...(rule && { rule }), ...(source && { source }) };
  const entry = { what, by: 'calendar', stepId, attempt, ...term };
  return {
    at,
    of: stepId,
    pass: (state, now) =>
      changed(state, now, entry, {
        ...withStep(state, stepId, next),
        ...(notices.length > 0 && { outbox: [...state.outbox, ...notices] }),
      }),
  };
}
