/** The workflow bundle, made once for each test process. */
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundle } from '@temporalio/worker';
import { workflowsPath } from '../../worker/create-worker.ts';

let bundle: Promise<WorkflowBundle> | undefined;

export function bundleOnce(): Promise<WorkflowBundle> {
  bundle ??= bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  return bundle;
}
