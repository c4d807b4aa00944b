/** Partner news on its way into a route: judged at once when somebody is there, durable when nobody is. */
import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { ReceiptBody } from '../../contracts/partner-event.ts';
import { t } from '../../contracts/text.ts';
import type { PartnerNews } from '../../domain/news.ts';
import { isStranger } from '../../domain/part-in-route.ts';
import { isKnown, judgedBefore, type Judgement } from '../../domain/partner-news.ts';
import { leaveNews, tellAllNews, tellNews } from '../../workflows/outflow-route.messages.ts';
import { ApiProblem, unknownRoute } from '../problems.ts';
import { isRefusal, isSilence, problemOf } from './failures.ts';
import type { Line } from './line.ts';
import { stateOf } from './state.ts';

const judgedWithinMs = 2000;

/** How much news goes in one call: an event has some 25 KB at the most, a payload may have 2 MB. */
export const newsAtOnce = 50;

/**
 * Tells a route news and gives back a receipt of each: first as an Update, which is judged at once; when nobody
 * answers or the route has too many in flight, as Signals, which wait in the history until somebody does. The same
 * news may then arrive by both ways: the route knows its event id, and the second changes nothing. A route that has
 * ended is asked as well: the event that ended it may come again, since its first receipt got lost. To a party that has no
 * part in it the route is not there.
 * @throws ApiProblem unknown-route, temporal-away; for a route that has ended, worker-away; for one to which too much
 *   has been left, too-many-in-flight
 */
export async function tell(
  line: Line,
  routeId: string,
  all: readonly PartnerNews[],
): Promise<readonly PromiseSettledResult<ReceiptBody>[]> {
  const judgements = await judged(line, routeId, all);
  if (judgements === 'refused') return eachByItself(line, routeId, all);
  if (!judgements) return left(line, routeId, all);
  return judgements.map((judgement) => ({ status: 'fulfilled', value: judgement }));
}

/** What a route refuses to hear would keep what was told together with it from being heard. */
async function eachByItself(
  line: Line,
  routeId: string,
  all: readonly PartnerNews[],
): Promise<readonly PromiseSettledResult<ReceiptBody>[]> {
  if (all.length === 1) throw unknownRoute();
  const results: PromiseSettledResult<ReceiptBody>[] = [];
  // In the order in which they came.
  for (const news of all)
    results.push(
      ...(await tell(line, routeId, [news]).catch((reason: unknown) => [
        { status: 'rejected', reason } as const,
      ])),
    );
  return results;
}

/** Undefined when nobody has judged it in time; the route may have heard it all the same. */
async function judged(
  line: Line,
  routeId: string,
  all: readonly PartnerNews[],
): Promise<Judgement[] | 'refused' | undefined> {
  if (line.silence.holds(routeId)) return undefined;
  // An id of its own for each call: under the event's id the server would give a second arrival the first one's
  // answer, and the partner would never hear that it sent a duplicate.
  const updateId = randomUUID();
  const [first, ...more] = all as [PartnerNews, ...PartnerNews[]];
  try {
    const judgements = await line.within(judgedWithinMs, async () =>
      more.length === 0
        ? [await line.handle(routeId).executeUpdate(tellNews, { args: [first], updateId })]
        : line.handle(routeId).executeUpdate(tellAllNews, { args: [all], updateId }),
    );
    line.silence.broken();
    return judgements;
  } catch (error) {
    if (isRefusal(error)) return 'refused';
    if (isSilence(error)) line.silence.noticed(routeId);
    // Whatever it was: the Signal is the way that only needs the server.
    return undefined;
  }
}

/**
 * The server takes ten thousand Signals in one run, and ends a workflow of 51,200 events or 50 MB for good. A run that
 * a worker moves stays far below that; one that has grown so long waits for a worker, and so must its partners.
 */
const longestRun = { events: 9000, bytes: 20 * 1024 * 1024 };

async function left(
  line: Line,
  routeId: string,
  all: readonly PartnerNews[],
): Promise<readonly PromiseSettledResult<ReceiptBody>[]> {
  const { status, historyLength, historySize = 0 } = await line.describe(routeId);
  const isOpen = status.name === 'RUNNING';
  if (isOpen && (historyLength > longestRun.events || historySize > longestRun.bytes))
    throw new ApiProblem(
      'too-many-in-flight',
      t(
        'Er wacht zo veel op deze route dat zij dat eerst moet horen.',
        'So much waits for this route that it must be heard first.',
      ),
    );
  return Promise.allSettled(
    all.map((news) => (isOpen ? leave(line, routeId, news) : afterTheEnd(line, routeId, news))),
  );
}

async function leave(line: Line, routeId: string, news: PartnerNews): Promise<ReceiptBody> {
  try {
    await line.within(judgedWithinMs, () => line.handle(routeId).signal(leaveNews, news));
    return { receipt: 'queued' };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return afterTheEnd(line, routeId, news);
    throw await problemOf(error);
  }
}

/** It may be this very arrival that the route has heard before it ended: its receipt is told then. */
async function afterTheEnd(line: Line, routeId: string, news: PartnerNews): Promise<ReceiptBody> {
  const state = await stateOf(line, routeId);
  if (isStranger(state, news)) throw unknownRoute();
  if (!isKnown(state, news.eventId)) return { receipt: 'late', reason: 'route-closed' };
  return judgedBefore(state, news) ?? { receipt: 'duplicate' };
}
