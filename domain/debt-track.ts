/**
 * The debt track besides its steps: what creditors answered, which months of repayment are missing, from when repayment
 * counts. Left out of routes of which nothing of it was told.
 */
import type { RouteState, StepRecord } from './route-state.ts';

export interface DebtTrackState {
  /** As the debt service told last. */
  readonly creditors?: readonly [asked: number, agreed: number, refused: number];
  /** Months (YYYY-MM) whose repayment is missing, in order; at most `missedKept`. */
  readonly missed?: readonly string[];
  /** When the first repayment began: ISO 8601, UTC. In the statutory scheme it counts from there (Fw art. 349a). */
  readonly firstRepayment?: string;
  /** The attempt at `debt.statutory-scheme` by whose ruling the repayment is counted. */
  readonly admitted?: number;
}

/** Twice as many months as a repayment has: one that misses more has been ended long before. */
export const missedKept = 36;

/** Replaces parts of it. */
export const withDebt = (
  { debtTrack }: Pick<RouteState, 'debtTrack'>,
  parts: DebtTrackState,
): Pick<RouteState, 'debtTrack'> => ({ debtTrack: { ...debtTrack, ...parts } });

/** The repayment while it runs; undefined where it does not. */
export function runningRepayment({ steps }: Pick<RouteState, 'steps'>): StepRecord | undefined {
  const record = steps['debt.repayment'];
  return record?.status === 'open' ? record : undefined;
}
