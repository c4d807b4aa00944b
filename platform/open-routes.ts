/**
 * Open routes as the store lists them, by the thousand: from search attributes alone. No route is asked for anything, so that a
 * route that can not answer is read like any other.
 */
import type { Client } from '@temporalio/client';
import { openRoutesWhere, openTroubles } from '../domain/operations/visibility.ts';
import type { OpenRoute } from '../domain/operations/stuck.ts';
import { daysBefore, longHoldDays, unchangedDays } from '../domain/operations/stuck.ts';
import type { Countable } from '../domain/operations/region-figures.ts';
import { listedOf, valuesOf } from './listed-values.ts';

const readWithinMs = 30_000;
const pageSize = 1000; // the most that a server gives unless it is told otherwise

export type ListedRoute = OpenRoute & Countable;

const ofRoutes = openRoutesWhere();

/** All open routes. One whose run begins anew meanwhile comes at the end, perhaps a second time. */
export async function* openRoutes(client: Client): AsyncGenerator<readonly ListedRoute[]> {
  yield* routesOf(client, [ofRoutes]);
}

/**
 * The open routes that may stand still; which of them do, `stuckOf` says. Each kind is asked for by itself: joined by OR the
 * SQL stores read every route.
 * @param now - ISO 8601, UTC
 */
export async function* routesToLookAt(client: Client, now: string): AsyncGenerator<readonly ListedRoute[]> {
  const wedged: string[] = [];
  for await (const page of idsOf(client, openTroubles)) wedged.push(...page);
  const unchangedSince = (days: number) => `RouteChangedAt <= '${daysBefore(now, days)}'`;
  yield* routesOf(client, [
    `${ofRoutes} AND RouteHealth IN ('Technical', 'Deadlocked', 'Overdue', 'DueSoon')`,
    `${ofRoutes} AND RouteHealth = 'OnHold' AND ${unchangedSince(longHoldDays)}`,
    `${ofRoutes} AND RouteHealth = 'OnTrack' AND ${unchangedSince(unchangedDays)}`,
  ]);
  // Last, so that what a watchdog found holds against what the route says of itself.
  for (let i = 0; i < wedged.length; i += wedgedAtOnce) {
    const ids = wedged.slice(i, i + wedgedAtOnce).map((id) => `'${id.replace(/^trouble\//, 'route/')}'`);
    for await (const page of routesOf(client, [`${ofRoutes} AND WorkflowId IN (${ids.join(', ')})`]))
      yield page.map((route) => ({ ...route, isWedged: true as const }));
  }
}

const wedgedAtOnce = 100;

/** The store puts runs that began last in front: a route that continues as new between two pages would be missed. */
async function* routesOf(client: Client, queries: readonly string[]): AsyncGenerator<readonly ListedRoute[]> {
  const began = new Date().toISOString();
  for (const query of queries) yield* pagesOf(client, query);
  for (const query of queries) yield* pagesOf(client, `${query} AND StartTime >= '${began}'`);
}

async function* pagesOf(client: Client, query: string): AsyncGenerator<readonly ListedRoute[]> {
  for await (const executions of executionsOf(client, query))
    yield executions.flatMap((each) => routeOf(each) ?? []);
}

async function* idsOf(client: Client, query: string): AsyncGenerator<readonly string[]> {
  for await (const executions of executionsOf(client, query))
    yield executions.flatMap(({ execution }) => execution?.workflowId ?? []);
}

type Executions = Awaited<ReturnType<Client['workflowService']['listWorkflowExecutions']>>['executions'];

async function* executionsOf(client: Client, query: string): AsyncGenerator<Executions> {
  let token: Uint8Array | undefined;
  do {
    const request = {
      namespace: client.options.namespace,
      pageSize,
      query,
      ...(token && { nextPageToken: token }),
    };
    const { executions, nextPageToken } = await client.withDeadline(Date.now() + readWithinMs, () =>
      client.workflowService.listWorkflowExecutions(request),
    );
    yield executions;
    token = nextPageToken.length > 0 ? nextPageToken : undefined;
  } while (token);
}

/** Undefined where it has no attributes: then it is none of ours, somebody started it by hand. */
function routeOf({ execution, searchAttributes }: Executions[number]): ListedRoute | undefined {
  const values = valuesOf(searchAttributes?.indexedFields);
  const listed = listedOf(values);
  if (!listed) return undefined;
  return {
    routeId: execution!.workflowId!.replace(/^route\//, ''),
    ...listed,
    ...(values.Deadlock !== undefined && { deadlock: values.Deadlock }),
  } as ListedRoute;
}
