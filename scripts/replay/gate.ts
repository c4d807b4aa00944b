/** The gate before a roll-out: which open routes would break under new code, and how they are brought past it. */
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { ReplayWorkerOptions } from '@temporalio/worker';
import { rollOver } from '../../workflows/outflow-route.messages.ts';
import { historiesOf, openRoutes, type OpenRoute } from './open-routes.ts';
import { replay, type Verdict } from './replay.ts';

export type Broken = OpenRoute & NonNullable<Verdict['broken']>;

export interface Gated {
  /** How many routes are open. */
  readonly open: number;
  readonly broken: readonly Broken[];
}

export interface GateOptions {
  readonly client: Client;
  /** The code that is to take the routes on. */
  readonly workflowBundle: NonNullable<ReplayWorkerOptions['workflowBundle']>;
  readonly onProgress?: (replayed: number, open: number) => void;
}

/** Replays every open route against a bundle. Reads only. */
export async function gate({ client, workflowBundle, onProgress }: GateOptions): Promise<Gated> {
  const routes = new Map((await openRoutes(client)).map((route) => [route.routeId, route]));
  const broken: Broken[] = [];
  let replayed = 0;
  for await (const verdict of replay(workflowBundle, historiesOf(client, [...routes.values()]))) {
    if (verdict.broken) broken.push({ ...routes.get(verdict.name)!, ...verdict.broken });
    onProgress?.((replayed += 1), routes.size);
  }
  return { open: routes.size, broken };
}

/**
 * Asks routes to continue as new and to wait there for other code, and waits until they do. The workers with the
 * code they began with must be running.
 * @returns the routes that did not do so in time
 */
export async function rollOverAll(
  client: Client,
  routes: readonly OpenRoute[],
  withinMs = 60_000,
): Promise<OpenRoute[]> {
  const end = Date.now() + withinMs;
  for (const { routeId, runId } of routes)
    await client.workflow.getHandle(`route/${routeId}`, runId).signal(rollOver).catch(unlessOver);
  let waiting = [...routes];
  while (waiting.length > 0 && Date.now() < end) {
    const still = await Promise.all(waiting.map((route) => isOnRun(client, route)));
    waiting = waiting.filter((_, i) => still[i]);
    if (waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return waiting;
}

/** A run that has ended meanwhile needs no more help. */
function unlessOver(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}

async function isOnRun(client: Client, { routeId, runId }: OpenRoute): Promise<boolean> {
  const newest = await client.workflow.getHandle(`route/${routeId}`).describe();
  return newest.runId === runId && newest.status.name === 'RUNNING';
}
