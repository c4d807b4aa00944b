/** Whether the server still holds something that a payload key encrypted: then that key may not go. */
import type { Client } from '@temporalio/client';

const KEY_ID = 'encryption-key-id';
const PAGE = 500;

/**
 * The first workflow found with a payload under a key, in its memo or its history; undefined when there is none.
 * Every history is read, also of what has ended, as long as the server keeps it.
 */
export async function usedBy(client: Client, keyId: string): Promise<string | undefined> {
  const { workflowService } = client.connection;
  const { namespace } = client.options;
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await workflowService.listWorkflowExecutions({
      namespace,
      pageSize: PAGE,
      ...(nextPageToken && { nextPageToken }),
    });
    for (const { execution, memo } of page.executions)
      if (execution && (holds(memo, keyId) || (await historyHolds(client, execution, keyId))))
        return execution.workflowId ?? 'a workflow';
    nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined;
  } while (nextPageToken);
  return undefined;
}

async function historyHolds(
  { connection, options }: Client,
  execution: { workflowId?: string | null; runId?: string | null },
  keyId: string,
): Promise<boolean> {
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await connection.workflowService.getWorkflowExecutionHistory({
      namespace: options.namespace,
      execution,
      ...(nextPageToken && { nextPageToken }),
    });
    if (holds(page.history, keyId)) return true;
    nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined;
  } while (nextPageToken);
  return false;
}

/** Whether a payload anywhere inside names the key. */
function holds(value: unknown, keyId: string): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false;
  return Object.entries(value).some(([name, part]) =>
    name === KEY_ID && part instanceof Uint8Array
      ? Buffer.from(part).toString() === keyId
      : holds(part, keyId),
  );
}
