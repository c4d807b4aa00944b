/** A fact that the region's agreement adds to those of the process: it is wanted, named, promised and brought about. */
import { describe, expect, it } from 'vitest';
import { carried } from '../../domain/agreement.ts';
import { receive } from '../../domain/partner-news.ts';
import { requestIdOf } from '../../domain/request-id.ts';
import { commitmentIdOf, promisedFacts } from '../../domain/round.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { settled } from '../../domain/settle.ts';
import { reach, withoutTrack } from '../../domain/step-transitions.ts';
import { routeView, timelineView } from '../../domain/view.ts';
import { CooperationAgreement } from '../../contracts/cooperation-agreement.ts';
import demoRegion from '../../rules/cooperation-agreements/demo-region.json' with { type: 'json' };
import { aRoute, now, routeId } from '../support/a-route.ts';

const parties = [
  {
    party: 'benefits-office',
    expects: [{ step: 'income.benefit', facts: ['bank-account'], basis: 'example' }],
    promises: [{ fact: 'income', within: 'P4W' }],
  },
  {
    party: 'debt-service',
    expects: [{ step: 'debt.stabilisation', facts: ['income'], basis: 'example' }],
    promises: [{ fact: 'bank-account', within: 'P4W' }],
  },
];
const title = { nl: 'een basisbankrekening', en: 'a basic bank account' };
const facts = [{ fact: 'bank-account', title, yieldedBy: ['debt.stabilisation'] }];
const agreement = carried(CooperationAgreement.parse({ ...demoRegion, facts, parties }));

const moved = (state: RouteState, act: (state: RouteState) => RouteState) => settled(state, act(state), now);
const blocked = moved({ ...aRoute(), agreement }, (state) => reach(state, 'income.benefit', now));
const deadlocked = moved(blocked, (state) => reach(state, 'debt.stabilisation', now));

it('who has no debts does not wait for an arrangement of them, where the agreement wants one before a home', () => {
  const ofRegion = carried(CooperationAgreement.parse(demoRegion));
  const wanting = (state: RouteState) =>
    routeView(
      moved({ ...state, agreement: ofRegion }, (each) => reach(each, 'housing.offer', now)),
      'nl',
    ).waits.filter(({ blocker }) => blocker === 'debts-without-arrangement');
  expect(wanting(aRoute()).length).toBe(1);
  expect(wanting(withoutTrack(aRoute(), 'debt', now))).toEqual([]);
});

describe('a fact of the agreement itself', () => {
  it('is what a step waits for, by its name and with the party that brings it about', () => {
    expect(routeView(blocked, 'nl').waits).toMatchObject([
      {
        blocker: 'no-agreed-fact',
        waitingOn: 'debt-service',
        sentence: expect.stringContaining('een afgesproken voorwaarde ontbreekt (een basisbankrekening)'),
      },
    ]);
  });

  it('can be what parties wait for each other about', () => {
    const { deadlock } = routeView(deadlocked, 'en');
    expect(deadlock).toMatchObject({ name: 'bank-account+income' });
    expect(deadlock?.sentence).toContain('the benefits office wants a basic bank account first');
    expect(timelineView(deadlocked, 'nl').map(({ sentence }) => sentence)).toContain(
      'Impasse gevonden: een basisbankrekening en een inkomen',
    );
  });

  it('holds as a promise once all have promised, and lets the steps begin', () => {
    let state = deadlocked;
    for (const party of ['benefits-office', 'debt-service'] as const)
      state = moved(state, (each) => {
        const requestId = commitmentIdOf(routeId, party, 1);
        const news = { eventId: party, party, kind: 'commitment-given', requestId } as const;
        return receive(each, news, now).state;
      });
    expect(promisedFacts(state)).toContain('bank-account');
    expect(moved(state, (each) => reach(each, 'income.benefit', now)).steps['income.benefit']?.status).toBe(
      'open',
    );
  });

  it('holds when its step is done', () => {
    const open = moved(
      { ...aRoute(), agreement: { ...agreement, needs: { 'debt.stabilisation': [] } } },
      (state) => reach(state, 'debt.stabilisation', now),
    );
    const requestId = requestIdOf(routeId, 'debt.stabilisation', 1);
    const news = { eventId: 'e1', party: 'debt-service', kind: 'step-completed', requestId } as const;
    expect(routeView(receive(open, news, now).state, 'nl').facts).toContain('bank-account');
  });
});
