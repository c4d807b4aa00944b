/** What the store shows of a route, as a row: from search attributes alone. */
import type { RawWorkflowExecutionInfo } from '@temporalio/client';
import type { RouteSummary } from '../../contracts/views.ts';
import { listedOf, valuesOf } from '../../platform/listed-values.ts';

const RUNNING = 1; // temporal.api.enums.v1.WorkflowExecutionStatus

/** A row of the store: one run of a route. Moments in milliseconds since 1970. */
export interface Row {
  readonly summary: RouteSummary;
  readonly runStartedAt: number;
  /** When it changed last, its end included. */
  readonly movedAt: number;
}

/** A row as it is read: it says to the nanosecond when its run began, since a list is read by that. ISO 8601, UTC. */
export type ReadRow = Row & { readonly began: string };

/** The row of an execution; undefined when it has no attributes: then it is none of ours, somebody started it by hand. */
export function rowOf({
  execution,
  searchAttributes,
  status,
  startTime,
  closeTime,
}: RawWorkflowExecutionInfo): ReadRow | undefined {
  const values = valuesOf(searchAttributes?.indexedFields);
  const listed = listedOf(values);
  if (!listed) return undefined;
  const summary = {
    routeId: execution!.workflowId!.replace(/^route\//, ''),
    ...listed,
    targetGroup: values.TargetGroup,
    status: Number(status) === RUNNING ? 'open' : 'closed',
  } as RouteSummary;
  return {
    summary,
    runStartedAt: millisecondsOf(startTime),
    began: momentOf(startTime),
    movedAt: Math.max(Date.parse(summary.changedAt), millisecondsOf(closeTime)),
  };
}

function momentOf(time: RawWorkflowExecutionInfo['startTime']): string {
  const whole = new Date(Number(time?.seconds ?? 0) * 1000)
    .toISOString()
    .slice(0, 'YYYY-MM-DDThh:mm:ss'.length);
  return `${whole}.${String(time?.nanos ?? 0).padStart(9, '0')}Z`;
}

/** 0 for a moment that has not come. */
function millisecondsOf(time: RawWorkflowExecutionInfo['startTime']): number {
  return Number(time?.seconds ?? 0) * 1000 + Math.floor((time?.nanos ?? 0) / 1_000_000);
}
