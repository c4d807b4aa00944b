/** A route that goes to another municipality: the sender owns it until the receiver accepts, and nothing starts again. */
import { describe, expect, it } from 'vitest';
import type { Actor, Command, CommandOf } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { nextMoment, passMoments } from '../../domain/moments.ts';
import { receive } from '../../domain/partner-news.ts';
import type { RoutePlace } from '../../domain/place.ts';
import { contentOf } from '../../domain/route-notices.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { settled } from '../../domain/settle.ts';
import { waitingsOf } from '../../domain/standing.ts';
import { accepted, reach } from '../../domain/step-transitions.ts';
import { offeredRoute, transferView } from '../../domain/transfer-view.ts';
import { routeView, waitsView } from '../../domain/view.ts';
import { aPlace, agreement, aRoute, daysLater, endOfDayLater, now, rules } from '../support/a-route.ts';

const note = { jwe: 'reason' };
const sender: Actor = { subject: 'cm-17', role: 'case-manager', municipality: 'GM0153' };
const receiver: Actor = { subject: 'cm-301', role: 'case-manager', municipality: 'GM0363' };
const third: Actor = { subject: 'cm-9', role: 'case-manager', municipality: 'GM0599' };

let given = 0;
const order = (state: RouteState, command: Command, actor = sender, at = now): RouteState => {
  const id = `key-${(given += 1)}`;
  return settled(state, carryOut(state, { id, fingerprint: 'f', actor, command }, at), at);
};
const offer = { kind: 'offer-transfer', to: 'GM0363', day: '2026-11-02', reason: note } as const;
const acceptance: CommandOf<'accept-transfer'> = {
  kind: 'accept-transfer',
  caseManager: 'cm-302',
  rules: { ...rules('nl'), version: '2027-01-01' },
};
const decline = { kind: 'decline-transfer', reason: 'no-capacity', note } as const;
const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as { kind: string }).kind;
  }
  return 'none';
};
const told = (state: RouteState) =>
  state.outbox.flatMap((each) => (each.what === 'route-notice' ? [contentOf(state, each)] : []));

const talking = accepted(reach(aRoute(), 'debt.first-talk', now), 'debt.first-talk', 1, now);
const offered = order(talking, offer);

describe('an offer', () => {
  it('changes nothing of who owns the route, and says on whom it waits, since when and until when', () => {
    expect(offered).toMatchObject({ municipality: 'GM0153', caseManager: 'cm-17', steps: talking.steps });
    const wait = waitsView(offered, 'nl').items.at(-1);
    expect(wait).toMatchObject({
      blocker: 'transfer-offered',
      waitingOn: 'receiving-municipality',
      since: now,
      dueAt: endOfDayLater(28),
      nextMove: 'await-acceptance',
    });
    expect(wait?.sentence).toBe(
      'De overdracht naar een andere gemeente is nog niet aanvaard; wacht op de ontvangende gemeente sinds 2026-11-02 10:00; uiterlijk 2026-11-30 (praktijk [aangenomen])',
    );
    expect(routeView(offered, 'en').transfer).toMatchObject({
      status: 'offered',
      sender: 'GM0153',
      receiver: 'GM0363',
      sentence: 'Transfer to GM0363, from 2026-11-02: offered on 2026-11-02, not answered yet',
    });
  });

  it("is told to the receiver's process director; there is one at a time, and none to oneself", () => {
    expect(told(offered)).toMatchObject([
      { kind: 'transfer-offered', to: 'process-director', recipient: 'GM0363', municipality: 'GM0363' },
    ]);
    expect(refusal(() => order(offered, { ...offer, to: 'GM0599' }))).toBe('transfer-under-way');
    expect(refusal(() => order(talking, { ...offer, to: 'GM0153' }))).toBe('same-municipality');
  });

  it('that nobody answers is told to the sender, first that it nears, then that it has passed; it stands', () => {
    const near = passMoments(offered, daysLater(22));
    expect(told(near).at(-1)).toMatchObject({ kind: 'transfer-due-soon', recipient: 'cm-17' });
    const late = passMoments(near, daysLater(29));
    expect(told(late).map(({ kind }) => kind)).toEqual(['transfer-offered', 'transfer-overdue']);
    expect(waitingsOf(late).at(-1)).toMatchObject({ overdue: true, nextMove: 'ask-after-acceptance' });
    expect(late.transfer?.status).toBeUndefined();
    expect(order(late, acceptance, receiver, daysLater(40)).municipality).toBe('GM0363');
  });

  it('stands still while the route is on hold', () => {
    const held = order(offered, { kind: 'hold', until: daysLater(10), reason: note });
    expect(nextMoment(held)).toBe(daysLater(10));
    expect(passMoments(held, daysLater(10)).transfer?.dueAt).toBe(endOfDayLater(38));
  });

  it('from a later day on is answered by that day, and can be accepted no earlier', () => {
    const ahead = order(talking, { ...offer, day: '2026-12-01' });
    expect(ahead.transfer?.dueAt).toBe(endOfDayLater(29 + 28));
    expect(refusal(() => order(ahead, acceptance, receiver, daysLater(3)))).toBe('transfer-not-yet');
    expect(order(ahead, decline, receiver).transfer?.status).toBe('declined');
    // 00:30 on 1 December in Amsterdam.
    expect(order(ahead, acceptance, receiver, '2026-11-30T23:30:00.000Z').municipality).toBe('GM0363');
  });

  it('is taken back by the sender, and by the end of the route; the receiver hears so', () => {
    const back = order(offered, { kind: 'withdraw-transfer' });
    const over = order(offered, { kind: 'close-early', reason: note });
    for (const state of [back, over]) {
      expect(state.transfer).toMatchObject({ status: 'withdrawn', endedAt: now });
      expect(told(state)).toMatchObject([{ kind: 'transfer-withdrawn', recipient: 'GM0363' }]);
      expect(waitingsOf(state).map(({ blocker }) => blocker)).not.toContain('transfer-offered');
    }
    expect(refusal(() => order(back, acceptance, receiver))).toBe('no-transfer');
    expect(refusal(() => order(back, { kind: 'withdraw-transfer' }))).toBe('no-transfer');
  });
});

describe('an answer', () => {
  it("is the receiver's alone", () => {
    for (const answer of [acceptance, decline]) {
      expect(refusal(() => order(offered, answer, third))).toBe('not-your-route');
      expect(refusal(() => order(offered, answer))).toBe('transfer-not-yours');
    }
    expect(refusal(() => order(offered, { kind: 'go-on' }, receiver))).toBe('not-your-route');
  });

  it('that is no leaves the route where it is; the sender hears why, as a code', () => {
    const declined = order(offered, decline, receiver);
    expect(declined).toMatchObject({ municipality: 'GM0153', caseManager: 'cm-17' });
    expect(transferView(declined, 'nl')).toMatchObject({ status: 'declined', reason: 'no-capacity' });
    expect(told(declined).at(-1)).toMatchObject({ kind: 'transfer-declined', recipient: 'cm-17' });
    expect(order(declined, { ...offer, to: 'GM0599' }).transfer?.to).toBe('GM0599');
  });

  it('that was given comes back the same when it is repeated', () => {
    const envelope = { id: 'once', fingerprint: 'f', actor: receiver, command: decline };
    const declined = carryOut(offered, envelope, now);
    expect(carryOut(declined, envelope, now)).toBe(declined);
    const yes = { ...envelope, id: 'yes', command: acceptance };
    const theirs = carryOut(offered, yes, now);
    expect(carryOut(theirs, yes, now)).toBe(theirs);
  });
});

describe('once it is accepted', () => {
  const theirs = order(offered, acceptance, receiver, daysLater(2));

  it("the route is the receiver's, with its rules for the steps to come; no step starts again, dates stand", () => {
    expect(theirs).toMatchObject({ municipality: 'GM0363', caseManager: 'cm-302' });
    expect(theirs.rules.version).toBe('2027-01-01');
    const { source, ...talk } = theirs.steps['debt.first-talk']!;
    expect(talk).toEqual(talking.steps['debt.first-talk']);
    expect(source?.version).toBe(talking.rules.version);
    expect(theirs.rerun).toBeUndefined();
    const answer = {
      eventId: 'e-1',
      party: 'debt-service' as const,
      kind: 'step-completed' as const,
      requestId: `${theirs.routeId}:debt.first-talk:1`,
    };
    expect(receive(theirs, answer, daysLater(3)).judgement.receipt).toBe('applied');
  });

  it('who owned it hears so, and commands it no longer', () => {
    expect(told(theirs).at(-1)).toMatchObject({
      kind: 'transfer-accepted',
      to: 'case-manager',
      recipient: 'cm-17',
      municipality: 'GM0153',
    });
    expect(refusal(() => order(theirs, { kind: 'go-on' }))).toBe('not-your-route');
    expect(transferView(theirs, 'nl')).toMatchObject({ status: 'accepted', sender: 'GM0153' });
  });

  it('what the person agreed to about the parties of before is asked anew', () => {
    const consent = {
      kind: 'give-consent',
      party: 'support-provider',
      purposes: ['housing-training'],
      givenOn: '2026-11-02',
    } as const;
    const agreed = order({ ...offered, asksConsent: true }, consent);
    const next = order(agreed, acceptance, receiver);
    expect(routeView(next, 'nl').consents.items).toMatchObject([{ status: 'withdrawn' }]);
    expect(next.timeline.at(-1)).toMatchObject({ what: 'consents-lapsed' });
  });
});

describe('in another region', () => {
  const place: RoutePlace = { ...aPlace, until: daysLater(100), grantedAt: now };
  const done = { status: 'done', attempt: 1, since: now, closedAt: now } as const;
  const home = { offerId: 'a', housingForm: 'own-home', status: 'accepted', madeAt: now } as const;
  const inTwente: RouteState = { ...offered, region: 'twente', agreement };
  const granted: RouteState = { ...inTwente, place, steps: { ...offered.steps, 'housing.place': done } };
  const release = { what: 'release', key: `${place.reservationId}:released`, party: 'housing-agreement' };
  const releases = (state: RouteState) => state.outbox.filter(({ what }) => what === 'release');
  const onAcceptance = (state: RouteState, to: object) => offeredRoute(state, to, 'nl')?.onAcceptance;

  it('a place that is no home yet goes back to the region that agreed on it', () => {
    const next = order(granted, acceptance, receiver);
    expect(next.place).toBeUndefined();
    expect(next.agreement).toBeUndefined();
    expect(releases(next)).toEqual([{ ...release, region: 'twente' }]);
    expect(onAcceptance(granted, {})).toMatchObject({ agreement: 'replaced', place: 'given-back' });
  });

  it('and where places are agreed on as well, the route asks there, and keeps since when it waits', () => {
    const elsewhere = { ...agreement, id: 'noord' };
    const next = order(granted, { ...acceptance, region: 'noord', agreement: elsewhere }, receiver);
    expect(next.steps['housing.place']).toMatchObject({ status: 'blocked', attempt: 2, aside: true });
    expect(next.rerun).toBe(true);
  });

  it('a place in the queue is given up; a late grant of it goes back', () => {
    const waiting = accepted(reach(inTwente, 'housing.place', now), 'housing.place', 1, now);
    const next = order(waiting, acceptance, receiver);
    expect(next.steps['housing.place']?.status).toBe('not-asked');
    const noord = { ...acceptance, region: 'noord', agreement: { ...agreement, id: 'noord' } };
    const back = order(order(next, { ...offer, to: 'GM0153' }, receiver), noord);
    expect(back.steps['housing.place']).toMatchObject({ status: 'blocked', attempt: 2, aside: true });
    expect(releases(next)).toMatchObject([
      { key: expect.stringMatching(/housing\.place:1$/), region: 'twente' },
    ]);
    const { grantedAt: _, ...late } = place;
    const news = { eventId: 'p', party: 'housing-agreement', kind: 'place-granted', place: late } as const;
    const { state, judgement } = receive(next, news, now);
    expect(judgement).toEqual({ receipt: 'late', reason: 'superseded' });
    expect(state.place).toBeUndefined();
    expect(releases(state).at(-1)).toEqual({ ...release, region: 'twente' });
  });

  it('the place of a home that was accepted stays, and one that has become a home', () => {
    const chosen = order({ ...granted, offers: [home] }, acceptance, receiver);
    expect(chosen.place).toMatchObject({ region: 'twente' });
    const over = order(chosen, { kind: 'close-early', reason: note }, { ...receiver, subject: 'cm-302' });
    expect(releases(over)).toContainEqual({ ...release, region: 'twente' });
    const lived = order({ ...granted, place: { ...place, realised: true } }, acceptance, receiver);
    expect(lived.place?.realised).toBe(true);
    expect(releases(lived)).toEqual([]);
  });

  it('in the same region nothing of all this changes', () => {
    const next = order(granted, { ...acceptance, region: 'twente', agreement }, receiver);
    expect([next.place, next.agreement, next.region]).toEqual([place, agreement, 'twente']);
    expect(onAcceptance(granted, { region: 'twente', agreement })).toMatchObject({ place: 'stays' });
  });

  const round = {
    nr: 1,
    name: 'home+income',
    askedAt: now,
    answerBy: daysLater(5),
    commitments: [{ party: 'benefits-office' as const, facts: ['income'], keepBy: daysLater(60) }],
  };

  it('a round that is being asked is off; promises that are leaned on stand until their own day', () => {
    const asked = { ...inTwente, rounds: [{ ...round, status: 'asking' as const }] };
    expect(order(asked, acceptance, receiver).rounds).toMatchObject([
      { status: 'released', reason: 'route-moved' },
    ]);
    const leaned = order({ ...inTwente, rounds: [{ ...round, status: 'active' }] }, acceptance, receiver);
    expect(leaned.rounds).toMatchObject([{ status: 'active', commitments: [{ keepBy: daysLater(60) }] }]);
    const income = { ...leaned, steps: { ...leaned.steps, 'income.benefit': done } };
    expect(settled(leaned, income, now).rounds).toMatchObject([{ status: 'kept' }]);
    expect(passMoments(leaned, daysLater(61)).rounds).toMatchObject([{ status: 'broken' }]);
  });

  it('the promise of a home goes on where one is promised as well, and lapses where none is', () => {
    const homePromise = {
      since: now,
      dueAt: daysLater(180),
      rule: 'housing.suitable-home',
      signalAt: daysLater(30),
      signals: 0,
    };
    const promised = { ...inTwente, homePromise };
    const next = order(promised, acceptance, receiver);
    expect(routeView(next, 'nl').homePromise).toMatchObject({ status: 'ended' });
    expect(routeView(next, 'nl').homePromise?.sentence).toMatch(
      /vervallen: de route ging naar een andere regio$/,
    );
    const noord = { ...acceptance, region: 'noord', agreement: { ...agreement, id: 'noord' } };
    const goesOn = order(promised, noord, receiver);
    expect(goesOn.homePromise).toMatchObject(homePromise);
    expect(onAcceptance(promised, {})).toMatchObject({ homePromise: 'lapses' });
    expect(onAcceptance(promised, noord)).toMatchObject({ homePromise: 'goes-on' });
  });
});

it('leaves behind who supporters are that did not say yes themselves', () => {
  const invite = (state: RouteState, supporterId: string) =>
    order(state, {
      kind: 'invite-supporter',
      supporterId,
      relation: 'friend',
      support: ['practical'],
      who: { jwe: supporterId },
    });
  const invited = invite(invite(talking, 'id-001'), 'id-002');
  const change = { status: 'accepted', consent: true } as const;
  const one = order(invited, { kind: 'change-supporter', supporterId: 'id-001', change });
  const theirs = order(order(one, offer), acceptance, receiver);
  expect(theirs.cti?.supporters?.map(({ who }) => who?.jwe)).toEqual(['id-001', undefined]);
  expect(theirs.cti?.supporters?.map(({ is }) => is)).toEqual(one.cti?.supporters?.map(({ is }) => is));
});
