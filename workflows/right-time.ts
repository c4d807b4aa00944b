/**
 * Whatever comes in is heard at its own time, or not yet.
 *
 * While a Query is on its way, something may come in for the run that it asks. A worker that has the run in no cache then
 * rebuilds it from a history that ends with what came in, before the workflow task of that has begun and brought its
 * time; the SDK lets the run hear it all the same, at the time of the task before, which may be months ago. A replay hears
 * it at the right time and may come to other dates and commands: the run would be wedged.
 *
 * So nothing is heard there. Only the Query fails, whoever asked asks again (api/gateway/line.ts), the run is left out of
 * the cache, and the workflow task, which is on its way already, rebuilds it.
 */
import type { ActivateInput, WorkflowInterceptorsFactory } from '@temporalio/workflow';

type Activation = ActivateInput['activation'];
type Job = NonNullable<Activation['jobs']>[number];

/** To be bundled with every workflow: worker/workflow-bundle.ts. */
export const interceptors: WorkflowInterceptorsFactory = () => {
  let before: string | undefined;
  let isSameTask = false;
  return {
    internals: [
      {
        activate(input, next) {
          if (input.batchIndex === 0) {
            const task = taskOf(input.activation);
            isSameTask = task === before;
            before = task;
          }
          if (isSameTask && input.activation.jobs?.some(comesWithATask))
            throw new Error('Something came in while this was asked, and is not heard yet: ask again');
          next(input);
        },
      },
    ],
  };
};

/** What each workflow task has of its own: its time, and how much history there was when it began. */
function taskOf({ timestamp, historySizeBytes }: Activation): string {
  return [timestamp?.seconds, timestamp?.nanos, historySizeBytes].join(' ');
}

/** Whether it can only come in by the history: a local activity, and an activity called off, end within a task. */
function comesWithATask({ signalWorkflow, fireTimer, doUpdate, resolveActivity }: Job): boolean {
  const isAnswer = resolveActivity && !resolveActivity.isLocal && !resolveActivity.result?.cancelled;
  return Boolean(signalWorkflow ?? fireTimer ?? doUpdate ?? isAnswer);
}
