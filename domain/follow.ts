/** Periods that follow each other, without the days that a machine may be late between them. */
import { localDay } from './calendar.ts';
import { beginOfPlan } from './intake-terms.ts';
import type { RouteState } from './route-state.ts';
import { follows, type StepId } from './steps.ts';

/** Where a term begins. */
export interface Begin {
  /** ISO 8601 moment. */
  readonly from: string;
  /** The date, 1 to 31, on which the first of a chain of periods began: months are counted by it, see `addMonths`. */
  readonly date?: number;
}

/**
 * When a step that opens now begins: at the end of the period that it follows, where the calendar ended that one, so
 * that three periods of three months are nine months; else now. A period that is done anew, while the one before it
 * stays as it was, begins now.
 */
export function beginOf(state: RouteState, stepId: StepId, now: string): Begin {
  const earlier = follows[stepId];
  const before = earlier && state.steps[earlier];
  const plan = beginOfPlan(state, stepId);
  if (plan) return plan;
  if (before?.status !== 'done' || !before.dueAt || !before.closedAt) return { from: now };
  const asideSince = state.steps[stepId]?.since;
  if (asideSince !== undefined && before.closedAt <= asideSince) return { from: now };
  const first = localDay(countedFrom(state, earlier!), state.rules.calendar);
  return { from: before.dueAt, date: Number(first.slice(8)) };
}

/**
 * The moment by whose date the months behind a period are counted: where the first of its chain began. Behind a period
 * that a hold has moved a chain begins anew: its last day is no date that a short month cut off.
 */
function countedFrom(state: RouteState, stepId: StepId): string {
  const { since, dueAt, heldUp } = state.steps[stepId]!;
  if (heldUp) return dueAt!;
  const earlier = follows[stepId];
  return earlier && state.steps[earlier]?.dueAt === since ? countedFrom(state, earlier) : since;
}
