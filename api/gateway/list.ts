/** Lists of routes, from search attributes alone: never a Query per row. */
import type { RouteList, RouteSummary } from '../../contracts/views.ts';
import { problemOf } from './failures.ts';
import type { Line } from './line.ts';
import { read, written, type Place } from './list-place.ts';

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

interface Row {
  readonly summary: RouteSummary;
  /** When its run began, to the nanosecond. */
  readonly began: string;
}

/**
 * One page of routes. A route that does not change is on one page of a list, and on one only; whatever begins a run while the
 * list is read comes on its last page, also if it was on an earlier one.
 * @throws ApiProblem temporal-away
 */
export async function listRoutes(line: Line, { filters, pageSize, cursor }: Page): Promise<RouteList> {
  const conditions = Object.entries(filters).flatMap(([name, value]) =>
    value === undefined ? [] : [`${attributes[name as keyof RouteFilters]} = '${value}'`],
  );
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
): Promise<{ readonly rows: readonly Row[]; readonly token?: string }> {
  const request = {
    namespace: line.client.options.namespace,
    pageSize,
    query: [...routes, ...conditions, ...(late ? [`StartTime > '${since}'`] : [])].join(' AND '),
    ...(token && { nextPageToken: Buffer.from(token, 'base64') }),
  };
  const { executions, nextPageToken } = await line
    .within(listedWithinMs, () => line.client.workflowService.listWorkflowExecutions(request))
    .catch(async (error: unknown) => {
      throw await problemOf(error);
    });
  const rows = executions.flatMap(({ execution, searchAttributes, status, startTime }) => {
    const values = valuesOf(searchAttributes?.indexedFields ?? {});
    const routeId = execution!.workflowId!.replace(/^route\//, '');
    // Without its attributes it is none of ours: somebody started it by hand.
    if (!values.RouteStage) return [];
    return [{ summary: summaryOf(routeId, values, Number(status) === RUNNING), began: momentOf(startTime!) }];
  });
  return { rows, ...(nextPageToken.length > 0 && { token: Buffer.from(nextPageToken).toString('base64') }) };
}

/** In JavaScript's own milliseconds what began in the same one would be taken for later. */
function momentOf({ seconds, nanos }: { seconds?: unknown; nanos?: number | null }): string {
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, 'YYYY-MM-DDThh:mm:ss'.length);
  return `${whole}.${String(nanos ?? 0).padStart(9, '0')}Z`;
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
