/** Starting a route: one workflow per person, and one only for each idempotency key. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { RouteState } from '../../domain/route-state.ts';
import { clock } from '../../domain/texts.ts';
import type { OutflowRouteInput } from '../../workflows/outflow-route.messages.ts';
import { attributesOf } from '../../workflows/route-attributes.messages.ts';
import { problemOf } from './failures.ts';
import { workflowIdOf, type Line } from './line.ts';

const startedWithinMs = 5000;

const origins: Record<RouteState['origin'], string> = {
  shelter: 'maatschappelijke opvang',
  'womens-shelter': 'vrouwenopvang',
  'sheltered-living': 'beschermd wonen',
  elsewhere: 'elders',
};

/** `fingerprint`: of the body under which the route was started, now or before. */
export interface Started {
  readonly isNew: boolean;
  readonly fingerprint: string;
}

/**
 * Starts a route, unless one with its id was started before.
 * @throws ApiProblem temporal-away
 */
export async function startRoute(
  line: Line,
  input: OutflowRouteInput,
  fingerprint: string,
): Promise<Started> {
  const { state } = input;
  const options = {
    args: [{ ...input, leavesTraces: true }],
    workflowId: workflowIdOf(state.routeId),
    taskQueue: line.taskQueue,
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'FAIL',
    // A value that is not there yet can't stand in a start.
    typedSearchAttributes: new TypedSearchAttributes(
      attributesOf(state).filter(({ value }) => value !== null),
    ),
    memo: { fingerprint, origin: state.origin },
    staticSummary: `Uitstroomroute ${state.municipality}, ${origins[state.origin]}`,
    staticDetails: `Gestart ${clock(state.startedAt, state)} (Nederlandse tijd) onder regelset ${state.rules.set} (${state.rules.version})`,
  } as const;
  try {
    await line.within(startedWithinMs, () => line.client.workflow.start('outflowRoute', options));
    return { isNew: true, fingerprint };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw await problemOf(error);
    return { isNew: false, fingerprint: await fingerprintOf(line, state.routeId) };
  }
}

/**
 * The fingerprint of the body under which a route was started.
 * @throws ApiProblem unknown-route, temporal-away
 */
export async function fingerprintOf(line: Line, routeId: string): Promise<string> {
  const { memo } = await line.describe(routeId);
  return String(memo?.fingerprint);
}
