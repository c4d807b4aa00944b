/** The workflow bundle, made once for each test process. */
import type { WorkflowBundle } from '@temporalio/worker';
import { bundleWorkflows } from '../../worker/workflow-bundle.ts';

let bundle: Promise<WorkflowBundle> | undefined;

export function bundleOnce(): Promise<WorkflowBundle> {
  bundle ??= bundleWorkflows();
  return bundle;
}
