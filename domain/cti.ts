/**
 * Critical Time Intervention as a route keeps it: a clock of nine months that starts at the move, and again after a forced
 * move; three phases; focus areas; the network of supporters; contacts that grow apart.
 */
import type { CtiPhase, FocusArea } from '../contracts/cti.ts';
import type { CommandOf } from './command.ts';
import type { Contacts } from './contacts.ts';
import { changed, isPassed, isRunning, type RouteState, type StepRecord } from './route-state.ts';
import type { StepId } from './steps.ts';
import type { Supporter } from './supporter-record.ts';

/** What of CTI is no step; every part is left out until somebody tells of it. */
export interface CtiState {
  /** Bounded, see `supportersKept`. */
  readonly supporters?: readonly Supporter[];
  readonly focusAreas?: readonly FocusArea[];
  readonly contacts?: Contacts;
  /** Under which clock somebody was told that the network is thin. */
  readonly thinTold?: number;
  /** When the case is to be discussed next, by norm. */
  readonly reminders?: Readonly<Partial<Record<ReminderNorm, Reminder>>>;
}

export type ReminderNorm = 'cti.supervision' | 'cti.case-review';

export interface Reminder {
  readonly at: string;
  /** Counted from 1: part of the key of what is told. */
  readonly nth: number;
}

/** The periods of the clock, in order. */
export const ctiPeriods = ['cti.transition', 'cti.try-out', 'cti.transfer-of-care'] as const;
export type CtiPeriod = (typeof ctiPeriods)[number];

/** The phase that a period is. */
export const phaseOf = (period: CtiPeriod) => period.slice('cti.'.length) as PeriodPhase;
type PeriodPhase = Exclude<CtiPhase, 'pre-cti' | 'aftercare'>;

/** Replaces parts of CTI. */
export const withCti = (state: RouteState, parts: CtiState): Pick<RouteState, 'cti'> => ({
  cti: { ...state.cti, ...parts },
});

/** Which clock runs, counted from 1: each restart is a new attempt at the first period. */
export const clockOf = ({ steps }: Pick<RouteState, 'steps'>): number =>
  steps['cti.transition']?.attempt ?? 1;

/** When the clock that runs started; undefined before the move, and while a restart waits for another home. */
export function clockStart({ steps }: Pick<RouteState, 'steps'>): string | undefined {
  const first = steps['cti.transition'];
  return hasBegun(first) ? first.since : undefined;
}

/** The period of the clock that runs now. */
export const runningPeriod = ({ steps }: Pick<RouteState, 'steps'>): CtiPeriod | undefined =>
  ctiPeriods.find((id) => steps[id] && isRunning(steps[id]));

/** Whether the clock has started, and the transfer to the network is still to come. */
export const isUnderClock = (state: RouteState): boolean =>
  clockStart(state) !== undefined && !isPassed(state.steps['cti.transfer-meeting']) && !state.ending;

/** How far CTI is; undefined for a route that has not come to it. */
export function ctiPhaseOf(state: RouteState): CtiPhase | undefined {
  const { steps } = state;
  if (isPassed(steps['cti.transfer-meeting'])) return 'aftercare';
  const period = ctiPeriods.findLast((id) => hasBegun(steps[id]));
  if (period) return phaseOf(period);
  return steps['cti.pre-cti'] ? 'pre-cti' : undefined;
}

/** The step of CTI that the route came to last: what is said about CTI as a whole is said of it. */
export const ctiStepOf = ({ steps }: Pick<RouteState, 'steps'>): StepId =>
  (['cti.transfer-meeting', ...ctiPeriods.toReversed()] as const).find(
    (id) => steps[id] && steps[id].status !== 'withdrawn',
  ) ?? 'cti.pre-cti';

/** Whether the process came to a period and it has begun: it runs, or it is over, also with the end of the route. */
export function hasBegun(record: StepRecord | undefined): record is StepRecord {
  if (!record || record.status === 'blocked') return false;
  return record.status !== 'withdrawn' || record.dueAt !== undefined;
}

/** What the support is about from now on (CTI: one to three areas). */
export function setFocusAreas(
  state: RouteState,
  { areas }: CommandOf<'set-focus-areas'>,
  by: string,
  now: string,
): RouteState {
  const entry = { what: 'focus-areas-set', by, reason: areas.join(', ') };
  return changed(state, now, entry, withCti(state, { focusAreas: areas }));
}
