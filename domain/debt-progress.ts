/** What the debt service tells besides answers: creditors' answers, and months of repayment that were missed. */
import type { DebtProgress } from '../contracts/debt-progress.ts';
import { addMonths, endOfDay, localDay } from './calendar.ts';
import type { CommandOf } from './command.ts';
import { missedKept, runningRepayment, withDebt } from './debt-track.ts';
import type { Notice } from './outbox.ts';
import { Refused } from './refusal.ts';
import { requestIdOf } from './request-id.ts';
import { changed, withStep, type RouteState, type StepRecord } from './route-state.ts';
import { sourceOf } from './rules.ts';
import { t, type Text } from './text.ts';

const repayment = 'debt.repayment';

/** Why it can't be so, as a code. */
export type NotSo =
  'arrangement-not-open' | 'no-repayment' | 'outside-repayment' | 'already-told' | 'not-missed';

const notSo: Readonly<Record<NotSo, Text>> = {
  'arrangement-not-open': t(
    'Schuldeisers antwoorden zolang de regeling openstaat.',
    'Creditors answer while the arrangement is open.',
  ),
  'no-repayment': t('Er wordt nu niet afgelost.', 'Nothing is being repaid now.'),
  'outside-repayment': t(
    'Een gemiste maand ligt tussen het begin van de aflossing en nu; er worden er niet meer dan bij een aflossing passen bijgehouden.',
    'A missed month lies between the beginning of the repayment and now; no more are kept than fit a repayment.',
  ),
  'already-told': t('Deze maand is al als gemist gemeld.', 'This month was reported as missed already.'),
  'not-missed': t(
    'Deze maand is niet als gemist gemeld: er is niets in te halen.',
    'This month was not reported as missed: there is nothing to make up.',
  ),
};

/** Takes it in; or says why it can't be so. */
export function progressed(
  state: RouteState,
  told: DebtProgress,
  by: string,
  now: string,
): RouteState | NotSo {
  if (told.what === 'creditors-answered') {
    const { asked, agreed, refused } = told;
    if (state.steps['debt.arrangement']?.status !== 'open') return 'arrangement-not-open';
    const entry = { what: told.what, by, stepId: 'debt.arrangement' } as const;
    return changed(state, now, entry, withDebt(state, { creditors: [asked, agreed, refused] }));
  }
  const record = runningRepayment(state);
  if (!record) return 'no-repayment';
  const { missed = [] } = state.debtTrack ?? {};
  const isMissing = missed.includes(told.month);
  if (told.what === 'repayment-made-up')
    return isMissing ? madeUp(state, told.month, record, by, now) : 'not-missed';
  if (isMissing) return 'already-told';
  const month = (moment: string) => localDay(moment, state.rules.calendar).slice(0, 7);
  const isOutside = told.month < month(record.termSince ?? record.since) || told.month > month(now);
  return isOutside || missed.length >= missedKept
    ? 'outside-repayment'
    : missedIn(state, told.month, record, by, now);
}

/**
 * The same, told by a person on the debt service's behalf.
 * @throws Refused debt-not-so
 */
export function recordDebtProgress(
  state: RouteState,
  { progress }: CommandOf<'record-debt-progress'>,
  by: string,
  now: string,
): RouteState {
  const next = progressed(state, progress, by, now);
  if (typeof next === 'string') throw new Refused('debt-not-so', notSo[next]);
  return next;
}

/** A month that was missed is a reason to help: the owner of the track hears of it, and repayment ends a month later. */
function missedIn(state: RouteState, month: string, record: StepRecord, by: string, now: string): RouteState {
  const { missed = [] } = state.debtTrack ?? {};
  const later = moved(state, record, 1);
  const entry = {
    what: 'repayment-missed',
    by,
    stepId: repayment,
    reason: month,
    ...datesOf(later),
  } as const;
  return changed(state, now, entry, {
    ...withDebt(state, { missed: [...missed, month].sort() }),
    ...withStep(state, repayment, later),
    outbox: [...state.outbox, noticeOf(state, record, month, now)],
  });
}

function madeUp(state: RouteState, month: string, record: StepRecord, by: string, now: string): RouteState {
  const { missed = [] } = state.debtTrack ?? {};
  const sooner = moved(state, record, -1);
  const entry = {
    what: 'repayment-made-up',
    by,
    stepId: repayment,
    reason: month,
    ...datesOf(sooner),
  } as const;
  return changed(state, now, entry, {
    ...withDebt(state, { missed: missed.filter((each) => each !== month) }),
    ...withStep(state, repayment, sooner),
  });
}

const datesOf = ({ dueAt, rule }: StepRecord) => ({ ...(dueAt && { dueAt }), ...(rule && { rule }) });

/** In the statutory scheme the court alone says how long it lasts; a term in seconds has no months. */
function moved(state: RouteState, record: StepRecord, months: number): StepRecord {
  const { dueAt, rule = '', since, termSince = since } = record;
  const limit = state.rules.terms[rule]?.limit;
  if (!dueAt || rule !== repayment || typeof limit !== 'string' || limit.startsWith('PT')) return record;
  const { calendar } = state.rules;
  const meant = Number(localDay(termSince, calendar).slice(8));
  return {
    ...record,
    dueAt: endOfDay(addMonths(localDay(dueAt, calendar), months, record.heldUp ? 0 : meant), calendar),
  };
}

function noticeOf(state: RouteState, record: StepRecord, month: string, now: string): Notice {
  const rule = record.rule ?? repayment;
  return {
    what: 'notice',
    key: `${requestIdOf(state.routeId, repayment, record.attempt)}:repayment-missed:${month}`,
    kind: 'repayment-missed',
    to: state.rules.phaseOwners?.debt ?? 'case-manager',
    stepId: repayment,
    dueAt: now,
    rule,
    source: record.source ?? sourceOf(state.rules, rule),
  };
}
