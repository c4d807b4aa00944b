/** What a partner hears when it asks afterwards how its news was judged. */
import { expect, it } from 'vitest';
import { receiptOf } from '../../api/partner-news.ts';
import { receive } from '../../domain/partner-news.ts';
import { receiptsKept } from '../../domain/receipts.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { aRoute, now } from '../support/a-route.ts';

const concern = (id: number) =>
  ({ eventId: `debt-service:${id}`, party: 'debt-service', kind: 'concern-raised' }) as const;
const told = Array.from({ length: receiptsKept + 1 }, (_, id) => concern(id)).reduce<RouteState>(
  (state, news) => receive(state, news, now).state,
  aRoute(),
);
const asked = (eventId: string) => receiptOf(told, eventId, 'debt-service');

it('of one that is kept: how it was judged', () => {
  expect(asked('1')).toEqual({ eventId: '1', receipt: 'applied', judgedAt: now });
});

it('of an older one: that it was judged and nobody can say how any more, not that it came twice', () => {
  expect(asked('0')).toEqual({ eventId: '0', receipt: 'duplicate', reason: 'judged-outcome-not-kept' });
});

it("of one that never came, or that is another party's: nothing", () => {
  expect(asked('never-sent')).toBeUndefined();
  expect(receiptOf(told, '1', 'civil-registry')).toBeUndefined();
});
