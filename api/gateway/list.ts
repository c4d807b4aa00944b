/** Lists of routes, from search attributes alone: never a Query per row (but see api/resources/partner-requests.ts). */
import type { RouteList, RouteSummary } from '../../contracts/views.ts';
import { problemOf } from './failures.ts';
import type { Line } from './line.ts';

const listedWithinMs = 5000;
const RUNNING = 1; // temporal.api.enums.v1.WorkflowExecutionStatus

/** By what a list is narrowed; each value is a code that was checked at the edge, so it can stand in a query. */
export interface RouteFilters {
  readonly stage?: string | undefined;
  readonly health?: string | undefined;
  readonly waitingOn?: string | undefined;
  readonly blocker?: string | undefined;
  readonly municipality?: string | undefined;
  readonly caseManager?: string | undefined;
  readonly targetGroup?: string | undefined;
}

export interface Page {
  readonly filters: RouteFilters;
  readonly pageSize: number;
  /** Without those that have ended. */
  readonly onlyOpen?: true;
  /** `nextCursor` of the page before; must be one that was given. */
  readonly cursor?: string | undefined;
}

const attributes: Record<keyof RouteFilters, string> = {
  stage: 'RouteStage',
  health: 'RouteHealth',
  waitingOn: 'WaitingOn',
  blocker: 'Blocker',
  municipality: 'Municipality',
  caseManager: 'CaseManager',
  targetGroup: 'TargetGroup',
};

/** One row for each route: of the runs it has continued from, each stands in the store as it was then. */
const routes = ["WorkflowType = 'outflowRoute'", "ExecutionStatus != 'ContinuedAsNew'"];
const openRoutes = ["WorkflowType = 'outflowRoute'", "ExecutionStatus = 'Running'"];

/**
 * One page of routes.
 * @throws ApiProblem temporal-away
 */
export async function listRoutes(
  line: Line,
  { filters, pageSize, cursor, onlyOpen }: Page,
): Promise<RouteList> {
  const conditions = Object.entries(filters).flatMap(([name, value]) =>
    value === undefined ? [] : [`${attributes[name as keyof RouteFilters]} = '${value}'`],
  );
  const request = {
    namespace: line.client.options.namespace,
    pageSize,
    query: [...(onlyOpen ? openRoutes : routes), ...conditions].join(' AND '),
    ...(cursor && { nextPageToken: Buffer.from(cursor, 'base64url') }),
  };
  const { executions, nextPageToken } = await line
    .within(listedWithinMs, () => line.client.workflowService.listWorkflowExecutions(request))
    .catch(async (error: unknown) => {
      throw await problemOf(error);
    });
  const items = executions.flatMap(({ execution, searchAttributes, status }) => {
    const values = valuesOf(searchAttributes?.indexedFields ?? {});
    const routeId = execution!.workflowId!.replace(/^route\//, '');
    // Without its attributes it is none of ours: somebody started it by hand.
    return values.RouteStage ? [summaryOf(routeId, values, Number(status) === RUNNING)] : [];
  });
  return { items, ...(nextPageToken.length > 0 && { nextCursor: base64url(nextPageToken) }) };
}

type Values = Readonly<Record<string, unknown>>;

function summaryOf(routeId: string, values: Values, open: boolean): RouteSummary {
  const moment = (name: string) => new Date(values[name] as string).toISOString();
  return {
    routeId,
    municipality: values.Municipality,
    caseManager: values.CaseManager,
    targetGroup: values.TargetGroup,
    stage: values.RouteStage,
    health: values.RouteHealth,
    waitingOn: listOf(values.WaitingOn),
    blockers: listOf(values.Blocker),
    ...(values.DueAt !== undefined && { dueAt: moment('DueAt') }),
    stageSince: moment('StageSince'),
    changedAt: moment('RouteChangedAt'),
    status: open ? 'open' : 'closed',
  } as RouteSummary;
}

/** Search attributes are plain JSON: the store reads them, so they are never encrypted. */
function valuesOf(fields: Readonly<Record<string, { data?: Uint8Array | null }>>): Values {
  return Object.fromEntries(
    Object.entries(fields).map(([name, { data }]) => [
      name,
      data?.length ? (JSON.parse(Buffer.from(data).toString()) as unknown) : undefined,
    ]),
  );
}

/** A list of one value may come back as that value. */
function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
