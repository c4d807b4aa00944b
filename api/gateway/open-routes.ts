/** How many open routes there are of a kind, and how all of them stand: from search attributes alone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { newTally, type Counts } from '../../domain/figures/tally.ts';
import { isOpen, isRoute } from '../../domain/operations/visibility.ts';
import { ApiProblem } from '../problems.ts';
import { problemOf } from './failures.ts';
import type { Line } from './line.ts';
import { conditionsOf, type RouteFilters } from './list.ts';
import { pagesOf } from './pages.ts';

const countedWithinMs = 10_000;
/** A server gives ten answers of this kind a second, unless it is told otherwise. */
const atOnce = 4;
const againAfterMs = 500;

/**
 * How many open routes there are within each of these filters, in order. A call for each: the store groups by nothing but the
 * status of the execution.
 * @throws ApiProblem temporal-away, too-many-in-flight
 */
export async function countOpen(line: Line, filters: readonly RouteFilters[]): Promise<number[]> {
  const end = Date.now() + countedWithinMs;
  const counts: number[] = [];
  let next = 0;
  const work = async () => {
    while (next < filters.length) {
      const index = next++;
      counts[index] = await count(
        line,
        [isRoute, isOpen, ...conditionsOf(filters[index]!)].join(' AND '),
        end,
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return counts;
}

async function count(line: Line, query: string, end: number): Promise<number> {
  try {
    const found = await line.within(end - Date.now(), () => line.client.workflow.count(query));
    return found.count;
  } catch (error) {
    const problem = await problemOf(error);
    const isTooMany = problem instanceof ApiProblem && problem.kind === 'too-many-in-flight';
    if (!isTooMany || Date.now() + againAfterMs > end) throw problem;
    await sleep(againAfterMs);
    return count(line, query, end);
  }
}

/**
 * Counts all open routes, by reading each: so the figures are of one moment, and it is known which of them could be reckoned
 * from each other.
 * @param now - ISO 8601, UTC
 * @throws ApiProblem temporal-away, too-many-in-flight
 */
export async function tallyOpen(line: Line, now: string): Promise<{ counts: Counts; countedAt: string }> {
  const tally = newTally(now);
  for await (const rows of pagesOf(line, `${isRoute} AND ${isOpen}`))
    for (const { summary } of rows) tally.add(summary);
  return { counts: tally.counts, countedAt: now };
}
