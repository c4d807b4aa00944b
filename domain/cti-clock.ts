/**
 * The clock of CTI: nine months from the move on, no discharge before (CTI model), and from the beginning again after a
 * forced move. Both hold for routes whose rules have the norm `cti.duration`; others go on as they began.
 */
import type { MoveBody } from '../contracts/commands.ts';
import { localDay } from './calendar.ts';
import { clockStart, ctiPeriods, isUnderClock } from './cti.ts';
import { Refused } from './refusal.ts';
import { changed, isPassed, isRunning, type RouteState } from './route-state.ts';
import { normOf } from './rules.ts';
import { rewound } from './step-transitions.ts';
import type { StepId } from './steps.ts';
import { endOfTerm } from './terms.ts';

/** Before when nobody is discharged; undefined before the move, and where the rules do not say. */
export function earliestEnd(state: RouteState): string | undefined {
  const norm = normOf(state.rules, 'cti.duration');
  const start = clockStart(state);
  if (!norm || !start) return undefined;
  return endOfTerm(start, { limit: String(norm.value), kind: 'sector' }, state.rules.calendar);
}

/**
 * Holds a period of CTI to its time.
 * @throws Refused early-discharge for one that would be skipped before the nine months are over
 */
export function refuseEarlyDischarge(state: RouteState, stepId: StepId, now: string): void {
  if (!ctiPeriods.some((id) => id === stepId) || !normOf(state.rules, 'cti.duration')) return;
  const end = earliestEnd(state);
  if (end !== undefined && end <= now) return;
  const date = end ? ` before ${localDay(end, state.rules.calendar)}` : '';
  throw new Refused('early-discharge', `Critical Time Intervention knows no discharge${date}: ${stepId}.`);
}

/**
 * Starts the clock again by itself when a forced move of its time is told: nobody has to think of it, and nobody's nine
 * months are cut short by a move they did not want. A move of before the clock started changes nothing.
 */
export function restartedBy(
  state: RouteState,
  { forced, date }: Pick<MoveBody, 'forced' | 'date'>,
  now: string,
): RouteState {
  const start = clockStart(state);
  const isOfClock = start !== undefined && localDay(start, state.rules.calendar) < date;
  if (!forced || !isOfClock || !isUnderClock(state) || !normOf(state.rules, 'cti.duration')) return state;
  const ofClock: readonly StepId[] = [...ctiPeriods, 'cti.transfer-meeting'];
  const aside = ofClock.filter((id) => {
    const record = state.steps[id];
    return record && (isPassed(record) || isRunning(record));
  });
  const entry = { what: 'cti-restarted', by: 'calendar', stepId: 'cti.transition' as const };
  return rewound(changed(state, now, entry, {}), aside, now);
}
