/**
 * Whatever comes in is heard in a workflow task of its own, at its own time, or not yet.
 *
 * A worker that is asked a Query about a run that it has in no cache rebuilds it from its history. What came in while the
 * Query was on its way stands there as well: the SDK lets the run hear it, although its workflow task has not begun (then
 * it is heard at the time of the task before, which may be months ago), or was begun by a worker that died (then it is
 * heard apart from what the next attempt at that task brings). The run would go on from there; a replay hears it in the
 * right task, comes to other dates or to another order, and the run is wedged for good.
 *
 * So such a run is not kept. Only the Query fails, whoever asked asks again (api/gateway/line.ts), and the workflow task,
 * which is on its way, rebuilds the run. A run that a workflow task has rebuilt looks the same to the first Query after
 * that, and is built once more: that is what it costs.
 */
import type { ActivateInput, WorkflowInterceptorsFactory } from '@temporalio/workflow';

type Activation = ActivateInput['activation'];
type Job = NonNullable<Activation['jobs']>[number];

/** To be bundled with every workflow: worker/workflow-bundle.ts. */
export const interceptors: WorkflowInterceptorsFactory = () => {
  const run = new RunInCache();
  return {
    internals: [
      {
        activate(input, next) {
          if (input.batchIndex === 0) run.isActivated(input.activation);
          run.mustBeSure(input.activation);
          next(input);
        },
      },
    ],
  };
};

/** What a worker knows of a run that it has in its cache. */
class RunInCache {
  #time = '';
  #isSameTime = false;
  /** It was rebuilt from its history, and has heard something new in the same breath: it may be for a Query. */
  #isDoubtful = false;
  #isRebuilding = true;

  /** To be told each activation, before it is carried out. */
  isActivated(activation: Activation): void {
    const jobs = activation.jobs ?? [];
    const time = [activation.timestamp?.seconds, activation.timestamp?.nanos].join('.');
    this.#isSameTime = time === this.#time;
    this.#time = time;
    if (activation.isReplaying) return;
    const isNew = jobs.some(comesWithATask);
    const isFirst = jobs.some(({ initializeWorkflow }) => initializeWorkflow);
    // A Query is never the first to ask of a run, and of two tasks in a row the first was none.
    this.#isDoubtful = this.#isRebuilding ? isNew && !isFirst : this.#isDoubtful && !isNew;
    this.#isRebuilding = false;
  }

  /** @throws Error where the run would be asked, or would go on, with what it may not have heard yet */
  mustBeSure({ jobs }: Activation): void {
    const isAsked = jobs?.some(({ queryWorkflow }) => queryWorkflow?.queryId === byItself) ?? false;
    const isTooEarly = this.#isSameTime && jobs?.some(comesWithATask);
    if (isTooEarly || (isAsked && this.#isDoubtful)) throw new NotHeardYet();
    if (isAsked) this.#isRebuilding = false;
  }
}

class NotHeardYet extends Error {
  constructor() {
    super('Something came in while this was asked, and is not heard yet: ask again');
    this.name = 'NotHeardYet';
  }
}

/** The id that the SDK gives a Query that comes without a workflow task. */
const byItself = 'legacy_query';

/** Whether it can only come in by the history: a local activity, and an activity called off, end within a task. */
function comesWithATask({ signalWorkflow, fireTimer, doUpdate, resolveActivity }: Job): boolean {
  const isAnswer = resolveActivity && !resolveActivity.isLocal && !resolveActivity.result?.cancelled;
  return Boolean(signalWorkflow ?? fireTimer ?? doUpdate ?? isAnswer);
}
