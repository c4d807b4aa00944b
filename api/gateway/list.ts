/** Lists of routes, from search attributes alone: never a Query per row (but see api/resources/partner-requests.ts). */
import type { RouteList } from '../../contracts/views.ts';
import { problemOf } from './failures.ts';
import type { Line } from './line.ts';
import { rowOf } from './summary.ts';

const listedWithinMs = 5000;

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
export const routes: readonly string[] = [
  "WorkflowType = 'outflowRoute'",
  "ExecutionStatus != 'ContinuedAsNew'",
];
/**
 * What is open, said by what it is not: asked for `Running` the SQL stores read every open route, of which there are more
 * than there are in any stage or municipality.
 */
export const isOpen = `ExecutionStatus NOT IN (${[
  'ContinuedAsNew',
  'Completed',
  'Terminated',
  'Failed',
  'Canceled',
  'TimedOut',
]
  .map((status) => `'${status}'`)
  .join(', ')})`;
const openRoutes: readonly string[] = ["WorkflowType = 'outflowRoute'", isOpen];

/**
 * One page of routes.
 * @throws ApiProblem temporal-away
 */
export async function listRoutes(
  line: Line,
  { filters, pageSize, cursor, onlyOpen }: Page,
): Promise<RouteList> {
  const request = {
    namespace: line.client.options.namespace,
    pageSize,
    query: [...(onlyOpen ? openRoutes : routes), ...conditionsOf(filters)].join(' AND '),
    ...(cursor && { nextPageToken: Buffer.from(cursor, 'base64url') }),
  };
  const { executions, nextPageToken } = await line
    .within(listedWithinMs, () => line.client.workflowService.listWorkflowExecutions(request))
    .catch(async (error: unknown) => {
      throw await problemOf(error);
    });
  const items = executions.flatMap((each) => rowOf(each)?.summary ?? []);
  return { items, ...(nextPageToken.length > 0 && { nextCursor: base64url(nextPageToken) }) };
}

/** How the store is asked for the routes that are left by filters. */
export function conditionsOf(filters: RouteFilters): string[] {
  return Object.entries(filters).flatMap(([name, value]) =>
    value === undefined ? [] : [`${attributes[name as keyof RouteFilters]} = '${value}'`],
  );
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
