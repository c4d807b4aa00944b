/** Lists of routes, from search attributes alone: never a Query per row (but see api/resources/partner-requests.ts). */
import type { RouteList } from '../../contracts/views.ts';
import { isOpen, isRoute } from '../../domain/operations/visibility.ts';
import { problemOf } from './failures.ts';
import type { Line } from './line.ts';
import { read, written, type Place } from './list-place.ts';
import { rowOf, type ReadRow } from './summary.ts';

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
export const routes: readonly string[] = [isRoute, "ExecutionStatus != 'ContinuedAsNew'"];
const openRoutes: readonly string[] = [isRoute, isOpen];

/**
 * One page of routes. A route that does not change is on one page of a list, and on one only; whatever begins a run while the
 * list is read comes on its last page, also if it was on an earlier one.
 * @throws ApiProblem temporal-away
 */
export async function listRoutes(
  line: Line,
  { filters, pageSize, cursor, onlyOpen }: Page,
): Promise<RouteList> {
  const conditions = [...(onlyOpen ? openRoutes : routes), ...conditionsOf(filters)];
  const place = read(cursor);
  const here = await pageOf(line, conditions, place, pageSize);
  const [newest] = here.rows;
  const since = cursor ? place.since : newest?.summary.status === 'open' ? newest.began : undefined;
  const items = here.rows.map(({ summary }) => summary);
  if (here.token)
    return { items, nextCursor: written({ ...place, ...(since && { since }), token: here.token }) };
  if (!cursor || !since || place.late) return { items };
  const room = pageSize - items.length;
  const beginning: Place = { since, late: true };
  const late = await pageOf(line, conditions, beginning, Math.max(room, 1));
  if (late.rows.length === 0) return { items };
  if (room === 0) return { items, nextCursor: written(beginning) };
  const newer = late.rows.map(({ summary }) => summary);
  const older = items.filter(({ routeId }) => !newer.some((each) => each.routeId === routeId));
  const next = late.token && written({ ...beginning, token: late.token });
  return { items: [...older, ...newer], ...(next && { nextCursor: next }) };
}

async function pageOf(
  line: Line,
  conditions: readonly string[],
  { token, since, late }: Place,
  pageSize: number,
): Promise<{ readonly rows: readonly ReadRow[]; readonly token?: string }> {
  const request = {
    namespace: line.client.options.namespace,
    pageSize,
    query: [...conditions, ...(late ? [`StartTime > '${since}'`] : [])].join(' AND '),
    ...(token && { nextPageToken: Buffer.from(token, 'base64') }),
  };
  const { executions, nextPageToken } = await line
    .within(listedWithinMs, () => line.client.workflowService.listWorkflowExecutions(request))
    .catch(async (error: unknown) => {
      throw await problemOf(error);
    });
  const rows = executions.flatMap((each) => rowOf(each) ?? []);
  return { rows, ...(nextPageToken.length > 0 && { token: Buffer.from(nextPageToken).toString('base64') }) };
}

/** How the store is asked for the routes that are left by filters. */
export function conditionsOf(filters: RouteFilters): string[] {
  return Object.entries(filters).flatMap(([name, value]) =>
    value === undefined ? [] : [`${attributes[name as keyof RouteFilters]} = '${value}'`],
  );
}
