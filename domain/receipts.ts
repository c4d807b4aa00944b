/** The receipts that a route keeps, so that a partner can ask later how its news was judged. */
import type { PartnerNews } from './news.ts';
import type { JudgedNews, RouteState } from './route-state.ts';

/** How many receipts are kept for a later look by the partner. */
export const receiptsKept = 20;

/** Keeps the receipt of one more piece of news. */
export function kept(state: RouteState, receipt: JudgedNews): Pick<RouteState, 'receipts'> {
  return { receipts: [...state.receipts, receipt].slice(-receiptsKept) };
}

/** What had waited as `early` was applied, or never will be: who asks now hears that. */
export function rejudged(
  state: RouteState,
  waited: readonly PartnerNews[],
  judgement: Omit<JudgedNews, 'eventId'>,
): Pick<RouteState, 'receipts'> {
  const ids = new Set(waited.map(({ eventId }) => eventId));
  const receipts = state.receipts.map((each) =>
    ids.has(each.eventId) ? { eventId: each.eventId, ...judgement } : each,
  );
  return { receipts };
}
