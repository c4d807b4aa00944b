/** How a step or a whole route ends without the answer of a partner. */
import type { StepResult } from '../contracts/partner-event.ts';
import type { Sealed } from '../contracts/sealed.ts';
import { releaseOf } from './outbox.ts';
import { rejudged } from './receipts.ts';
import { changed, isPassed, withStep, type Ending, type RouteState, type StepRecord } from './route-state.ts';
import { stepIds, steps, type StepId } from './steps.ts';

/** What a record keeps once its step is closed. */
export function settled(record: StepRecord): StepRecord {
  const { overdue: _, reminded: __, remindAt: ___, escalateAt: ____, unreachable: _____, ...rest } = record;
  const { skipAskedBy: ______, reason: _______, ...kept } = rest;
  return kept;
}

/** Closes an open step as done, without news of a partner: a task that was carried out, a period that ended. */
export function finished(state: RouteState, stepId: StepId, by: string, now: string): RouteState {
  const record = state.steps[stepId] ?? { status: 'open', attempt: 1, since: now };
  const what = steps[stepId].kind === 'period' ? 'period-ended' : 'step-completed';
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
  readonly note: Sealed<string>;
  readonly result?: StepResult | undefined;
}

/** Closes a step by hand, and takes the request back that a partner may still have. */
export function closedByHand(
  state: RouteState,
  { stepId, status, what, by, note, result }: ByHand,
  now: string,
): RouteState {
  const record = state.steps[stepId] ?? { status: 'open', attempt: 1, since: now };
  const closed: StepRecord = { ...settled(record), status, closedAt: now, ...(result && { result }) };
  return changed(
    state,
    now,
    { what, by, stepId, attempt: record.attempt, note },
    {
      ...withStep(state, stepId, closed),
      ...learned(result),
      outbox: [...state.outbox, ...releaseOf(state, stepId, record)],
    },
  );
}

/** What the result of a step tells the whole route. */
export function learned(result: StepResult | undefined): Partial<RouteState> {
  return { ...(result?.debts && { debts: result.debts }), ...(result?.threat && { threat: result.threat }) };
}

/** The route goes to its end: what is still open is withdrawn, and only the closure is left. */
export function ending(
  state: RouteState,
  reason: Ending,
  { by, note }: { by: string; note?: Sealed<string> },
  now: string,
): RouteState {
  if (state.ending) return state;
  const open = stepIds.filter((id) => state.steps[id] && !isPassed(state.steps[id]));
  const withdrawn = open.map((id) => [
    id,
    { ...settled(state.steps[id]!), status: 'withdrawn', closedAt: now },
  ]);
  const { hold: _, rerun: __, ...going } = state;
  return changed(
    going,
    now,
    { what: 'route-ending', by, reason, ...(note && { note }) },
    {
      ending: reason,
      inbox: [],
      ...rejudged(state, state.inbox, { receipt: 'late', reason: 'route-ending', at: now }),
      // A reminder about a step that is off would only confuse; that the request is off must be told.
      outbox: [
        ...state.outbox.filter(({ what }) => what === 'release'),
        ...open.flatMap((id) => releaseOf(state, id, state.steps[id]!)),
      ],
      steps: { ...state.steps, ...Object.fromEntries(withdrawn) },
    },
  );
}
