/** The place of the housing agreement as its route sees it: granted before it is waited for, over, and given back. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import type { PartnerNews } from '../../domain/news.ts';
import { receive } from '../../domain/partner-news.ts';
import { toldForPlace } from '../../domain/place.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { settled } from '../../domain/settle.ts';
import { ending } from '../../domain/finish-step.ts';
import { shortId } from '../../domain/short-id.ts';
import { reach } from '../../domain/step-transitions.ts';
import { agreement, aRoute, daysLater, now, routeId, aPlace as place } from '../support/a-route.ts';

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

it('goes back at once where the route has its home already; not where another one is asked for', () => {
  const done = { status: 'done', attempt: 1, since: now, closedAt: now } as const;
  const atHome = { ...aRoute({ agreement }), steps: { 'housing.place': done, 'housing.key-handover': done } };
  const { judgement, state } = receive(atHome, granted, now);
  expect(judgement).toEqual({ receipt: 'late', reason: 'step-not-needed' });
  expect([state.place, state.outbox]).toMatchObject([undefined, [{ what: 'release' }]]);
  const held = { ...atHome, place: { ...place, grantedAt: now, realised: true as const } };
  const longer = { ...granted, place: { ...place, until: '2027-01-02T09:00:00.000Z' } };
  const kept = receive(held, longer, now);
  expect([kept.judgement.receipt, kept.state.outbox.some(({ what }) => what === 'release')]).toEqual([
    'applied',
    false,
  ]);
  const asksAgain = { ...atHome, steps: { ...atHome.steps, 'housing.place': { ...done, status: 'open' } } };
  expect(told(asksAgain as RouteState, granted).steps['housing.place']?.status).toBe('done');
});

it('leaves nothing waiting that would close its step a second time', () => {
  const requestId = `${routeId}:housing.place:1`;
  const answer = { eventId: 'early', party: 'housing-agreement', kind: 'step-completed', requestId } as const;
  const waiting = told(aRoute({ agreement }), answer);
  expect(waiting.inbox).toHaveLength(1);
  const reached = reach(told(waiting, granted), 'housing.place', now);
  const { 'housing.place': _, ...steps } = asked.steps;
  const blocked = { status: 'blocked', attempt: 1, since: now } as const;
  const grantedLater = told({ ...waiting, steps: { ...steps, 'housing.place': blocked } }, granted);
  for (const state of [reached, grantedLater]) {
    expect(state.steps['housing.place']?.status).toBe('done');
    expect(state.inbox).toEqual([]);
    expect(state.receipts).toContainEqual(
      expect.objectContaining({ eventId: shortId('early'), receipt: 'late', reason: 'already-answered' }),
    );
  }
});

it.each(['lapsed', 'withdrawn', 'released'])('that is over (%s) is asked for anew', (reason) => {
  const without = told(told(asked, granted), over(reason));
  expect(without.place).toBeUndefined();
  expect(without.steps['housing.place']).toMatchObject({ status: 'blocked', attempt: 2 });
  expect(without.rerun).toBe(true);
  // The ledger keeps what the route has or waits for: nothing is given back by asking again.
  expect(without.outbox).toEqual([]);
});

describe('once a home was accepted', () => {
  const home = { offerId: 'home-7', housingForm: 'own-home', area: 'BU01530204' };
  const held = told(asked, granted);
  const accepted = { ...home, status: 'accepted', madeAt: now, answeredAt: now } as const;
  const kept = settled(held, { ...held, offers: [accepted] }, now);

  it('is kept for as long again, so that it does not lapse before the keys', () => {
    const asks = kept.outbox.filter(({ what }) => what === 'place-kept');
    expect(asks).toMatchObject([{ place: { reservationId: place.reservationId } }]);
    const { offers, ...open } = kept;
    expect(settled(kept, { ...open, offers: [...offers] }, now).outbox).toEqual(kept.outbox);
    const until = '2027-01-01T09:00:00.000Z';
    const longer = told(kept, { ...granted, eventId: 'longer', place: { ...place, until } });
    expect(longer.place).toMatchObject({ until, keptFor: 'home-7' });
    expect(longer.outbox).toEqual(kept.outbox);
  });

  it('counts in the neighbourhood in which the home lies', () => {
    const keys = { status: 'done', attempt: 1, since: now, closedAt: now } as const;
    const done = settled(kept, { ...kept, steps: { ...kept.steps, 'housing.key-handover': keys } }, now);
    expect(done.outbox.find(({ what }) => what === 'place-realised')).toMatchObject({
      place: { reservationId: place.reservationId, neighbourhood: 'BU01530204' },
    });
  });
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

it('is waited for since the first decision, also when it is decided anew', () => {
  let serial = 0;
  const order = (state: RouteState, command: Command, at: string) => {
    const actor = { subject: 'cm-17', role: 'case-manager' as const };
    return carryOut(state, { id: `c-${(serial += 1)}`, fingerprint: 'f', actor, command }, at);
  };
  const reason = { jwe: 'reason' };
  const decide = { kind: 'decide', decision: { granted: true, reason } } as const;
  const redo = { kind: 'redo', stepId: 'intake.decision', reason } as const;
  const decided = order(reach(aRoute({ region: 'twente' }), 'intake.decision', now), decide, daysLater(2));
  const undecided = order(decided, redo, daysLater(60));
  const anew = order(reach(undecided, 'intake.decision', daysLater(60)), decide, daysLater(61));
  for (const state of [decided, undecided, anew])
    expect(toldForPlace(state)).toEqual({ region: 'twente', waitingSince: daysLater(2) });
  // Of a route of before that day was kept, the latest decision is known.
  const { decidedAt: _, ...old } = anew;
  expect(toldForPlace(old)).toMatchObject({ waitingSince: daysLater(61) });
});
