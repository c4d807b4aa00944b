/** Support that its provider ends after the keys: the tenancy stands, and no keys are asked for without other support. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { factsOf, missingFacts } from '../../domain/facts.ts';
import { receive } from '../../domain/partner-news.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { waitingsOf } from '../../domain/standing.ts';
import { accepted, reach } from '../../domain/step-transitions.ts';
import { routeView, timelineView } from '../../domain/view.ts';
import { aRoute, daysLater, now, routeId } from '../support/a-route.ts';

const done = { status: 'done', attempt: 1, since: now, closedAt: now } as const;
const offers = [{ offerId: 'O1', housingForm: 'own-home', madeAt: now, status: 'accepted' as const }];
const withKeys: RouteState = {
  ...aRoute(),
  offers,
  steps: {
    'intake.decision': done,
    'housing.offer': done,
    'housing.offer-answer': done,
    'housing.contract': done,
    'housing.support': done,
    'housing.key-handover': done,
    'cti.transition': { status: 'open', attempt: 1, since: now },
  },
};
const keys = 'housing.key-handover' as const;

const ending = (state: RouteState, nr = 1) =>
  receive(
    state,
    {
      eventId: `ended-${nr}`,
      party: 'support-provider',
      kind: 'commitment-broken',
      requestId: `${routeId}:housing.support:1`,
    },
    daysLater(30),
  );
const ended = ending(withKeys).state;

let serial = 0;
const order = (state: RouteState, command: Command) => {
  const actor = { subject: 'cm-17', role: 'case-manager' as const };
  return carryOut(state, { id: `c-${(serial += 1)}`, fingerprint: 'f', actor, command }, daysLater(40));
};
const reason = { jwe: 'reason' };

describe('support that ends after the keys', () => {
  it('holds no longer, sets nothing back, and is told to the case manager, once', () => {
    expect(factsOf(withKeys)).toContain('support');
    expect(factsOf(ended)).not.toContain('support');
    expect(factsOf(ended)).toContain('home');
    const { 'housing.support': _, ...others } = ended.steps;
    const { 'housing.support': __, ...before } = withKeys.steps;
    expect(others).toEqual(before);
    expect(ended.steps['housing.support']).toMatchObject({ status: 'done', endedAt: daysLater(30) });
    expect(ended.outbox).toMatchObject([{ kind: 'support-ended', to: 'case-manager' }]);
    expect(routeView(ended, 'nl').facts).not.toContain('support');
    expect(timelineView(ended, 'nl').at(-1)).toMatchObject({ what: 'support-ended' });
    const again = ending(ended, 2);
    expect(again.judgement).toEqual({ receipt: 'late', reason: 'not-promised' });
    expect(again.state.outbox).toEqual(ended.outbox);
  });

  it.each<[string, Command]>([
    ['redone', { kind: 'redo', stepId: keys, reason }],
    ['opened again', { kind: 'reopen', track: 'housing', from: keys, reason }],
  ])('keeps keys that are %s from being asked for, until there is other support', (_, command) => {
    const blocked = reach(order(ended, command), keys, daysLater(40));
    expect(blocked.steps[keys]).toMatchObject({ status: 'blocked', attempt: 2 });
    expect(waitingsOf(blocked)).toContainEqual(
      expect.objectContaining({
        stepId: keys,
        blocker: 'no-support',
        waitingOn: 'case-manager',
        nextMove: 'bring-about-fact',
      }),
    );
    const sought = reach(
      order(blocked, { kind: 'redo', stepId: 'housing.support', reason }),
      'housing.support',
      daysLater(40),
    );
    expect(sought.steps['housing.support']).toMatchObject({ status: 'open', attempt: 2 });
    expect(reach(sought, keys, daysLater(41)).steps[keys]?.status).toBe('blocked');
    const asked = accepted(sought, 'housing.support', 2, daysLater(41));
    const other = receive(
      asked,
      {
        eventId: 'other',
        party: 'support-provider',
        kind: 'step-completed',
        requestId: `${routeId}:housing.support:2`,
      },
      daysLater(42),
    ).state;
    expect(missingFacts(other, keys)).toEqual([]);
    expect(reach(other, keys, daysLater(42)).steps[keys]).toMatchObject({ status: 'open', attempt: 2 });
  });

  it('holds on in a run that began before that was known, so that its replay goes the same way; the next one knows', () => {
    const { edition: _, ...old } = withKeys;
    const endedThen = ending(old).state;
    expect(factsOf(endedThen)).toContain('support');
    expect(ending(endedThen, 2).judgement).toEqual({ receipt: 'applied' });
    expect(factsOf({ ...endedThen, edition: 2 })).not.toContain('support');
  });
});
