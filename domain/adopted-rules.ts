/** A route under other rules than it began with. */
import type { TermSource } from '../contracts/views.ts';
import { adoptedIntake } from './intake-terms.ts';
import { changed, type RouteState, type TimelineRecord } from './route-state.ts';
import { sourceOf, type RouteRules } from './rules.ts';
import { attemptAt } from './step-transitions.ts';
import { stepIds, steps as catalogue } from './steps.ts';

/**
 * Puts a route under other rules for the steps to come; dates that were set under the earlier ones stand. A period that
 * those did not know has none, and gets one, from the day on which it began.
 * @param entry - what the timeline says of it
 */
export function underRules(
  state: RouteState,
  rules: RouteRules,
  entry: Omit<TimelineRecord, 'at'>,
  now: string,
): RouteState {
  const sourced = <T extends { rule?: string; source?: TermSource }>(each: T): T =>
    each.rule && !each.source ? { ...each, source: sourceOf(state.rules, each.rule) } : each;
  const steps = Object.fromEntries(
    Object.entries(state.steps).map(([id, record]) => [
      id,
      { ...sourced(record), ...(record.ongoing && { ongoing: sourced(record.ongoing) }) },
    ]),
  );
  const { homePromise } = state;
  const sourcedState = { ...state, timeline: state.timeline.map(sourced) };
  const promise = homePromise && { homePromise: sourced(homePromise) };
  const intake = adoptedIntake(state, rules);
  const next = changed(sourcedState, now, entry, { rules, steps, ...promise, ...intake });
  return { ...next, steps: { ...steps, ...datedPeriods(next) } };
}

function datedPeriods(state: RouteState): RouteState['steps'] {
  const undated = stepIds.filter((id) => {
    const record = state.steps[id];
    return catalogue[id].kind === 'period' && record?.status === 'open' && !record.dueAt;
  });
  return Object.fromEntries(
    undated.map((id) => [id, attemptAt(state, id, state.steps[id]!.attempt, state.steps[id]!.since)]),
  );
}
