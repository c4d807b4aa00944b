/** The place of the housing agreement as its route sees it: granted before it is waited for, over, and given back. */
import { expect, it } from 'vitest';
import type { PartnerNews } from '../../domain/news.ts';
import { receive } from '../../domain/partner-news.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { settled } from '../../domain/settle.ts';
import { ending } from '../../domain/finish-step.ts';
import { reach } from '../../domain/step-transitions.ts';
import { agreement, aRoute, now } from '../support/a-route.ts';

const place = {
  region: 'twente',
  year: 2026,
  reservationId: '4f1c2a10-7a35-8f57-9a55-000000000001',
  corporation: 'de-woonplaats',
  municipality: 'GM0153',
  housingForm: 'own-home',
  until: '2026-12-02T09:00:00.000Z',
};
const granted: PartnerNews = { eventId: 'granted', party: 'housing-agreement', kind: 'place-granted', place };
const over = (reason: string): PartnerNews => {
  const { reservationId, until } = place;
  return {
    eventId: reason,
    party: 'housing-agreement',
    kind: 'place-ended',
    ended: { reservationId, until },
    reason,
  };
};
const told = (state: RouteState, news: PartnerNews) => settled(state, receive(state, news, now).state, now);
const asked = reach(aRoute({ agreement }), 'housing.place', now);

it('that was granted before its step was reached is there when it is', () => {
  const early = told(aRoute({ agreement }), granted);
  expect(reach(early, 'housing.place', now).steps['housing.place']?.status).toBe('done');
});

it('closes the step that waits for it, once', () => {
  const held = told(asked, granted);
  expect([held.steps['housing.place']?.status, held.place?.corporation]).toEqual(['done', 'de-woonplaats']);
  const again = receive(held, { ...granted, eventId: 'again' }, now);
  expect(again.judgement).toEqual({ receipt: 'late', reason: 'already-answered' });
});

it.each(['lapsed', 'withdrawn', 'released'])('that is over (%s) is asked for anew', (reason) => {
  const without = told(told(asked, granted), over(reason));
  expect(without.place).toBeUndefined();
  expect(without.steps['housing.place']).toMatchObject({ status: 'blocked', attempt: 2 });
  expect(without.rerun).toBe(true);
  // The ledger keeps what the route has or waits for: nothing is given back by asking again.
  expect(without.outbox).toEqual([]);
});

it('is given back when the route ends without a home', () => {
  const held = told(asked, granted);
  const ended = settled(held, ending(held, 'closed-early', { by: 'cm-17' }, now), now);
  expect(ended.place).toBeUndefined();
  expect(ended.outbox).toContainEqual({
    what: 'release',
    key: `${place.reservationId}:released`,
    party: 'housing-agreement',
  });
});
