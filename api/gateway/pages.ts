/** Reads rows of the store by the thousand: as many as it gives in one page. */
import type { RawWorkflowExecutionInfo } from '@temporalio/client';
import { problemOf } from './failures.ts';
import type { Line } from './line.ts';
import { rowOf, type Row } from './summary.ts';

const readWithinMs = 5000;
const pageSize = 1000; // the most that a server gives unless it is told otherwise

/**
 * The rows that a query finds, page by page, at most so many pages. A run that begins meanwhile may be missed, and one that
 * ends be found twice: the store puts those that run in front.
 * @returns whether these were all
 * @throws ApiProblem temporal-away, too-many-in-flight
 */
export async function* pagesOf(
  line: Line,
  query: string,
  mostPages = Infinity,
): AsyncGenerator<readonly Row[], boolean> {
  const pages = executionsOf(line, query, mostPages);
  for (;;) {
    const { value, done } = await pages.next();
    if (done) return value;
    yield value.flatMap((each) => rowOf(each) ?? []);
  }
}

/** The same, as the store has them. */
export async function* executionsOf(
  line: Line,
  query: string,
  mostPages = Infinity,
): AsyncGenerator<readonly RawWorkflowExecutionInfo[], boolean> {
  let token: Uint8Array | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const request = { namespace: line.client.options.namespace, pageSize, query };
    const more = token && { nextPageToken: token };
    const { executions, nextPageToken } = await line
      .within(readWithinMs, () => line.client.workflowService.listWorkflowExecutions({ ...request, ...more }))
      .catch(async (error: unknown) => {
        throw await problemOf(error);
      });
    yield executions;
    if (nextPageToken.length === 0) return true;
    token = nextPageToken;
  }
  return false;
}
