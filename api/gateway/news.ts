/** Partner news on its way into a route: judged at once when somebody is there, durable when nobody is. */
import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { ReceiptBody } from '../../contracts/partner-event.ts';
import type { PartnerNews } from '../../domain/news.ts';
import { leaveNews, tellNews } from '../../workflows/outflow-route.messages.ts';
import { isSilence, problemOf } from './failures.ts';
import type { Line } from './line.ts';

const judgedWithinMs = 2000;

/**
 * Tells a route the news and gives back the receipt: first as an Update, which is judged at once; when nobody
 * answers or the route has too many in flight, as a Signal, which waits in the history until somebody does. The
 * same news may then arrive by both ways: the route knows its event id, and the second changes nothing.
 * @throws ApiProblem unknown-route, temporal-away
 */
export async function tell(line: Line, routeId: string, news: PartnerNews): Promise<ReceiptBody> {
  try {
    return (await judged(line, routeId, news)) ?? (await left(line, routeId, news));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw await problemOf(error);
    // Not running: it has ended, or there never was such a route.
    await line.describe(routeId);
    return { receipt: 'late', reason: 'route-closed' };
  }
}

async function judged(line: Line, routeId: string, news: PartnerNews): Promise<ReceiptBody | undefined> {
  if (line.silence.holds(routeId)) return undefined;
  // An id of its own for each call: under the event's id the server would give a second arrival the first one's
  // answer, and the partner would never hear that it sent a duplicate.
  const options = { args: [news] as [PartnerNews], updateId: randomUUID() };
  try {
    const { receipt, reason } = await line.within(judgedWithinMs, () =>
      line.handle(routeId).executeUpdate(tellNews, options),
    );
    line.silence.broken();
    return { receipt, ...(reason && { reason }) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw error;
    if (isSilence(error)) line.silence.noticed(routeId);
    return undefined; // whatever it was: the Signal is the way that only needs the server
  }
}

async function left(line: Line, routeId: string, news: PartnerNews): Promise<ReceiptBody> {
  await line.within(judgedWithinMs, () => line.handle(routeId).signal(leaveNews, news));
  return { receipt: 'queued' };
}
