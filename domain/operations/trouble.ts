/**
 * Whether a route (or a ledger) is wedged, judged from outside by what the server knows of it: a wedged one can't say so
 * itself. Pure: who looks is the worker (worker/operations) and operations (ops/).
 */
import type { RouteState } from '../route-state.ts';
import { waitingsOf } from '../standing.ts';
import type { StepId } from '../steps.ts';

/** What the server knows of a workflow. Moments: ISO 8601, UTC. */
export interface Seen {
  readonly isOpen: boolean;
  /** The workflow task that a worker is to do, or does. */
  readonly task?: { readonly attempt: number; readonly since: string };
  /** The activities under way, by their ids. */
  readonly activities: readonly string[];
  /** Attempts at its workflow task that the history says failed, and why the last of them did. The server writes down few. */
  readonly failures?: number;
  readonly failure?: Failure;
}

/** Of a failed attempt: its type, and what the code said. `since`: of workflow tasks, when the first of them failed. */
export interface Failure {
  readonly type: string;
  readonly line?: string;
  readonly since?: string;
}

/** Why a workflow does not go on, since when, and how often it was tried. */
export type Trouble =
  | {
      readonly cause: 'task-fails';
      readonly since: string;
      readonly attempts: number;
      readonly failure?: Failure;
    }
  | { readonly cause: 'task-waits'; readonly since: string }
  | { readonly cause: 'no-open-request'; readonly since: string; readonly steps: readonly StepId[] };

/** A task is taken within milliseconds. After an outage thousands of them wait for minutes, and nothing is wrong with any. */
export const taskWaitsAfterMs = 5 * 60_000;

/**
 * What is wrong with its workflow task; undefined while nothing is.
 * @param isWorkerThere - where there is none, the tasks of all of them wait: that is no trouble of one
 */
export function taskTrouble(
  { isOpen, task, failures = 0, failure }: Seen,
  { now, isWorkerThere }: { readonly now: string; readonly isWorkerThere: boolean },
): Trouble | undefined {
  if (!isOpen || !task) return undefined;
  const { since, attempt } = task;
  const attempts = Math.max(attempt, failures + 1);
  if (attempts > 1)
    return {
      cause: 'task-fails',
      since: failure?.since ?? since, // each attempt is scheduled anew
      attempts,
      ...(failure && { failure }),
    };
  const waitsMs = Date.parse(now) - Date.parse(since);
  return isWorkerThere && waitsMs > taskWaitsAfterMs ? { cause: 'task-waits', since } : undefined;
}

/**
 * The steps that wait for a partner who was not asked: no request was taken, and none is on its way. The route itself says
 * no more than that the partner can't be reached, once the time is over that its rules give it.
 */
export function unasked(
  state: RouteState,
  { activities }: Pick<Seen, 'activities'>,
): Extract<Trouble, { cause: 'no-open-request' }> | undefined {
  const waits = waitingsOf(state).filter(({ stepId, blocker }) => {
    const record = state.steps[stepId];
    const isAsked = record?.status !== 'open' || record.sentAt !== undefined;
    return blocker === 'technical' && !isAsked && !activities.includes(`${stepId}:${record.attempt}`);
  });
  const since = waits.map((wait) => wait.since).sort()[0];
  return since ? { cause: 'no-open-request', since, steps: waits.map(({ stepId }) => stepId) } : undefined;
}
