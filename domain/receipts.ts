/** The receipts that a route keeps, so that a partner can ask later how its news was judged. */
import type { PartnerNews } from './news.ts';
import type { JudgedNews, RouteState } from './route-state.ts';
import { isOfId } from './short-id.ts';

/** How many receipts are kept for a later look by the partner. */
export const receiptsKept = 14;

/** Keeps the receipt of one more piece of news. */
export function kept(state: RouteState, receipt: JudgedNews): Pick<RouteState, 'receipts'> {
  return { receipts: [...state.receipts, receipt].slice(-receiptsKept) };
}

/**
 * The receipt that this very arrival of an event got before: its answer was lost on the way, and it was told once more.
 * Undefined for another arrival, and for one of so long ago that its receipt is kept no more.
 */
export function givenBefore(
  { receipts }: Pick<RouteState, 'receipts'>,
  { eventId, arrival }: PartnerNews,
): JudgedNews | undefined {
  return arrival === undefined
    ? undefined
    : receipts.find((each) => each.arrival === arrival && isOfId(each.eventId, eventId));
}

/** What had waited as `early` was applied, or never will be: who asks now hears that. */
export function rejudged(
  state: RouteState,
  waited: readonly PartnerNews[],
  judgement: Omit<JudgedNews, 'eventId' | 'arrival' | 'content'>,
): Pick<RouteState, 'receipts'> {
  const receipts = state.receipts.map((each) =>
    waited.some(({ eventId }) => isOfId(each.eventId, eventId))
      ? {
          eventId: each.eventId,
          ...(each.arrival && { arrival: each.arrival }),
          ...(each.content && { content: each.content }),
          ...judgement,
        }
      : each,
  );
  return { receipts };
}
