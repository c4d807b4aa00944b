/** News that waited in the inbox: at the moment that it is applied, and when nothing is left for it to be applied to. */
import type { PartnerNews } from './news.ts';
import { rejudged } from './receipts.ts';
import type { RouteState } from './route-state.ts';

/** What waited is applied now. */
export function withoutWaiting(state: RouteState, news: PartnerNews, now: string): RouteState {
  const inbox = state.inbox.filter((waiting) => waiting !== news);
  return { ...state, inbox, ...rejudged(state, [news], { receipt: 'applied', at: now }) };
}

/** Nobody will need the answers to some requests any more: they wait no longer, and whoever asks hears why. */
export function withoutAnswers(
  state: RouteState,
  requestIds: readonly string[],
  reason: string,
  now: string,
): Pick<RouteState, 'inbox' | 'receipts'> {
  const isOff = ({ requestId = '' }: PartnerNews) => requestIds.includes(requestId);
  return {
    inbox: state.inbox.filter((news) => !isOff(news)),
    ...rejudged(state, state.inbox.filter(isOff), { receipt: 'late', reason, at: now }),
  };
}
