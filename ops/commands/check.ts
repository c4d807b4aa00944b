/** npm run ops -- check: whether anything is technically wrong, and what; exit 1 when there is. */
import { z } from 'zod';
import type { Client } from '@temporalio/client';
import { openTroubles } from '../../domain/operations/visibility.ts';
import { troubleText } from '../../domain/operations/trouble-texts.ts';
import { lookAt, type Look } from '../../platform/operations/look.ts';
import { suspects } from '../../platform/operations/watched.ts';
import { workerSeen } from '../../platform/operations/worker-seen.ts';
import attributes from '../../domain/search-attributes.json' with { type: 'json' };
import { OpsSettings, readSettings, WorkerSettings } from '../../platform/settings.ts';
import { apiAnswers } from '../lib/api-answers.ts';
import { connected } from '../lib/connected.ts';
import { looking, optionsOf } from '../lib/options.ts';
import { counted, teller } from '../lib/told.ts';
import { schedulesAmiss } from '../schedules.ts';
import { viewsOf } from '../views.ts';

const withinMs = 10_000;
/** Each of them is looked at. */
const mostLookedAt = 500;
const atOnce = 8;

export interface Checked {
  /** `none`: no worker polls the queue. */
  readonly worker: 'there' | 'none';
  readonly stuck: readonly { readonly workflowId: string; readonly cause: string }[];
  /** Have a technical failure, and did not answer which: to be looked at again. */
  readonly mute: readonly string[];
  /** Requests that partners do not take, by activity. */
  readonly retries: Readonly<Record<string, { readonly routes: number; readonly failure?: string }>>;
  readonly troubles: readonly string[];
  readonly missingAttributes: readonly string[];
  readonly missingSchedules: readonly string[];
  readonly pausedSchedules: readonly string[];
}

export const name = 'check';
export const usage =
  '[--json]: what is technically wrong: worker, API, stuck routes, partners that are down, set-up; exit 1 when anything is';

const Settings = OpsSettings.extend({ API_URL: WorkerSettings.shape.API_URL });

/** @throws SettingsError, Unreachable */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { json } = optionsOf(args, z.object(looking));
  const settings = readSettings(Settings, env);
  const told = teller(json);
  return connected(settings, told, async (client) => {
    const [checked, isApiThere, standing] = await Promise.all([
      checkAll(client, settings.TASK_QUEUE, (line) => told.progress(line)),
      apiAnswers(settings.API_URL),
      standingOf(client),
    ]);
    const api = isApiThere ? 'there' : 'none';
    const wrong = [...(isApiThere ? [] : [apiAway(settings.API_URL)]), ...said(checked)];
    const lines = [...(wrong.length > 0 ? wrong : ['Nothing is technically wrong.']), ...inWords(standing)];
    told.thing({ ...checked, api, standing }, lines.join('\n'));
    return wrong.length > 0 ? 1 : 0;
  });
}

const apiAway = (url: string): string =>
  `The API at ${url} does not answer (API_URL): partners' events are not taken, and the Temporal UI decodes nothing.`;

/** What is no technical fault, and asks for people: by the ids of the saved views. */
const ofPeople = ['overdue', 'deadlocked'] as const;
type Standing = Readonly<Record<(typeof ofPeople)[number], number>>;

async function standingOf(client: Client): Promise<Standing> {
  const views = viewsOf({ now: new Date(), municipalities: [] });
  const count = async (id: string) => {
    const { query } = views.find((view) => view.id === id)!;
    return (await client.withDeadline(Date.now() + withinMs, () => client.workflow.count(query))).count;
  };
  const [overdue, deadlocked] = await Promise.all([count('overdue'), count('deadlocked')]);
  return { overdue, deadlocked };
}

function inWords(standing: Standing): string[] {
  const parts = ofPeople.flatMap((id) =>
    standing[id] > 0 ? [`${counted(standing[id], 'route')} ${id}`] : [],
  );
  return parts.length > 0 ? [`For people to look at: ${parts.join(', ')}. See npm run ops -- views`] : [];
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
    mute: looks.flatMap(({ workflowId, isMute }) => (isMute ? [workflowId] : [])),
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
  mute,
  retries,
  troubles,
  missingAttributes,
  missingSchedules,
  pausedSchedules,
}: Checked) {
  return [
    ...(worker === 'none' ? ['No worker polls the task queue: start one. No route moves until then.'] : []),
    ...stuck.map(({ workflowId, cause }) => `Stuck: ${workflowId}: ${cause}`),
    ...mute.map((workflowId) => `Technical: ${workflowId} did not answer what is wrong with it: check again`),
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
