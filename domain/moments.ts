/** The calendar of a route: at which moment something happens by itself, and what. One timer serves them all. */
import { finished } from './finish-step.ts';
import { changed, withStep, type RouteState, type StepRecord, type TimelineRecord } from './route-state.ts';
import { stepIds, steps, type StepId } from './steps.ts';
import { endOfTerm } from './terms.ts';

interface Moment {
  readonly at: string;
  readonly pass: (state: RouteState, now: string) => RouteState;
}

/** The nearest moment at which the calendar changes the route; undefined when it only waits for others. */
export function nextMoment(state: RouteState): string | undefined {
  return moments(state)
    .map(({ at }) => at)
    .sort()[0];
}

/** Lets every moment up to `now` pass, in order. A term that passes never fails a route. */
export function passMoments(state: RouteState, now: string): RouteState {
  let passed = state;
  for (;;) {
    const due = moments(passed)
      .filter(({ at }) => at <= now)
      .sort((a, b) => (a.at < b.at ? -1 : 1))[0];
    if (!due) return passed;
    passed = due.pass(passed, now);
  }
}

function moments(state: RouteState): Moment[] {
  return stepIds.flatMap((stepId) => {
    const record = state.steps[stepId];
    return record ? momentsOf(state, stepId, record) : [];
  });
}

function momentsOf(state: RouteState, stepId: StepId, record: StepRecord): Moment[] {
  const { dueAt, remindAt } = record;
  const open = record.status === 'open' || record.status === 'refused' || record.status === 'technical';
  if (!open || !dueAt) return [];
  if (steps[stepId].kind === 'period')
    return [{ at: dueAt, pass: (now, at) => finished(now, stepId, 'calendar', at) }];
  const mark = (flag: Partial<StepRecord>, what: TimelineRecord['what'], at: string) => ({
    at,
    pass: (current: RouteState, now: string) =>
      changed(
        current,
        now,
        { what, by: 'calendar', stepId, attempt: record.attempt, dueAt },
        withStep(current, stepId, { ...record, ...flag }),
      ),
  });
  const found: Moment[] = [];
  if (remindAt && !record.reminded) found.push(mark({ reminded: true }, 'step-due-soon', remindAt));
  else if (!record.overdue) found.push(mark({ overdue: true }, 'step-overdue', dueAt));
  if (steps[stepId].kind === 'request' && record.status === 'open' && !record.sentAt && !record.unreachable) {
    const at = endOfTerm(record.since, state.rules.unreachableAfter, []);
    found.push(mark({ unreachable: true }, 'party-unreachable', at));
  }
  return found;
}
