/** How a step or a whole route ends without the answer of a partner. */
import { changed, withStep, type Ending, type RouteState } from './route-state.ts';
import { stepIds, steps, type StepId } from './steps.ts';

/** Closes an open step as done, without news of a partner: a task that was carried out, a period that ended. */
export function finished(state: RouteState, stepId: StepId, by: string, now: string): RouteState {
  const record = state.steps[stepId] ?? { status: 'open', attempt: 1, since: now };
  const { overdue: _, reminded: __, ...settled } = record;
  const what = steps[stepId].kind === 'period' ? 'period-ended' : 'step-completed';
  const entry = { what, by, stepId, attempt: record.attempt };
  return changed(state, now, entry, withStep(state, stepId, { ...settled, status: 'done', closedAt: now }));
}

/** The route goes to its end: what is still open is withdrawn, and only the closure is left. */
export function ending(state: RouteState, reason: Ending, by: string, now: string): RouteState {
  if (state.ending) return state;
  const open = stepIds.filter((id) => state.steps[id] && state.steps[id].status !== 'done');
  const withdrawn = open.map((id) => [id, { ...state.steps[id], status: 'withdrawn', closedAt: now }]);
  const parts = { ending: reason, inbox: [], steps: { ...state.steps, ...Object.fromEntries(withdrawn) } };
  return changed(state, now, { what: 'route-ending', by, reason }, parts);
}

/** The partner was told that a withdrawn request is off. */
export function released(state: RouteState, stepId: StepId, now: string): RouteState {
  const { sentAt: _, ...record } = state.steps[stepId]!;
  return changed(
    state,
    now,
    { what: 'request-released', by: steps[stepId].party, stepId },
    withStep(state, stepId, record),
  );
}
