/**
 * Makes the workflow bundle before the first test file that needs a server, for all of them: made anew by each it cost
 * more than a minute of both cores. Workers that tests start as processes of their own load the same file.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflows } from '../../worker/workflow-bundle.ts';

/** Each project of Vitest loads this module for itself, in one process. */
const ours = globalThis as { isBundleMade?: true };

/** Called by Vitest before the first file, for each project; what it gives back, after the last. */
export default async function setup(): Promise<() => Promise<void>> {
  if (ours.isBundleMade) return () => Promise.resolve();
  ours.isBundleMade = true;
  const folder = await mkdtemp(join(tmpdir(), 'outflow-bundle-'));
  const path = join(folder, 'workflow-bundle.js');
  await writeFile(path, (await bundleWorkflows()).code);
  process.env['WORKFLOW_BUNDLE'] = path;
  return () => rm(folder, { recursive: true });
}
