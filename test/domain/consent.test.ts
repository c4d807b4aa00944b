/** Consent per party and purpose: what rests on it is not told without, and what has not been sent yet is not sent. */
import { describe, expect, it } from 'vitest';
import type { ConsentPurpose } from '../../contracts/consent.ts';
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { toldOfOffers } from '../../domain/offer-request.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { accepted, reach } from '../../domain/step-transitions.ts';
import { timelineView, routeView, waitsView } from '../../domain/view.ts';
import { aRoute, daysLater, endOfDayLater, now, routeId } from '../support/a-route.ts';

let given = 0;
const order = (state: RouteState, command: Command, at = now): RouteState => {
  const actor = { subject: 'cm-17', role: 'case-manager' } as const;
  return carryOut(state, { id: `key-${(given += 1)}`, fingerprint: 'f', actor, command }, at);
};
type Given = 'support-provider' | 'housing-corporation' | 'neighbours';
const agreed = (state: RouteState, party: Given, ...purposes: ConsentPurpose[]): RouteState =>
  order(state, { kind: 'give-consent', party, purposes, givenOn: '2026-11-01' });
const withdrawn = (state: RouteState, party: Given, at = now): RouteState =>
  order(state, { kind: 'withdraw-consent', party }, at);
const trained = (state: RouteState) => order(state, { kind: 'begin-training', skills: ['handling-money'] });
const asking = (known: object = {}) => aRoute({ asksConsent: true, ...known });
const training = 'housing.training';
const offer = 'housing.offer';

describe('a step that makes no sense without consent', () => {
  const waiting = trained(asking());

  it('waits for it, on whom speaks with the person', () => {
    expect(waiting.steps[training]).toMatchObject({ status: 'blocked', attempt: 1 });
    const [wait] = waitsView(waiting, 'nl').items;
    expect(wait).toMatchObject({ stepId: training, blocker: 'no-consent', waitingOn: 'case-manager' });
    expect(wait!.sentence).toContain('Woontraining: de persoon gaf geen toestemming');
    expect(wait!.nextMoveSentence).toBe('de persoon om toestemming vragen en die vastleggen');
    expect(reach(waiting, training, now)).toBe(waiting);
  });

  it('goes on when consent comes, for that purpose and party', () => {
    const other = agreed(agreed(waiting, 'support-provider', 'progress'), 'neighbours', 'landing-plan');
    expect(reach(other, training, now).steps[training]!.status).toBe('blocked');
    const consented = agreed(other, 'support-provider', 'progress', 'housing-training');
    expect(reach(consented, training, now).steps[training]).toMatchObject({ status: 'open', attempt: 1 });
  });

  it('is asked at once where consent came first', () => {
    expect(trained(agreed(asking(), 'support-provider', 'housing-training')).steps[training]!.status).toBe(
      'open',
    );
  });

  it('that no partner has taken yet is called off with the consent, and its reminders with it', () => {
    const open = trained(agreed(asking(), 'support-provider', 'housing-training'));
    const notice = { what: 'notice', key: 'k', kind: 'reminder', to: 'support-provider' } as const;
    const outbox = [{ ...notice, stepId: training, dueAt: now, rule: training } as const];
    const off = withdrawn({ ...open, outbox }, 'support-provider');
    expect(off.steps[training]).toMatchObject({ status: 'blocked', attempt: 2 });
    expect(off.outbox).toEqual([
      { what: 'release', key: `${routeId}:${training}:1`, party: 'support-provider' },
    ]);
    const again = agreed(reach(off, training, now), 'support-provider', 'housing-training');
    expect(reach(again, training, now).steps[training]).toMatchObject({ status: 'open', attempt: 2 });
  });

  it('is also called off when less is agreed to than before', () => {
    const open = trained(agreed(asking(), 'support-provider', 'housing-training'));
    expect(agreed(open, 'support-provider', 'progress').steps[training]!.status).toBe('blocked');
  });

  it('that its partner has already stays with that partner, and is not asked again', () => {
    const open = trained(agreed(asking(), 'support-provider', 'housing-training'));
    const off = withdrawn(accepted(open, training, 1, now), 'support-provider');
    expect(off.steps[training]).toMatchObject({ status: 'open', attempt: 1, sentAt: now });
    const redone = order(off, { kind: 'redo', stepId: training, reason: { jwe: 'r' } });
    expect(redone.steps[training]).toMatchObject({ status: 'blocked', attempt: 2 });
  });
});

describe('the areas that the person named', () => {
  const areas = ['7511', 'BU01530101'];
  const searching = (known: object = { asksConsent: true }): RouteState => {
    const named = order(aRoute(known), { kind: 'exclude-areas', areas });
    const done = { status: 'done', attempt: 1, since: now, closedAt: now } as const;
    return reach({ ...named, steps: { ...named.steps, 'income.benefit': done } }, offer, now);
  };
  const told = (state: RouteState) => toldOfOffers(state, offer).excludedAreas;

  it('are left out of the search without consent, and told with it', () => {
    expect(searching().steps[offer]!.status).toBe('open');
    expect(told(searching())).toBeUndefined();
    expect(told(agreed(searching(), 'housing-corporation', 'progress'))).toBeUndefined();
    expect(told(agreed(searching(), 'housing-corporation', 'safe-search'))).toEqual(areas);
  });

  it('still keep homes there from being put to the person; of such a home the corporation knows', () => {
    const home = { offerId: 'a', housingForm: 'own-home', area: '7511 AB', byRule: true as const };
    const offers = [{ ...home, status: 'refused' as const, refusal: 'unsafe' as const, madeAt: now }];
    expect(told({ ...searching(), offers, unsafeAreas: ['7523'] })).toEqual(['7523', '7511']);
    expect(routeView(searching(), 'nl').excludedAreas).toEqual(areas);
  });

  it('are not sent any more once consent is withdrawn: the search is asked anew without, within its term', () => {
    const open = agreed(searching(), 'housing-corporation', 'safe-search');
    const off = withdrawn(open, 'housing-corporation', daysLater(3));
    expect(told(off)).toBeUndefined();
    expect(off.steps[offer]).toEqual({ ...open.steps[offer], attempt: 2 });
    expect(off.outbox).toMatchObject([{ what: 'release', key: `${routeId}:${offer}:1` }]);
    const sent = withdrawn(accepted(open, offer, 1, now), 'housing-corporation');
    expect(sent.steps[offer]).toMatchObject({ attempt: 1, sentAt: now });
  });

  it('of a route that began before consent was asked for are told as before, until the person objects', () => {
    expect(told(searching({}))).toEqual(areas);
    expect(trained(searching({})).steps[training]!.status).toBe('open');
    const objecting = withdrawn(searching({}), 'housing-corporation');
    expect(told(objecting)).toBeUndefined();
    expect(trained(objecting).steps[training]!.status).toBe('open');
  });
});

it('statutory tasks ask for no consent', () => {
  const identified = order(asking(), { kind: 'identify', person: { jwe: 'person' } });
  for (const stepId of ['intake.registry-check', 'intake.debt-screening', 'intake.skills'] as const)
    expect(reach(identified, stepId, now).steps[stepId]).toMatchObject({ status: 'open' });
  expect(routeView(identified, 'nl').blockers).not.toContain('no-consent');
});

it('what the person agreed to is shown with the day and who recorded it, also that it was withdrawn', () => {
  const both = order(agreed(asking(), 'neighbours', 'landing-plan', 'support-network'), {
    kind: 'give-consent',
    party: 'housing-corporation',
    purposes: ['safe-search'],
    givenOn: '2026-10-30',
    recordedBy: 'cm-21',
  });
  const left = withdrawn(both, 'neighbours', endOfDayLater(1));
  expect(routeView(left, 'nl').consents).toEqual({
    asked: true,
    items: [
      {
        party: 'neighbours',
        status: 'withdrawn',
        purposes: [],
        date: '2026-11-03',
        recordedBy: 'cm-17',
        was: {
          givenOn: '2026-11-01',
          purposes: ['landing-plan', 'support-network'],
          recordedBy: 'cm-17',
        },
      },
      {
        party: 'housing-corporation',
        status: 'given',
        purposes: ['safe-search'],
        date: '2026-10-30',
        recordedBy: 'cm-21',
      },
    ],
  });
  expect(timelineView(left, 'nl').map(({ sentence }) => sentence)).toEqual([
    'Route gestart',
    'Toestemming om te delen met de buren',
    'Toestemming om te delen met de woningcorporatie',
    'Toestemming ingetrokken om te delen met de buren',
  ]);
  expect(() => withdrawn(left, 'neighbours')).toThrow('no consent');
  expect(timelineView(left, 'nl').at(-1)).toMatchObject({
    what: 'consent-withdrawn',
    consent: { purposes: ['landing-plan', 'support-network'], givenOn: '2026-11-01' },
  });
  expect(() => withdrawn(asking(), 'neighbours')).toThrow('no consent');
});
