/** How operations reach routes: by Temporal itself, shared by the worker's workflows of operations and `npm run ops`. */
import {
  ApplicationFailure,
  isGrpcServiceError,
  QueryNotRegisteredError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import type { CommandEnvelope } from '../domain/command.ts';
import { openRoutesWhere } from '../domain/operations/visibility.ts';
import type { RepairOutcome } from '../domain/operations/repair.ts';
import { handledBefore } from '../domain/commands.ts';
import type { RefusalKind } from '../domain/refusal.ts';
import type { RouteState } from '../domain/route-state.ts';

/** The names of `command` and `routeState`, and the failure types, of workflows/outflow-route.messages.ts. */
const command = 'command';
const routeState = 'routeState';
const REFUSED = 'Refused';
const runIsOver: ReadonlySet<string> = new Set(['MovingOn', 'AcceptedUpdateCompletedWorkflow']);

const answeredWithinMs = 5000;
const asks = 4;
/** Of the gRPC status codes those that another attempt can mend: nobody answered, or too much was asked at once. */
const passing: ReadonlySet<number> = new Set([1, 4, 8, 9, 14]);
const invalid: ReadonlySet<number> = new Set([3]);

/** One page of routes. */
export interface RoutePage {
  readonly routeIds: readonly string[];
  /** Of the next page; left out: this is the last one. */
  readonly next?: string;
}

/** Nobody answered: the worker or the server is away, the run is wedged, or too much was asked of it at once. */
export class RouteUnreached extends Error {
  override readonly name = 'RouteUnreached';
}

/** Visibility does not take a query, or there is no rule set of an id. */
export class QueryInvalid extends Error {
  override readonly name = 'QueryInvalid';
}

/** Thrown where there is no route of an id (any more). */
export class NoSuchRoute extends Error {
  override readonly name = 'NoSuchRoute';
}

const idOf = (workflowId: string): string => workflowId.replace(/^route\//, '');

/** @param client - with the encryption of the routes */
export function routeLine(client: Client) {
  const within = <T>(call: () => Promise<T>) => client.withDeadline(Date.now() + answeredWithinMs, call);
  const handle = (routeId: string) => client.workflow.getHandle(`route/${routeId}`);

  /** A page of the open routes that a query finds. Needs no worker. @throws QueryInvalid */
  async function list(query: string, pageSize: number, page?: string): Promise<RoutePage> {
    const { executions, nextPageToken } = await within(() =>
      client.workflowService.listWorkflowExecutions({
        namespace: client.options.namespace,
        query: openRoutesWhere(query),
        pageSize,
        ...(page && { nextPageToken: Buffer.from(page, 'base64') }),
      }),
    ).catch(queryFault);
    const routeIds = executions.map(({ execution }) => idOf(execution!.workflowId!));
    const next = Buffer.from(nextPageToken).toString('base64');
    return { routeIds, ...(next && { next }) };
  }

  /** How many open routes a query finds. Needs no worker. */
  const count = async (query: string): Promise<number> =>
    (await within(() => client.workflow.count(openRoutesWhere(query))).catch(queryFault)).count;

  /** The whole state of a route. @throws NoSuchRoute, RouteUnreached */
  async function stateOf(routeId: string, more = asks): Promise<RouteState> {
    try {
      return await within(() => handle(routeId).query<RouteState>(routeState));
    } catch (error) {
      // What came in beside the Query is not heard yet: workflows/right-time.ts.
      if (error instanceof QueryNotRegisteredError && more > 1) return stateOf(routeId, more - 1);
      throw named(routeId, error);
    }
  }

  /** Gives a route a command; given twice under one id it is carried out once. @throws NoSuchRoute, RouteUnreached */
  async function give(routeId: string, envelope: CommandEnvelope, more = asks): Promise<RepairOutcome> {
    // The Update's id holds for a moment only: see api/gateway.ts.
    const updateId = `${envelope.id}:${Math.floor(Date.now() / 10_000)}`;
    try {
      await within(() => handle(routeId).executeUpdate(command, { args: [envelope], updateId }));
      return { outcome: 'done' };
    } catch (error) {
      const failure = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
      const type = failure instanceof ApplicationFailure ? (failure.type ?? '') : '';
      if (type === REFUSED) return refusalOf(failure as ApplicationFailure);
      if (runIsOver.has(type) && more > 1) return give(routeId, envelope, more - 1);
      if (!(error instanceof WorkflowNotFoundError)) throw named(routeId, error);
      if (handledBefore(await stateOf(routeId), envelope.id)) return { outcome: 'done' };
      return { outcome: 'refused', kind: 'route-closed', message: 'The route has ended.' };
    }
  }

  return { list, count, stateOf, give, waitingRequests, retry };

  /** The requests of a route that nobody took yet: activities in back-off, or under way. @throws NoSuchRoute */
  async function waitingRequests(routeId: string, party?: string): Promise<WaitingRequest[]> {
    const { raw } = await within(() => handle(routeId).describe()).catch((error: unknown) => {
      throw named(routeId, error);
    });
    return (raw.pendingActivities ?? [])
      .filter(({ activityType }) => !party || activityType!.name!.startsWith(`${party}.`))
      .map(({ activityId, activityType, attempt, lastFailure, nextAttemptScheduleTime: next, state }) => ({
        activityId: activityId!,
        activity: activityType!.name!,
        attempt: attempt ?? 1,
        ...(lastFailure?.applicationFailureInfo?.type && {
          failure: lastFailure.applicationFailureInfo.type,
        }),
        ...(next?.seconds && { nextAttemptAt: new Date(Number(next.seconds) * 1000).toISOString() }),
        // 2: it is being asked at this moment
        isUnderWay: Number(state) === 2,
      }));
  }

  /** Sends what waits in back-off at once, as a first attempt. @returns how many requests @throws NoSuchRoute */
  async function retry(routeId: string, party?: string): Promise<number> {
    const waiting = (await waitingRequests(routeId, party)).filter(({ isUnderWay }) => !isUnderWay);
    for (const { activityId: id } of waiting)
      await within(() =>
        client.workflowService.resetActivity({
          namespace: client.options.namespace,
          execution: { workflowId: `route/${routeId}` },
          identity: 'operations',
          id,
        }),
      ).catch((error: unknown) => {
        throw named(routeId, error);
      });
    return waiting.length;
  }
}

export type RouteLine = ReturnType<typeof routeLine>;

/** A request that its partner has not taken. */
export interface WaitingRequest {
  /** `{stepId}:{attempt of the step}` */
  readonly activityId: string;
  readonly activity: string;
  readonly attempt: number;
  /** Type of its last failure. */
  readonly failure?: string;
  readonly nextAttemptAt?: string;
  readonly isUnderWay: boolean;
}

function refusalOf({ details, message }: ApplicationFailure): RepairOutcome {
  return { outcome: 'refused', kind: String(details?.[0]) as RefusalKind, message };
}

/** The server says itself what is wrong with a list filter. */
function queryFault(error: unknown): never {
  for (let each = error; each instanceof Error; each = each.cause)
    if (isGrpcServiceError(each) && invalid.has(each.code))
      // By the connection of a worker it stands in the message.
      throw new QueryInvalid(`The query is not taken: ${each.details || each.message}`, { cause: error });
  throw error;
}

function named(routeId: string, error: unknown): unknown {
  if (error instanceof WorkflowNotFoundError)
    return new NoSuchRoute(`There is no route ${routeId}`, { cause: error });
  if (isPassing(error)) return new RouteUnreached('Nobody answers for the route', { cause: error });
  return error;
}

function isPassing(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || error instanceof QueryNotRegisteredError)
    return true;
  if (error instanceof WorkflowUpdateFailedError)
    return error.cause instanceof ApplicationFailure && runIsOver.has(error.cause.type ?? '');
  for (let each = error; each instanceof Error; each = each.cause)
    if (isGrpcServiceError(each)) return passing.has(each.code);
  return false;
}
