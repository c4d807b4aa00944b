/**
 * A sign of life of a worker. The server can't tell one that waits for work from one that was killed: for up to a
 * minute their polls look alike. So some routes are asked the smallest question there is, which a worker has to
 * answer, and which leaves nothing in their histories.
 */
import { QueryNotRegisteredError } from '@temporalio/client';
import type { Line } from './line.ts';

/** `nobody-to-ask`: there is no route yet. */
export type SignOfLife = 'heard' | 'none' | 'nobody-to-ask';

const listedWithinMs = 500;
/** A route of a killed worker is asked there for a second in vain, and only then of another worker. */
const answeredWithinMs = 2000;
/** More than one, for a route can be stuck by itself. */
const asked = 3;
/** Every workflow of the SDK knows this Query: its handlers and its details. */
const smallestQuestion = '__temporal_workflow_metadata';

/** Makes the question. Who asks while it is on its way gets the same answer; what is heard breaks the silence. */
export function createSignOfLife(line: Line): () => Promise<SignOfLife> {
  let underWay: Promise<SignOfLife> | undefined;
  return () => (underWay ??= ask(line).finally(() => (underWay = undefined)));
}

async function ask(line: Line): Promise<SignOfLife> {
  const ids = await someRoutes(line).catch(() => []);
  if (ids.length === 0) return 'nobody-to-ask';
  const answers = ids.map((id) =>
    line
      .within(answeredWithinMs, () => line.client.workflow.getHandle(id).query(smallestQuestion))
      // A refusal is a sign of life too, see `Line.ask`.
      .catch((error: unknown) => {
        if (!(error instanceof QueryNotRegisteredError)) throw error;
      }),
  );
  try {
    await Promise.any(answers);
    line.silence.broken();
    return 'heard';
  } catch {
    return 'none';
  }
}

/** The latest ones; the store lists those that run before those that have ended. */
async function someRoutes(line: Line): Promise<string[]> {
  const { executions } = await line.within(listedWithinMs, () =>
    line.client.workflowService.listWorkflowExecutions({
      namespace: line.client.options.namespace,
      pageSize: asked,
      query: "WorkflowType = 'outflowRoute'",
    }),
  );
  return executions.flatMap(({ execution }) => (execution?.workflowId ? [execution.workflowId] : []));
}
