import { expect, it } from 'vitest';
import type { PartnerNews } from '../../domain/news.ts';
import { receive } from '../../domain/partner-news.ts';
import { aRoute } from '../support/a-route.ts';

const now = '2026-11-02T09:00:00.000Z';
const concern = (more: Partial<PartnerNews> = {}): PartnerNews => ({
  eventId: 'housing-corporation:ev-1',
  party: 'housing-corporation',
  kind: 'concern-raised',
  reason: 'nuisance',
  ...more,
});

it('an event that says something else under an id that was heard is told so; a repeated one is not', () => {
  const { state } = receive(aRoute(), concern({ content: 'aaaaaaaa' }), now);
  const second = (more: Partial<PartnerNews>) => receive(state, concern(more), now);
  expect(second({ content: 'aaaaaaaa' }).judgement).toEqual({ receipt: 'duplicate' });
  const other = second({ content: 'bbbbbbbb' });
  expect(other).toEqual({ state, judgement: { receipt: 'duplicate', reason: 'other-content' } });
  expect(second({}).judgement).toEqual({ receipt: 'duplicate' }); // by who tells no fingerprint
});
