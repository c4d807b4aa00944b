/** How many routes there are of a kind, from search attributes alone. */
import type { HomePromiseStatus } from '../../contracts/vocabulary.ts';
import { problemOf } from './failures.ts';
import type { Line } from './line.ts';

const countedWithinMs = 5000;

/**
 * How many routes have a promise of a home that stands so. Each route counts once: of those that continued as new only
 * the last run has another status than `ContinuedAsNew`. A closed route counts for as long as the namespace keeps it.
 * One call for each status: the store groups by nothing but the status of the execution.
 * @param municipality - a CBS code that was checked at the edge; left out: all of them
 * @throws ApiProblem temporal-away
 */
export async function countHomePromises(
  line: Line,
  statuses: readonly HomePromiseStatus[],
  municipality: string | undefined,
): Promise<number[]> {
  const routes = ["WorkflowType = 'outflowRoute'", "ExecutionStatus IN ('Running', 'Completed')"];
  const within = municipality ? [`Municipality = '${municipality}'`] : [];
  const count = async (status: HomePromiseStatus) => {
    const query = [...routes, ...within, `HomePromise = '${status}'`].join(' AND ');
    return (await line.client.workflow.count(query)).count;
  };
  return line
    .within(countedWithinMs, () => Promise.all(statuses.map(count)))
    .catch(async (error: unknown) => {
      throw await problemOf(error);
    });
}
