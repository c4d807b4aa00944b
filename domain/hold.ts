/** A route on hold: its terms stand still, and shift by as long as it lasted. Answers are taken in all the while. */
import { changed, isRunning, type RouteState, type StepRecord } from './route-state.ts';
import { stepIds } from './steps.ts';

/** Goes on: every date that stood still is moved by the time it stood still. */
export function resumed(state: RouteState, by: string, now: string): RouteState {
  if (!state.hold) return state;
  const { hold, ...going } = state;
  const shifted = stepIds.flatMap((id) => {
    const record = state.steps[id];
    return record ? [[id, shift(record, hold.since, now)] as const] : [];
  });
  const steps = Object.fromEntries(shifted);
  return changed(going, now, { what: 'hold-ended', by }, { steps });
}

function shift(record: StepRecord, since: string, now: string): StepRecord {
  if (!isRunning(record) || !record.dueAt) return record;
  // A step that opened during the hold stood still only from then on.
  const stoodStill = Date.parse(now) - Date.parse(record.since > since ? record.since : since);
  const later = (moment: string) => new Date(Date.parse(moment) + stoodStill).toISOString();
  return {
    ...record,
    dueAt: later(record.dueAt),
    ...(record.remindAt && { remindAt: record.remindAt.map(later) }),
    ...(record.escalateAt && { escalateAt: later(record.escalateAt) }),
  };
}
