/** The open routes of a Temporal server with their histories: what a new version is going to take on. */
import type { Client } from '@temporalio/client';
import { decoded } from './history-file.ts';
import type { Recorded } from './replay.ts';

/** Histories that are fetched ahead of the replay: enough to keep it busy, too few to trouble the server. */
const AHEAD = 5;

export interface OpenRoute {
  readonly routeId: string;
  readonly runId: string;
  readonly stage: string;
}

/** Every open route, as Visibility lists them. */
export async function openRoutes(client: Client): Promise<OpenRoute[]> {
  const routes: OpenRoute[] = [];
  const query = "WorkflowType = 'outflowRoute' AND ExecutionStatus = 'Running'";
  for await (const { workflowId, runId, typedSearchAttributes } of client.workflow.list({ query })) {
    const stage = typedSearchAttributes.getAll().find(({ key }) => key.name === 'RouteStage')?.value;
    routes.push({ routeId: workflowId.replace('route/', ''), runId, stage: String(stage ?? 'unknown') });
  }
  return routes;
}

/** The histories of routes, fetched a few ahead of whoever reads them, readable. */
export async function* historiesOf(client: Client, routes: readonly OpenRoute[]): AsyncGenerator<Recorded> {
  const codecs = client.options.loadedDataConverter.payloadCodecs;
  const fetchOne = async ({ routeId, runId }: OpenRoute): Promise<Recorded> => {
    const handle = client.workflow.getHandle(`route/${routeId}`, runId);
    return { name: routeId, history: await decoded(await handle.fetchHistory(), codecs) };
  };
  const coming: Promise<Recorded>[] = [];
  for (const route of routes) {
    const next = fetchOne(route);
    next.catch(() => undefined); // it is awaited below, in its turn
    coming.push(next);
    if (coming.length >= AHEAD) yield await coming.shift()!;
  }
  yield* coming;
}
