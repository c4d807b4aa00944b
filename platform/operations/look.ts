/** Looks at a workflow from outside, as a wedged one can't tell: what the server knows of it, and why its task failed last. */
import { isGrpcServiceError, type Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { decodeOptionalFailureToOptionalError } from '@temporalio/common/lib/internal-non-workflow/index.js';
import proto from '@temporalio/proto';
import type { Stage } from '../../contracts/vocabulary.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { valuesOf } from '../listed-values.ts';
import {
  taskTrouble,
  unasked,
  type Failure,
  type Seen,
  type Trouble,
} from '../../domain/operations/trouble.ts';

type Described = proto.temporal.api.workflowservice.v1.IDescribeWorkflowExecutionResponse;

const { WorkflowExecutionStatus, EventType, TimeoutType, WorkflowTaskFailedCause } =
  proto.temporal.api.enums.v1;
/** The server's own bookkeeping, when somebody reset the route or something came in just as it ended: nothing failed. */
const bookkeeping: ReadonlySet<number> = new Set([
  WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW,
  WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND,
]);
const seenWithinMs = 5000;
const NOT_FOUND = 5; // gRPC
/** The failure of the first attempt is the last that stands in the history; what came in since stands behind it. */
const latestEvents = 50;
/** What a line of code says is short; what is longer has something in it. */
const longestLine = 200;

/** A workflow as it was seen. `health` and so on: of a route. */
export interface Look {
  readonly isOpen: boolean;
  readonly trouble?: Trouble;
  /** It has a technical failure, and did not answer which: busy, or slow. It is to be looked at again. */
  readonly isMute?: true;
  readonly type?: string;
  readonly municipality?: string;
  readonly stage?: Stage;
  readonly health?: string;
  /** Requests that are being tried, by activity, with their attempts. */
  readonly retries: readonly {
    readonly activity: string;
    readonly attempt: number;
    readonly failure?: Failure;
  }[];
}

/**
 * Looks at one workflow. One call for most of them; two where a task is under way, and a Query of those routes alone that
 * say they have a technical failure although nothing is being tried.
 * @param isWorkerThere - whether a worker is on its task queue
 */
export async function lookAt(
  client: Client,
  workflowId: string,
  { isWorkerThere, now = new Date() }: { isWorkerThere: boolean; now?: Date },
): Promise<Look> {
  const within = <T>(call: () => Promise<T>) => client.withDeadline(Date.now() + seenWithinMs, call);
  const { namespace } = client.options;
  const execution = { workflowId };
  const described = await within(() =>
    client.workflowService.describeWorkflowExecution({ namespace, execution }),
  ).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (!described) return { isOpen: false, retries: [] };
  const seen = seenOf(described);
  const attributes = attributesOf(described);
  const base = { isOpen: seen.isOpen, ...attributes, retries: await retriesOf(client, described) };
  // Whatever comes in while an attempt runs makes the server count anew: a task at its first attempt may have failed before.
  const failed = seen.task && (await within(() => failedTasks(client, workflowId)));
  const trouble = taskTrouble({ ...seen, ...failed }, { now: now.toISOString(), isWorkerThere });
  if (trouble) return { ...base, trouble };
  if (!seen.isOpen || attributes.health !== 'Technical' || !isWorkerThere) return base;
  const route = client.workflow.getHandle(workflowId);
  const state = await within(() => route.query<RouteState>('routeState')).catch(() => undefined);
  if (!state) return { ...base, isMute: true };
  const wait = unasked(state, seen);
  return { ...base, ...(wait && { trouble: wait }) };
}

function seenOf({ workflowExecutionInfo, pendingWorkflowTask, pendingActivities }: Described): Seen {
  const { attempt, originalScheduledTime, scheduledTime } = pendingWorkflowTask ?? {};
  const since = originalScheduledTime ?? scheduledTime;
  return {
    isOpen: workflowExecutionInfo?.status === WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING,
    ...(since && { task: { attempt: attempt ?? 1, since: momentOf(since) } }),
    activities: (pendingActivities ?? []).map(({ activityId }) => activityId ?? ''),
  };
}

function attributesOf({ workflowExecutionInfo }: Described) {
  const values = valuesOf(workflowExecutionInfo?.searchAttributes?.indexedFields);
  const text = (name: string) => values[name] as string | undefined;
  const [municipality, stage, health] = [text('Municipality'), text('RouteStage'), text('RouteHealth')];
  const type = workflowExecutionInfo?.type?.name;
  return {
    ...(type && { type }),
    ...(municipality && { municipality }),
    ...(stage && { stage: stage as Stage }),
    ...(health && { health }),
  };
}

/** What is being tried again: a partner that is down. */
async function retriesOf(client: Client, { pendingActivities }: Described): Promise<Look['retries']> {
  const tried = (pendingActivities ?? []).filter(({ attempt }) => (attempt ?? 1) > 1);
  return Promise.all(
    tried.map(async ({ activityType, attempt, lastFailure }) => {
      const failure = await failureOf(client, lastFailure);
      return { activity: activityType?.name ?? '', attempt: attempt!, ...(failure && { failure }) };
    }),
  );
}

/** The attempts that failed since the last that did not, as far as the history has them, and why the last one did. */
async function failedTasks(client: Client, workflowId: string): Promise<Pick<Seen, 'failures' | 'failure'>> {
  const { history } = await client.workflowService.getWorkflowExecutionHistoryReverse({
    namespace: client.options.namespace,
    execution: { workflowId },
    maximumPageSize: latestEvents,
  });
  const events = history?.events ?? [];
  const good = events.findIndex(
    ({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
  );
  const failed = events.slice(0, good < 0 ? undefined : good).filter(isFailure);
  const [latest] = failed.flatMap(({ workflowTaskFailedEventAttributes: of }) => of ?? []);
  const isOtherCode =
    latest?.cause === WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR;
  const failure = {
    ...((await failureOf(client, latest?.failure)) ?? { type: 'WorkflowTaskTimedOut' }),
    ...(isOtherCode && { type: 'NonDeterminism' }),
  };
  const first = failed.at(-1)?.eventTime;
  return first ? { failures: failed.length, failure: { ...failure, since: momentOf(first) } } : {};
}

/** Failures are encrypted as any payload. Of what they say, no more than the first line. */
async function failureOf(
  client: Client,
  failure: proto.temporal.api.failure.v1.IFailure | null | undefined,
): Promise<Failure | undefined> {
  const converter = client.options.loadedDataConverter;
  const error = await decodeOptionalFailureToOptionalError(converter, failure as never).catch(
    () => undefined,
  );
  if (!error) return undefined;
  // What workflow code throws comes without its type, but in its stack.
  const thrown = /^(?:Uncaught )?(\w*Error)\b/m.exec(error.stack ?? '')?.[1];
  const type = (error instanceof ApplicationFailure && error.type) || (thrown ?? error.name);
  const line = error.message.split('\n')[0]!.slice(0, longestLine);
  // A parser quotes what it could not read.
  return { type, ...(line && type !== 'SyntaxError' && { line }) };
}

function isFailure({
  workflowTaskFailedEventAttributes: failed,
  workflowTaskTimedOutEventAttributes: timedOut,
}: proto.temporal.api.history.v1.IHistoryEvent): boolean {
  if (failed) return !bookkeeping.has(failed.cause ?? 0);
  // A worker that went away did not fail at the task that was kept for it: another one takes it.
  return !!timedOut && timedOut.timeoutType !== TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START;
}

const isMissing = (error: unknown): boolean => isGrpcServiceError(error) && isNotFound(error.code);

const isNotFound = (code: number): boolean => code === NOT_FOUND;

const momentOf = ({ seconds, nanos }: proto.google.protobuf.ITimestamp): string =>
  new Date(Number(seconds ?? 0) * 1000 + Math.floor((nanos ?? 0) / 1e6)).toISOString();
