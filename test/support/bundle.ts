/** The workflow bundle, made once: for all test files of a run (bundle-for-all.ts), or for a process of its own. */
import { readFile } from 'node:fs/promises';
import type { WorkflowBundle } from '@temporalio/worker';
import { bundleWorkflows } from '../../worker/workflow-bundle.ts';

let bundle: Promise<WorkflowBundle & { code: string }> | undefined;

export function bundleOnce(): Promise<WorkflowBundle & { code: string }> {
  bundle ??= made();
  return bundle;
}

async function made(): Promise<{ code: string }> {
  const path = process.env['WORKFLOW_BUNDLE'];
  return path ? { code: await readFile(path, 'utf8') } : bundleWorkflows();
}
