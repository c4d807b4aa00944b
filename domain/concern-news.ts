/** A concern as a partner raises it. */
import { isConcernKind } from './concern-rules.ts';
import type { PartnerNews } from './news.ts';
import { raised } from './raise-concern.ts';
import { changed, type RouteState } from './route-state.ts';
import { shortId } from './short-id.ts';

/** Weighs it. A kind that nobody has heard of is written down, as is every concern of a route without rules for them. */
export function concernRaised(state: RouteState, news: PartnerNews, now: string): RouteState {
  const { party, reason, note, eventId } = news;
  const entry = { what: 'concern-raised', by: party, ...(note && { note }) };
  if (!reason || !isConcernKind(reason))
    return changed(state, now, { ...entry, ...(reason && { reason }) }, {});
  const from = party === 'housing-agreement' ? 'other' : party;
  return raised(state, { concernId: shortId(eventId), kind: reason, from, entry }, now);
}
