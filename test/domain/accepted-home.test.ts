/** The home that was accepted: what hangs on it is done anew with the search, also when the corporation takes it back. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { receive } from '../../domain/partner-news.ts';
import type { Offer, RouteState, StepRecord } from '../../domain/route-state.ts';
import { movesOf } from '../../domain/moves.ts';
import { reach } from '../../domain/step-transitions.ts';
import type { StepId } from '../../domain/steps.ts';
import { routeView, timelineView } from '../../domain/view.ts';
import { aRoute, daysLater, now, routeId } from '../support/a-route.ts';

const done = { status: 'done', attempt: 1, since: now, closedAt: now } as const;
const open = { status: 'open', attempt: 1, since: now, sentAt: now } as const;
const home: Offer = {
  offerId: 'O1',
  housingForm: 'own-home',
  lease: 'tripartite',
  madeAt: now,
  status: 'accepted',
};
const reason = { jwe: 'reason' };

/** The home was accepted; how its contract and keys stand. */
function onTheWay(records: Partial<Record<StepId, StepRecord>> = {}): RouteState {
  return {
    ...aRoute(),
    offers: [home],
    steps: {
      'intake.decision': done,
      'income.benefit': done,
      'housing.offer': done,
      'housing.offer-answer': done,
      'housing.contract': done,
      'housing.support': done,
      'housing.key-handover': open,
      ...records,
    },
  };
}
const housed = onTheWay({
  'housing.key-handover': done,
  'housing.lease-trial': { ...open, dueAt: daysLater(365) },
});

let serial = 0;
const order = (state: RouteState, command: Command) => {
  const actor = { subject: 'cm-17', role: 'case-manager' as const };
  return carryOut(state, { id: `c-${(serial += 1)}`, fingerprint: 'f', actor, command }, daysLater(1));
};
const redo = (state: RouteState, stepId: StepId) => order(state, { kind: 'redo', stepId, reason });
const takeBack = (state: RouteState, offerId = 'O1') =>
  receive(
    state,
    {
      eventId: 'off',
      party: 'housing-corporation',
      kind: 'offer-withdrawn',
      offerId,
      reason: 'let-to-another',
    },
    daysLater(1),
  );
const statuses = ({ steps }: RouteState) =>
  Object.fromEntries(
    Object.entries(steps).flatMap(([id, { status, attempt }]) =>
      id.startsWith('housing.') ? [[id.replace('housing.', ''), `${status} ${attempt}`]] : [],
    ),
  );
const keysKey = `${routeId}:housing.key-handover:1`;

describe('a search that is done anew', () => {
  it('asks for a contract and keys of the home that it finds; support is for the person, and stands', () => {
    const state = redo(onTheWay(), 'housing.offer');
    expect(statuses(state)).toEqual({
      offer: 'blocked 2',
      'offer-answer': 'blocked 2',
      contract: 'blocked 2',
      support: 'done 1',
      'key-handover': 'blocked 2',
    });
    expect(state.outbox).toEqual([{ what: 'release', key: keysKey, party: 'housing-corporation' }]);
    expect(state.rerun).toBe(true);
  });

  it('calls off a contract that is still asked for', () => {
    const { 'housing.key-handover': _, ...steps } = onTheWay({ 'housing.contract': open }).steps;
    const state = redo({ ...onTheWay(), steps }, 'housing.offer');
    const key = `${routeId}:housing.contract:1`;
    expect(state.outbox).toEqual([{ what: 'release', key, party: 'housing-corporation' }]);
  });

  it('leaves what waits already as it is: an answer that came early to it still fits', () => {
    const blocked = onTheWay({ 'housing.key-handover': { status: 'blocked', attempt: 3, since: now } });
    expect(statuses(redo(blocked, 'housing.offer'))['key-handover']).toBe('blocked 3');
  });

  it('of which only the answer is given anew asks for a contract and keys as well', () => {
    const state = redo(onTheWay(), 'housing.offer-answer');
    expect(state.offers).toMatchObject([{ offerId: 'O1', status: 'open' }]);
    expect(statuses(state)).toMatchObject({
      offer: 'done 1',
      'offer-answer': 'blocked 2',
      contract: 'blocked 2',
      'key-handover': 'blocked 2',
    });
  });

  it.each(['housing.offer', 'housing.offer-answer'] as const)(
    'after the keys (%s) is for another home: the first was lived in, its move counts and the promise stays kept',
    (stepId) => {
      const dates = {
        since: now,
        dueAt: daysLater(180),
        signalAt: daysLater(30),
        rule: 'housing.suitable-home',
      };
      const state = redo({ ...housed, homePromise: { ...dates, signals: 0, keptAt: now } }, stepId);
      expect(statuses(state)).toMatchObject({
        contract: 'blocked 2',
        support: 'done 1',
        'key-handover': 'blocked 2',
        'lease-trial': 'blocked 2',
      });
      expect(movesOf(state)).toMatchObject({ total: 1, forced: 0 });
      expect(state.homePromise).toMatchObject({ keptAt: now, forGood: true });
    },
  );
});

describe('a home that the corporation takes back after it was accepted', () => {
  it('is off before the keys: what hangs on it is called off, the search goes on, and the case manager is told', () => {
    const { state, judgement } = takeBack(onTheWay());
    expect(judgement).toEqual({ receipt: 'applied' });
    expect(routeView(state, 'nl').offers).toMatchObject([{ status: 'withdrawn', counted: false }]);
    expect(statuses(state)).toEqual({
      offer: 'blocked 2',
      'offer-answer': 'blocked 2',
      contract: 'blocked 2',
      support: 'done 1',
      'key-handover': 'blocked 2',
    });
    expect(state.rerun).toBe(true);
    expect(state.outbox).toEqual([
      {
        what: 'notice',
        key: `${routeId}:housing.offer:1:accepted-offer-withdrawn`,
        kind: 'accepted-offer-withdrawn',
        to: 'case-manager',
        stepId: 'housing.offer',
        dueAt: daysLater(1),
        rule: 'housing.suitable-home',
      },
      { what: 'release', key: keysKey, party: 'housing-corporation' },
    ]);
    expect(timelineView(state, 'nl').at(-1)).toMatchObject({
      what: 'accepted-offer-withdrawn',
      reason: 'let-to-another',
      sentence: 'De woningcorporatie trok de aanvaarde woning in: er wordt opnieuw gezocht',
    });
    expect(reach(state, 'housing.offer', daysLater(1)).steps['housing.offer']).toMatchObject({
      status: 'open',
      attempt: 2,
    });
  });

  it.each<[string, RouteState]>([
    ['after the keys: the tenancy stands', housed],
    ['when another home is sought already', redo(onTheWay(), 'housing.offer')],
    ['when the route ends', order(onTheWay(), { kind: 'close-early', reason })],
  ])('is late %s', (_, state) => {
    const taken = takeBack(state);
    expect(taken.judgement).toEqual({ receipt: 'late', reason: 'offer-not-open' });
    expect(taken.state.steps).toEqual(state.steps);
  });

  it('is late in a run that began before that was known: its replay goes the same way', () => {
    const { edition: _, ...old } = onTheWay();
    expect(takeBack(old).judgement).toEqual({ receipt: 'late', reason: 'offer-not-open' });
  });
});
