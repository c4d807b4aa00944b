/**
 * Begins a trouble for each workflow whose task fails here: the worker is the first to see it. Beside the work and never in
 * its way: a few a second, what is too much is left to the watchdog, and what goes wrong is a line in the log.
 */
import type { Client } from '@temporalio/client';
import type { Logger } from '../../platform/log.ts';
import type { FailingTasks } from './failing-tasks.ts';
import type { Troubles } from './troubles.ts';

const everyMs = 250;
/** One attempt may fail and the next succeed: it is looked at when there was a second, and once more. */
const lookAfterMs = [3000, 15_000];
const mostWaiting = 1000;
const foundWithinMs = 3000;

interface Failing {
  readonly runId: string;
  readonly at: number;
  readonly look: number;
}

export interface Reporting {
  readonly failing: FailingTasks;
  readonly client: Client;
  readonly troubles: Troubles;
  readonly log: Logger;
}

/** Gives back how to stop it; then nothing of it is under way any more. */
export function reportFailing({ failing, client, troubles, log }: Reporting): { stop(): Promise<void> } {
  const waiting = new Map<string, Failing>();
  let underWay: Promise<void> | undefined;
  const off = failing.on((runId) => {
    if (waiting.has(runId) || waiting.size >= mostWaiting) return;
    waiting.set(runId, { runId, at: Date.now() + lookAfterMs[0]!, look: 0 });
  });

  /** Its id stands in the store some time after its run began. */
  async function workflowOf(runId: string): Promise<string | undefined> {
    const { namespace } = client.options;
    const query = `RunId = '${runId}'`;
    const { executions } = await client.withDeadline(Date.now() + foundWithinMs, () =>
      client.workflowService.listWorkflowExecutions({ namespace, pageSize: 1, query }),
    );
    return executions[0]?.execution?.workflowId ?? undefined;
  }

  async function lookAtOne({ runId, look }: Failing): Promise<void> {
    const next = lookAfterMs[look + 1];
    const again = () => {
      if (next) waiting.set(runId, { runId, at: Date.now() + next, look: look + 1 });
    };
    try {
      const workflowId = await workflowOf(runId);
      const seen = workflowId ? await troubles.report(workflowId) : undefined;
      if (seen?.trouble) log.error({ event: 'workflow-stuck', workflow: workflowId }, seen.trouble.cause);
      else again();
    } catch (error) {
      again();
      const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
      log.warn({ event: 'trouble-not-told', run: runId }, message);
    }
  }

  const timer = setInterval(() => {
    if (underWay) return;
    const now = Date.now();
    const due = [...waiting.values()].find(({ at }) => at <= now);
    if (!due) return;
    waiting.delete(due.runId);
    underWay = lookAtOne(due).finally(() => (underWay = undefined));
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      off();
      clearInterval(timer);
      await underWay;
    },
  };
}
