/**
 * The matrix of faults: every part, at every step, while the step is open and just after it was closed. What a kill
 * hit is not what the test meant to hit: it is read afterwards from the moments that the route itself wrote down.
 */
import type { RouteView, StepView } from '../../contracts/views.ts';
import { usualStepIds, type StepId } from '../../domain/steps.ts';
import { stepOf } from '../../domain/template.ts';

export const partNames = ['worker', 'temporal', 'api', 'simulator'] as const;
export type PartName = (typeof partNames)[number];
export const phases = ['during', 'after'] as const;
export type Phase = (typeof phases)[number];

/** One kill -9. Moments are ms since 1970, by the clock of the machine that everything runs on. */
export interface Kill {
  readonly part: PartName;
  readonly at: number;
  /** When the part answered again. */
  readonly readyAt: number;
}

/** A step in which a kill found a route. */
export interface Hit {
  readonly stepId: StepId;
  readonly phase: Phase;
}

/** What became of one route in one cell. */
export interface Finding {
  readonly routeId: string;
  /** Undefined: nothing was left for the route to do. */
  readonly recoveryMs: number | undefined;
}

/** Just after: so long since the step was closed. */
export const justAfterMs = 1000;

export const cellOf = (part: PartName, { stepId, phase }: Hit): string => `${part} ${stepId} ${phase}`;

/** Every cell of the matrix. */
export const allCells: readonly string[] = partNames.flatMap((part) =>
  usualStepIds.flatMap((stepId) => phases.map((phase) => cellOf(part, { stepId, phase }))),
);

export const stepsOf = (route: RouteView): readonly StepView[] => route.tracks.flatMap(({ steps }) => steps);

/** Where a route was at a moment, by what it wrote down itself. */
export function hitsAt(route: RouteView, at: number): Hit[] {
  return stepsOf(route).flatMap(({ stepId, status, since, closedAt }): Hit[] => {
    const [opened, closed] = [Date.parse(since), closedAt ? Date.parse(closedAt) : Infinity];
    const wasReached = status === 'open' || status === 'done';
    if (wasReached && opened <= at && at < closed) return [{ stepId: stepId as StepId, phase: 'during' }];
    if (closed <= at && at - closed <= justAfterMs) return [{ stepId: stepId as StepId, phase: 'after' }];
    return [];
  });
}

/**
 * How long after a kill the route went on. Where it only waited for the calendar, the clock runs from the moment
 * at which the nearest period was to end.
 */
export function recoveryOf(route: RouteView, at: number): number | undefined {
  const moves = stepsOf(route)
    .flatMap(({ since, closedAt }) => [since, ...(closedAt ? [closedAt] : [])])
    .map((moment) => Date.parse(moment));
  const next = Math.min(...moves.filter((moment) => moment > at));
  if (next === Infinity) return undefined;
  const open = stepsOf(route).filter(
    (step) => hitsAt({ ...route, tracks: [only(step)] }, at)[0]?.phase === 'during',
  );
  const periods = open.filter(({ stepId }) => stepOf({}, stepId as StepId).kind === 'period');
  const ends = periods.map(({ dueAt }) => Date.parse(dueAt ?? ''));
  const expected = periods.length === open.length ? Math.max(at, Math.min(...ends)) : at;
  return Math.max(0, next - Math.min(expected, next));
}

const only = (step: StepView) => ({ track: 'intake' as const, status: 'running' as const, steps: [step] });
