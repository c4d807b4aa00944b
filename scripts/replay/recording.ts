/** Plays a scenario, and writes down the history of each of its runs. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type { WorkflowBundle } from '@temporalio/worker';
import { decoded, writeHistory, type History } from './history-file.ts';
import type { System } from '../../test/support/system.ts';
import type { LedgerScenario } from './ledger-scenarios.ts';
import { inWords } from './place.ts';
import { replay } from './replay.ts';
import type { Scenario } from './scenarios.ts';
import type { Scene } from './scene.ts';

export const historiesDir = join(import.meta.dirname, '..', '..', 'test', 'replay', 'histories');

/** The names of the scenarios that are recorded already. */
export async function recordedNames(): Promise<Set<string>> {
  const files = await readdir(historiesDir);
  return new Set(files.filter((file) => file.endsWith('.json')).map((file) => file.split('.')[0]!));
}

/**
 * @param bundle - the code it is played on
 * @returns how many runs were written: `{name}.json`, or `{name}.run-1.json` and so on
 * @throws Error when a run was split, and left for that: it may not even replay on the code it was played on
 */
export async function recordScenario(
  { name, play, manyRuns }: Scenario,
  scene: Scene,
  bundle: WorkflowBundle,
): Promise<number> {
  await play(scene);
  const workflowId = `route/${scene.routeId}`;
  return recordRuns({ name, manyRuns }, { client: scene.system.client, workflowId, bundle });
}

/**
 * Plays a scenario of a ledger, and writes down its runs likewise.
 * @throws Error when there are more runs than there should be, or one that can't be replayed
 */
export async function recordLedger(
  { name, play, manyRuns }: LedgerScenario,
  system: System,
  bundle: WorkflowBundle,
): Promise<number> {
  const workflowId = await play(system);
  return recordRuns({ name, manyRuns }, { client: system.client, workflowId, bundle });
}

interface Played {
  readonly client: Client;
  readonly workflowId: string;
  readonly bundle: WorkflowBundle;
}

async function recordRuns(
  { name, manyRuns }: { name: string; manyRuns: true | undefined },
  { client, workflowId, bundle }: Played,
): Promise<number> {
  await betweenTasks(client, workflowId);
  const runs = await runsOfWorkflow(client, workflowId);
  if (runs.length > 1 && !manyRuns) throw new Error(`${runs.length} runs in place of one`);
  const played = runs.map((history, i) => ({ name: `run ${i + 1}`, history }));
  for await (const { name: run, broken } of replay(bundle, played))
    if (broken) throw new Error(`${run} was split: ${inWords(broken)}`);
  for (const [i, history] of runs.entries()) {
    const file = runs.length === 1 ? `${name}.json` : `${name}.run-${i + 1}.json`;
    await writeHistory(join(historiesDir, file), history);
  }
  return runs.length;
}

/** Waits until no workflow task is under way: what it is about to ask would be missing at the end of the history. */
async function betweenTasks(client: Client, workflowId: string): Promise<void> {
  const handle = client.workflow.getHandle(workflowId);
  for (let before = -1; ;) {
    const { raw } = await handle.describe();
    const events = Number(raw.workflowExecutionInfo?.historyLength);
    if (events === before && !raw.pendingWorkflowTask) return;
    before = events;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** The histories of a route's runs, oldest first, readable. */
export const runsOf = (client: Client, routeId: string): Promise<History[]> =>
  runsOfWorkflow(client, `route/${routeId}`);

async function runsOfWorkflow(client: Client, workflowId: string): Promise<History[]> {
  const codecs = client.options.loadedDataConverter.payloadCodecs;
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  const runs: History[] = [];
  let runId = raw.workflowExecutionInfo?.firstRunId;
  while (runId) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    runs.push(await decoded(history, codecs));
    runId = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return runs;
}
