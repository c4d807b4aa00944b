/** What the store knows of the workflows of operations, and of deadlocks: for metrics, once a minute. */
import { isOpen } from '../../domain/operations/visibility.ts';
import { routes } from './list.ts';
import { countAll } from './open-routes.ts';
import { executionsOf } from './pages.ts';
import type { Line } from './line.ts';

/** As `deadlockStatus` of the domain has them. */
export const deadlockStatuses = ['open', 'committed', 'broken', 'gone'] as const;
export type DeadlockStatus = (typeof deadlockStatuses)[number];

/** Every call may throw ApiProblem temporal-away, too-many-in-flight. */
export interface OperationsView {
  /** How many workflows of this type run. */
  running(type: string): Promise<number>;
  /** How many routes have had a deadlock that stands so; closed ones count for as long as they are kept. */
  deadlocks(status: DeadlockStatus): Promise<number>;
  /** When a workflow of this type was completed last, in seconds since 1970; undefined when the store knows of none. */
  lastCompleted(type: string): Promise<number | undefined>;
}

export function createOperationsView(line: Line): OperationsView {
  return {
    running: (type) => countAll(line, `WorkflowType = '${type}' AND ${isOpen}`),
    deadlocks: (status) => countAll(line, [...routes, `Deadlock STARTS_WITH '${status}/'`].join(' AND ')),
    async lastCompleted(type) {
      // The store gives those that closed last first.
      const query = `WorkflowType = '${type}' AND ExecutionStatus = 'Completed'`;
      for await (const [latest] of executionsOf(line, query, 1))
        return latest ? Number(latest.closeTime?.seconds ?? 0) : undefined;
      return undefined;
    },
  };
}
