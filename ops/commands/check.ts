/** npm run ops -- check: whether anything is technically wrong, and what; exit 1 when there is. */
import { parseArgs } from 'node:util';
import type { Client } from '@temporalio/client';
import { openTroubles } from '../../domain/operations/visibility.ts';
import { troubleText } from '../../domain/operations/trouble-texts.ts';
import { connectClient } from '../../platform/connection.ts';
import { lookAt, type Look } from '../../platform/operations/look.ts';
import { suspects } from '../../platform/operations/watched.ts';
import { workerSeen } from '../../platform/operations/worker-seen.ts';
import attributes from '../../domain/search-attributes.json' with { type: 'json' };
import { print, tell } from '../lib/told.ts';
import { OpsSettings, readSettings } from '../../platform/settings.ts';
import { schedulesAmiss } from '../schedules.ts';

const withinMs = 10_000;
/** Each of them is looked at. */
const mostLookedAt = 500;
const atOnce = 8;

export interface Checked {
  /** `none`: no worker polls the queue. */
  readonly worker: 'there' | 'none';
  readonly stuck: readonly { readonly workflowId: string; readonly cause: string }[];
  /** Requests that partners do not take, by activity. */
  readonly retries: Readonly<Record<string, { readonly routes: number; readonly failure?: string }>>;
  readonly troubles: readonly string[];
  readonly missingAttributes: readonly string[];
  readonly missingSchedules: readonly string[];
  readonly pausedSchedules: readonly string[];
}

export const name = 'check';
export const usage =
  '[--json]: what is technically wrong: worker, stuck routes, partners that are down, set-up; exit 1 when anything is';

/** @throws SettingsError */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
  const settings = readSettings(OpsSettings, env);
  const client = await connectClient(settings);
  try {
    const checked = await checkAll(client, settings.TASK_QUEUE, values.json ? () => undefined : tell);
    const lines = said(checked);
    if (values.json) print(JSON.stringify(checked, null, 2));
    else for (const line of lines.length > 0 ? lines : ['Everything is as it should be.']) print(line);
    return lines.length > 0 ? 1 : 0;
  } finally {
    await client.connection.close();
  }
}

/** Looks at all of it. */
export async function checkAll(
  client: Client,
  taskQueue: string,
  tell: (line: string) => void,
): Promise<Checked> {
  const { namespace } = client.options;
  tell('Asking the server, and whether a worker answers …');
  const [isWorkerThere, { customAttributes }, { missing, paused }, troubled, found] = await Promise.all([
    workerSeen(client, taskQueue),
    client.withDeadline(Date.now() + withinMs, () =>
      client.connection.operatorService.listSearchAttributes({ namespace }),
    ),
    schedulesAmiss(client),
    idsOf(client, openTroubles),
    Promise.all(suspects(new Date()).map((query) => idsOf(client, query))),
  ]);
  const troubles = troubled.map((id) => id.replace('trouble/', ''));
  const ids = [...new Set([...troubles.map(routeOf), ...found.flat()])];
  const looks = await lookAtAll(client, ids, isWorkerThere, tell);
  return {
    worker: isWorkerThere ? 'there' : 'none',
    stuck: looks.flatMap(({ workflowId, trouble }) =>
      trouble ? { workflowId, cause: troubleText(trouble, 'en') } : [],
    ),
    retries: retriesOf(looks),
    troubles,
    missingAttributes: Object.keys(attributes).filter((name) => !(name in customAttributes)),
    missingSchedules: missing,
    pausedSchedules: paused,
  };
}

const routeOf = (troubled: string): string => (troubled.includes('/') ? troubled : `route/${troubled}`);

async function idsOf(client: Client, query: string): Promise<string[]> {
  const { namespace } = client.options;
  const { executions } = await client.withDeadline(Date.now() + withinMs, () =>
    client.workflowService.listWorkflowExecutions({ namespace, pageSize: mostLookedAt, query }),
  );
  return executions.flatMap(({ execution }) => execution?.workflowId ?? []);
}

type Looked = Look & { readonly workflowId: string };

async function lookAtAll(
  client: Client,
  ids: readonly string[],
  isWorkerThere: boolean,
  tell: (line: string) => void,
): Promise<Looked[]> {
  const looks: Looked[] = [];
  for (let from = 0; from < ids.length; from += atOnce) {
    if (from > 0) tell(`Looked at ${from} of ${ids.length}`);
    const some = ids.slice(from, from + atOnce).map(async (workflowId) => ({
      workflowId,
      ...(await lookAt(client, workflowId, { isWorkerThere })),
    }));
    looks.push(...(await Promise.all(some)));
  }
  return looks;
}

function retriesOf(looks: readonly Looked[]): Checked['retries'] {
  const all: Record<string, { routes: number; failure?: string }> = {};
  for (const { activity, failure } of looks.flatMap(({ retries }) => retries)) {
    const of = (all[activity] ??= { routes: 0 });
    of.routes += 1;
    if (failure) of.failure = [failure.type, failure.line].filter(Boolean).join(': ');
  }
  return all;
}

/** A line for each thing that is wrong. */
function said({
  worker,
  stuck,
  retries,
  troubles,
  missingAttributes,
  missingSchedules,
  pausedSchedules,
}: Checked) {
  return [
    ...(worker === 'none' ? ['No worker polls the task queue: start one. No route moves until then.'] : []),
    ...stuck.map(({ workflowId, cause }) => `Stuck: ${workflowId}: ${cause}`),
    ...Object.entries(retries).map(
      ([activity, { routes, failure }]) =>
        `Not taken: ${activity} of ${routes} ${routes === 1 ? 'route' : 'routes'} is tried again and again${failure ? ` (${failure})` : ''}`,
    ),
    ...(troubles.length > 0 ? [`Open troubles: ${troubles.length}, see the view "technical"`] : []),
    ...missingAttributes.map((name) => `The search attribute ${name} is missing: run scripts/prepare.ts`),
    ...missingSchedules.map((id) => `The schedule ${id} is missing: run scripts/prepare.ts`),
    ...pausedSchedules.map((id) => `The schedule ${id} is paused`),
  ];
}
