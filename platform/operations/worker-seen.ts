/** Whether a worker is on a task queue, for who looks once: `GET /v1/health` asks more closely (api/gateway/health.ts). */
import { QueryNotRegisteredError, type Client } from '@temporalio/client';
import { isRoute } from '../../domain/operations/visibility.ts';

const withinMs = 5000;
/** The server shows a poll by when it began or ended, and it lasts up to a minute: who was not seen since is gone. */
const seenWithinMs = 70_000;
/** More than one, for a route can be stuck by itself. */
const asked = 3;

/**
 * Whether a worker polled in the last minute, and answers: a killed one looks like an idle one for as long. Where there is no
 * route yet that could be asked, its poll has to do.
 */
export async function workerSeen(client: Client, taskQueue: string): Promise<boolean> {
  const { namespace } = client.options;
  const within = <T>(call: () => Promise<T>) => client.withDeadline(Date.now() + withinMs, call);
  const { pollers } = await within(() =>
    client.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue } }),
  );
  const latest = Math.max(
    0,
    ...(pollers ?? []).map((each) => Number(each.lastAccessTime?.seconds ?? 0) * 1000),
  );
  if (Date.now() - latest > seenWithinMs) return false;
  const { executions } = await within(() =>
    client.workflowService.listWorkflowExecutions({ namespace, pageSize: asked, query: isRoute }),
  );
  const answers = executions.map(({ execution }) =>
    within(() =>
      client.workflow.getHandle(execution!.workflowId!).query('__temporal_workflow_metadata'),
    ).catch((error: unknown) => {
      if (!(error instanceof QueryNotRegisteredError)) throw error; // a refusal is a sign of life too
    }),
  );
  if (answers.length === 0) return true;
  return Promise.any(answers).then(
    () => true,
    () => false,
  );
}
