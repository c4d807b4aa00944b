/** How a step or a whole route ends without the answer of a partner. */
import type { StepResult } from '../contracts/partner-event.ts';
import type { Sealed } from '../contracts/sealed.ts';
import { withoutAnswers } from './early-news.ts';
import { releaseOf } from './outbox.ts';
import { parseRequestId, requestIdOf } from './request-id.ts';
import { rejudged } from './receipts.ts';
import { changed, isPassed, withStep, type Ending, type RouteState, type StepRecord } from './route-state.ts';
import { isOfClosure, type StepId } from './steps.ts';
import { stepIdsOf, stepOf } from './template.ts';
import { provisionEnded } from './temporary-provision.ts';
import { withoutTransfer } from './transfer.ts';
import type { whyOf } from './why.ts';

/** What a record keeps once its step is closed. */
export function settled(record: StepRecord): StepRecord {
  const { overdue: _, reminded: __, remindAt: ___, escalateAt: ____, unreachable: _____, ...rest } = record;
  const { skipAskedBy: ______, reason: _______, ...kept } = rest;
  return kept;
}

/** What a record keeps when the party refused: its term runs on, since somebody still has to do something about it. */
export function stillDue(record: StepRecord): StepRecord {
  const { reminded, overdue, escalateAt } = record;
  return {
    ...settled(record),
    ...(reminded && { reminded }),
    ...(overdue && { overdue }),
    ...(escalateAt && { escalateAt }),
  };
}

/** Closes an open step as done, without news of a partner: a task that was carried out, a period that ended. */
export function finished(state: RouteState, stepId: StepId, by: string, now: string): RouteState {
  const record = state.steps[stepId] ?? { status: 'open', attempt: 1, since: now };
  const what = stepOf(state, stepId).kind === 'period' ? 'period-ended' : 'step-completed';
  const entry = { what, by, stepId, attempt: record.attempt };
  return changed(
    state,
    now,
    entry,
    withStep(state, stepId, { ...settled(record), status: 'done', closedAt: now }),
  );
}

export interface ByHand {
  readonly stepId: StepId;
  readonly status: 'done' | 'skipped';
  readonly what: 'completed-by-hand' | 'step-skipped';
  readonly by: string;
  readonly why: ReturnType<typeof whyOf>;
  readonly result?: StepResult | undefined;
}

/** Closes a step by hand, and takes the request back that a partner may still have. */
export function closedByHand(
  state: RouteState,
  { stepId, status, what, by, why, result: told }: ByHand,
  now: string,
): RouteState {
  const result = resultOf(stepId, told);
  const record = state.steps[stepId] ?? { status: 'open', attempt: 1, since: now };
  const closed: StepRecord = { ...settled(record), status, closedAt: now, ...(result && { result }) };
  const asked = requestIdOf(state.routeId, stepId, record.attempt);
  return changed(
    state,
    now,
    { what, by, stepId, attempt: record.attempt, ...why },
    {
      ...withStep(state, stepId, closed),
      ...learned(state, result),
      // An answer that came early has nothing left to close.
      ...withoutAnswers(state, [asked], status === 'done' ? 'already-answered' : 'step-not-needed', now),
      outbox: [...state.outbox, ...releaseOf(state, stepId, record)],
    },
  );
}

/** What a step may tell by its result; the rest of it is not that party's to say, and is left. */
const tells: Partial<Record<StepId, readonly (keyof StepResult)[]>> = {
  'intake.registry-check': ['addressKnown'],
  'intake.debt-screening': ['debts', 'threat'],
  'intake.skills': ['missingSkills'],
  'debt.first-talk': ['weeksToResult'],
  'debt.plan': ['solution'],
  'debt.statutory-scheme': ['ruledOn', 'months'],
  'debt.guidance': ['guidance'],
  'housing.training': ['skills'],
};

/** What of a result counts for its step; undefined when nothing does. */
export function resultOf(stepId: StepId, result: StepResult | undefined): StepResult | undefined {
  const told = (tells[stepId] ?? []).filter((name) => result?.[name] !== undefined);
  return told.length > 0 ? Object.fromEntries(told.map((name) => [name, result![name]])) : undefined;
}

/** What the result of a step tells the whole route. */
export function learned(state: RouteState, result: StepResult | undefined): Partial<RouteState> {
  const { debts, threat, skills } = result ?? {};
  // Debts that come to light after all need the track that was thought needless.
  const notNeeded = state.notNeeded.filter((track) => track !== 'debt');
  return {
    ...(debts && { debts }),
    ...(debts && debts !== 'none' && { notNeeded }),
    ...(threat && { threat }),
    ...(skills && { skills: { ...state.skills, ...skills } }),
  };
}

/**
 * Withdraws what is open of some steps: of what is still to be told about them, that requests are off remains. One that is
 * needed again begins under its next attempt: what waited for this one has nothing left to close.
 */
export function withdrawn(
  state: RouteState,
  ids: readonly StepId[],
  now: string,
): Pick<RouteState, 'steps' | 'outbox' | 'inbox' | 'receipts'> {
  const open = ids.filter((id) => state.steps[id] && !isPassed(state.steps[id]));
  const off = open.map((id) => [
    id,
    { ...settled(state.steps[id]!), status: 'withdrawn' as const, closedAt: now },
  ]);
  const asked = open.map((id) => requestIdOf(state.routeId, id, state.steps[id]!.attempt));
  return {
    steps: { ...state.steps, ...Object.fromEntries(off) },
    ...withoutAnswers(state, asked, 'step-not-needed', now),
    // A reminder about a step that is off would only confuse; that the request is off must be told.
    outbox: [
      ...state.outbox.filter((each) => each.what !== 'notice' || !ids.includes(each.stepId)),
      ...open.flatMap((id) => releaseOf(state, id, state.steps[id]!)),
    ],
  };
}

function asksForClosure(requestId = ''): boolean {
  const asked = parseRequestId(requestId);
  return asked !== undefined && isOfClosure(asked.stepId);
}

/** The route goes to its end: what is still open is withdrawn, and only the closure is left. */
export function ending(
  state: RouteState,
  reason: Ending,
  { by, note }: { by: string; note?: Sealed<string> },
  now: string,
): RouteState {
  if (state.ending) return state;
  const { hold: _, rerun: __, ...going } = withoutTransfer(provisionEnded(state, now), now);
  return changed(
    going,
    now,
    { what: 'route-ending', by, reason, ...(note && { note }) },
    {
      ...withdrawn(going, stepIdsOf(state), now),
      ending: reason,
      inbox: state.inbox.filter(({ requestId }) => asksForClosure(requestId)),
      ...rejudged(
        state,
        state.inbox.filter(({ requestId }) => !asksForClosure(requestId)),
        { receipt: 'late', reason: 'route-ending', at: now },
      ),
    },
  );
}
