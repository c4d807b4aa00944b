/** For the replay tests: the committed histories, and workflow code that somebody has changed. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DefaultLogger, Runtime, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { readHistory } from '../../scripts/replay/history-file.ts';
import { historiesDir } from '../../scripts/replay/recording.ts';
import { bundleWorkflows } from '../../worker/workflow-bundle.ts';
import { replay, type Recorded, type Verdict } from '../../scripts/replay/replay.ts';

const root = join(import.meta.dirname, '..', '..');

/** The names of the committed histories: `{scenario}`, or `{scenario}.run-{n}`. */
export async function historyNames(): Promise<string[]> {
  const files = await readdir(historiesDir);
  return files.filter((file) => file.endsWith('.json')).map((file) => file.replace('.json', ''));
}

/** Committed histories by name. */
export function committed(names: readonly string[]): Promise<Recorded[]> {
  return Promise.all(
    names.map(async (name) => ({ name, history: await readHistory(join(historiesDir, `${name}.json`)) })),
  );
}

let runtime: Runtime | undefined;

/** Replays histories, and gives all verdicts at once. */
export async function verdictsOn(...given: Parameters<typeof replay>): Promise<Verdict[]> {
  // What does not fit is in the verdict: the SDK need not say it as well.
  const logging = { filter: 'OFF', forward: {} };
  runtime ??= Runtime.install({
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging },
  });
  const verdicts: Verdict[] = [];
  for await (const verdict of replay(...given)) verdicts.push(verdict);
  return verdicts;
}

/** One change of the code: in a file, this text becomes that. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/**
 * The workflow bundle as it would be after some edits. The code is copied to where it finds the project's packages.
 * @throws Error when a file has a text to be edited not exactly once: the mutant would be none
 */
export async function mutant(edits: readonly Edit[]): Promise<WorkflowBundleWithSourceMap> {
  await mkdir(join(root, '.data'), { recursive: true });
  const copy = await mkdtemp(join(root, '.data', 'mutant-'));
  try {
    for (const folder of ['workflows', 'domain'])
      await cp(join(root, folder), join(copy, folder), { recursive: true });
    for (const edit of edits) await apply(copy, edit);
    return await bundleWorkflows(join(copy, 'workflows', 'index.ts'));
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function apply(copy: string, { file, from, to }: Edit): Promise<void> {
  const text = await readFile(join(copy, file), 'utf8');
  if (text.split(from).length !== 2)
    throw new Error(`${file} does not have exactly one ${JSON.stringify(from)}`);
  await writeFile(
    join(copy, file),
    text.replace(from, () => to),
  );
}

/** A step that was added to the catalogue, in front of another. */
export const newStep = (track: string, party: string, stepId: string, before: string): Edit => ({
  file: 'domain/steps.ts',
  from: `  '${before}': `,
  to: `  '${stepId}': request('${track}', '${party}', 'partner.answer', 'Nieuwe stap', 'New step'),\n  '${before}': `,
});
