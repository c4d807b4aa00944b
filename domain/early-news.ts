/** News that waited in the inbox, at the moment that it is applied. */
import type { PartnerNews } from './news.ts';
import { rejudged } from './receipts.ts';
import type { RouteState } from './route-state.ts';

/** What waited is applied now. */
export function withoutWaiting(state: RouteState, news: PartnerNews, now: string): RouteState {
  const inbox = state.inbox.filter((waiting) => waiting !== news);
  return { ...state, inbox, ...rejudged(state, [news], { receipt: 'applied', at: now }) };
}
