import { describe, expect, it } from 'vitest';
import { EDITION } from '../../../domain/edition.ts';
import { settled } from '../../../domain/housing-agreement/granting.ts';
import { carryOutInLedger, type AgreementCommand } from '../../../domain/housing-agreement/commands.ts';
import { lapse, nextLapse } from '../../../domain/housing-agreement/reservations.ts';
import { agreementDetails } from '../../../domain/housing-agreement/texts.ts';
import { agreementView, queueView, utilisation } from '../../../domain/housing-agreement/views.ts';
import {
  carriedOverAtMost,
  type AgreementState,
  type CarryOver,
} from '../../../domain/housing-agreement/state.ts';
import { delivered, toBeTold } from '../../../domain/housing-agreement/telling.ts';
import {
  byHand,
  after,
  aLedger,
  aLine,
  asks,
  daysLater,
  give,
  holders,
  now,
  routeOf,
  uuid,
  waiting,
} from './support.ts';

const release = (n: number) => ({ kind: 'release', reservationId: uuid(n) }) as const;
const confirm = (n: number, neighbourhood?: string) =>
  ({ kind: 'confirm', reservationId: uuid(n), ...(neighbourhood && { neighbourhood }) }) as const;
const closeAlone = { kind: 'close', carryOver: { places: false, queue: false } } as const;
const withdraw = (n: number, placeStays: boolean) =>
  ({ kind: 'withdraw', reservationId: uuid(n), placeStays }) as const;

describe('a place', () => {
  it('is reserved while there is one, and waited for when there is none', () => {
    const state = after(aLedger([aLine(2)]), asks(1), asks(2), asks(3));
    expect([holders(state), waiting(state)]).toEqual([[1, 2], [3]]);
    expect(give(state, asks(3)).answer).toMatchObject({ isNew: false, reservation: { status: 'queued' } });
  });

  it('that is released goes at once to the next; both are told', () => {
    const state = after(aLedger([aLine(1)]), asks(1), asks(2), asks(3), release(1));
    expect([holders(state), waiting(state)]).toEqual([[2], [3]]);
    expect(state.outbox).toMatchObject([
      { what: 'place-ended', reason: 'released', routeId: routeOf(1), until: daysLater(30) },
      { what: 'place-granted', key: 'twente/2027:2', routeId: routeOf(2), until: daysLater(30) },
    ]);
  });

  it('that somebody reserves by hand is told to its route, which did not ask; not by runs of before', () => {
    const reserved = after(aLedger([aLine(1)]), byHand(1));
    expect(reserved.outbox).toMatchObject([{ what: 'place-granted', routeId: routeOf(1) }]);
    expect(after(aLedger([aLine(1)]), asks(1)).outbox).toEqual([]);
    expect(after({ ...aLedger([aLine(1)]), edition: 6 }, byHand(1)).outbox).toEqual([]);
  });

  it('is not reserved by hand while the ledger is behind with telling; a route that asks is answered', () => {
    const numbers = Array.from({ length: 200 }, (_, n) => byHand(n));
    const behind = after(aLedger([aLine(300)]), ...numbers);
    expect(give(behind, byHand(201)).answer).toMatchObject({ kind: 'behind-with-telling' });
    expect(give(behind, asks(201)).answer).toMatchObject({ reservation: { status: 'reserved' } });
    const [first] = behind.outbox;
    expect(give(delivered(behind, first!.key), byHand(201)).answer).toMatchObject({ outcome: 'done' });
  });

  it('that is over is told after it was granted, and another one after that: never side by side', () => {
    const state = after(aLedger([aLine(1)]), asks(1), asks(2), release(1), withdraw(2, true), asks(3));
    const [own, granted, over, again] = state.outbox.map(({ key }) => key) as [
      string,
      string,
      string,
      string,
    ];
    expect(state.outbox.slice(1)).toMatchObject(
      ['place-granted', 'place-ended', 'place-granted'].map((what) => ({ what, routeId: routeOf(2) })),
    );
    const next = (of: AgreementState, ...onTheirWay: string[]) =>
      toBeTold(of, new Set(onTheirWay)).map(({ key }) => key);
    expect([next(state), next(state, own), next(state, own, granted)]).toEqual([
      [own, granted],
      [granted],
      [],
    ]);
    expect(next(delivered(state, granted), own)).toEqual([over]);
    expect(next(delivered(delivered(state, granted), over))).toEqual([own, again]);
    const { edition: _, ...before } = state;
    expect(next(before, own)).toEqual([granted, over, again]);
  });

  it('that its own route gives back is over without a word', () => {
    const state = after(aLedger([aLine(1)]), asks(1), { kind: 'release-of-route', routeId: routeOf(1) });
    expect([holders(state), state.outbox]).toEqual([[], []]);
  });

  it('is kept for as long again when its home was accepted', () => {
    const state = after(aLedger([aLine(1)]), asks(1));
    const [before] = state.reservations;
    const { answer, state: kept } = give(
      state,
      { kind: 'keep', reservationId: uuid(1) },
      { at: daysLater(20) },
    );
    expect(kept.reservations[0]!.until > before!.until).toBe(true);
    expect(answer).toMatchObject({ outcome: 'done', reservation: { until: kept.reservations[0]!.until } });
    expect(holders(lapse(kept, before!.until))).toEqual([1]);
    expect(give(kept, { kind: 'keep', reservationId: uuid(2) }).answer).toMatchObject({ outcome: 'refused' });
  });

  it('lapses when its term passes, and not when it has become a home', () => {
    const state = after(aLedger([aLine(2)]), asks(1, { until: daysLater(3) }), asks(2), asks(3), confirm(2));
    expect(nextLapse(state)).toBe(daysLater(3));
    expect(lapse(state, daysLater(2))).toBe(state);
    const later = lapse(state, daysLater(3));
    expect([holders(later), nextLapse(later)]).toEqual([[2, 3], daysLater(33)]);
    expect(holders(lapse(later, daysLater(400)))).toEqual([2]);
    expect(give(later, confirm(1)).answer).toMatchObject({ kind: 'reservation-ended' });
    expect(give(later, release(2)).answer).toMatchObject({ kind: 'already-realised' });
  });

  it.each([
    ['in the past', daysLater(-1)],
    ['of more than a year', daysLater(400)],
  ])('is not reserved for a term %s', (_, until) => {
    expect(give(aLedger([aLine(1)]), asks(1, { until })).answer).toMatchObject({ kind: 'term-not-valid' });
  });

  it('is not reserved for somebody who waits since tomorrow', () => {
    const { answer } = give(aLedger([aLine(1)]), asks(1, { waitingSince: daysLater(1) }));
    expect(answer).toMatchObject({ kind: 'waiting-since-not-valid' });
  });

  it('goes to whom it suits, and a scarce one is left for whom nothing else suits', () => {
    const lines = [aLine(1), aLine(2, { corporation: 'domijn' })];
    const domijn = { wishes: { corporations: ['domijn'] } };
    const state = after(aLedger(lines), asks(1), asks(2, domijn), asks(3, domijn));
    expect(holders(state)).toEqual([1, 2]);
    expect(give(state, asks(4, { wishes: { municipalities: ['GM0153'] } })).answer).toMatchObject({
      reservation: { status: 'reserved', place: { corporation: 'de-woonplaats' } },
    });
    const released = after(state, asks(4), release(4));
    expect([holders(released), waiting(released)]).toEqual([[1, 2], [3]]);
  });

  it('that a corporation takes back leaves its holder waiting before all who came later', () => {
    const full = after(aLedger([aLine(2)]), asks(1), asks(2), asks(3), asks(4));
    const gone = after(full, withdraw(1, false));
    expect([holders(gone), waiting(gone)]).toEqual([[2], [1, 3, 4]]);
    expect(utilisation(gone)).toMatchObject({ agreed: 2, withdrawn: 1, reserved: 1, free: 0, queued: 3 });
    expect(holders(after(gone, release(2)))).toEqual([1]);
    const homeOff = after(full, withdraw(1, true));
    expect([holders(homeOff), waiting(homeOff)]).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('belongs to the municipality of its route: to another there is no such reservation', () => {
    const state = after(aLedger([aLine(1)]), asks(1));
    const of = (municipality: string) => {
      const actor = { subject: 'cm-9', municipality };
      return carryOutInLedger(state, { id: 'c', fingerprint: 'f', actor, command: release(1) }, now).answer;
    };
    expect(of('GM0141')).toMatchObject({ kind: 'reservation-unknown' });
    expect(of('GM0153')).toMatchObject({ outcome: 'done' });
  });
});

describe('the queue', () => {
  const lines = [aLine(0, { places: 0 })];
  it('has urgency in law first, then waiting time, then order of arrival, and says so', () => {
    const state = after(
      aLedger(lines),
      asks(1, { waitingSince: daysLater(-5) }),
      asks(2, { waitingSince: daysLater(-90) }),
      asks(3, { waitingSince: daysLater(-1), urgentByLaw: true }),
      asks(4, { waitingSince: daysLater(-5) }),
    );
    expect(waiting(state)).toEqual([3, 2, 1, 4]);
    const { items } = queueView(state, 'en');
    expect(items.map(({ reason }) => reason)).toEqual([
      'first',
      'urgency-in-law',
      'waiting-time',
      'order-of-arrival',
    ]);
    expect(items.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
    expect(items[1]!.sentence).toBe('Who stands in front is urgent by law (Huisvestingswet art. 12(3)).');
    expect(items[0]!.heldBack).toBe('nothing-agreed');
    expect(queueView(state, 'nl').items[0]!.sentence).toMatch(/^Eerste: urgent volgens de wet/);
  });

  it('is bounded: one more is refused by name, who is there already is not', () => {
    let state = aLedger(lines);
    for (let n = 1; n <= 500; n += 1) state = give(state, asks(n)).state;
    expect(give(state, asks(501)).answer).toMatchObject({ kind: 'queue-full', particulars: { queued: 500 } });
    expect(give(state, asks(7)).answer).toMatchObject({ outcome: 'done' });
  });
});

describe('the spread', () => {
  const here = 'BU01530101';
  const there = 'BU01530204';
  const within = (...neighbourhoods: string[]) => ({ wishes: { neighbourhoods } });
  it('holds back who wants no other neighbourhood, says so, and lets others by', () => {
    const ledger = aLedger([aLine(5)], [{ neighbourhood: here, maximumShare: 0.39 }]);
    const state = after(ledger, asks(1, within(here)), asks(2, within(here, there)), asks(3, within(here)));
    expect([holders(state), waiting(state)]).toEqual([[1, 2], [3]]);
    expect(state.reservations.map(({ place }) => place.neighbourhood)).toEqual([here, there]);
    expect(queueView(state, 'nl').items).toMatchObject([
      {
        heldBack: 'spread-reached',
        heldBackSentence:
          'Er zijn plekken vrij, maar buurt BU01530101 heeft er al 1, het afgesproken maximum voor de spreiding.',
      },
    ]);
    expect(holders(after(state, asks(4)))).toEqual([1, 2, 4]);
    expect(holders(after(state, confirm(1, there)))).toEqual([1, 2, 3]); // the home is elsewhere: there is room
    expect(give(state, confirm(2, here)).answer).toMatchObject({
      kind: 'spread-reached',
      particulars: { neighbourhood: here, maximum: 1 },
    });
    // The keys of a home that a route brought were handed over: it counts where it stands.
    const stands = after(state, { ...confirm(2, here), asItIs: true });
    expect(utilisation(stands).byNeighbourhood).toMatchObject([
      { neighbourhood: here, reserved: 1, realised: 1 },
    ]);
  });

  it('is a share of whole places, without the faults of binary numbers', () => {
    const ledger = aLedger([aLine(100)], [{ neighbourhood: here, maximumShare: 0.29 }]);
    expect(utilisation(ledger).byNeighbourhood).toEqual([
      { neighbourhood: here, maximum: 29, reserved: 0, realised: 0 },
    ]);
  });
});

describe('the agreement', () => {
  const terms = (places: number) => ({ agreed: [aLine(places)], spread: [], reservationDays: 30 });
  const amend = (places: number, version = 1) => ({ kind: 'amend', terms: terms(places), version }) as const;
  it('is amended, and places that are added go to who waits', () => {
    const state = after(aLedger([aLine(1)]), asks(1), asks(2), asks(3), amend(2));
    expect([holders(state), waiting(state), state.version]).toEqual([[1, 2], [3], 2]);
  });

  it('never goes below what is taken: the refusal names the number', () => {
    const state = after(aLedger([aLine(3)]), asks(1), asks(2), confirm(2));
    expect(give(state, amend(1)).answer).toMatchObject({
      kind: 'below-taken',
      particulars: { corporation: 'de-woonplaats', municipality: 'GM0153', atLeast: 2, taken: 2 },
    });
    expect(give(state, amend(2)).answer).toMatchObject({ outcome: 'done', version: 2 });
  });

  it('may follow what the corporation took back: that counts once', () => {
    const gone = after(aLedger([aLine(1)]), asks(1), withdraw(1, false));
    const other = {
      kind: 'amend',
      version: 1,
      terms: { ...terms(0), agreed: [aLine(1, { corporation: 'domijn' })] },
    };
    const followed = after(gone, other as AgreementCommand); // the line is gone
    expect(utilisation(followed)).toMatchObject({ agreed: 1, withdrawn: 0, reserved: 1, free: 0 });

    const many = after(
      aLedger([aLine(10)]),
      asks(1),
      asks(2),
      asks(3),
      withdraw(1, false),
      withdraw(1, false),
      asks(4),
    );
    expect(utilisation(many)).toMatchObject({ agreed: 10, withdrawn: 2, reserved: 4, free: 4 });
    expect(utilisation(after(many, amend(9)))).toMatchObject({ agreed: 9, withdrawn: 1, free: 4 });
    expect(utilisation(after(many, amend(7)))).toMatchObject({ agreed: 7, withdrawn: 0, free: 3 });
    expect(utilisation(after(many, amend(12)))).toMatchObject({ agreed: 12, withdrawn: 2, free: 6 });
    const { answer } = give(many, amend(3));
    expect(answer).toMatchObject({ kind: 'below-taken', particulars: { agreed: 3, atLeast: 4, taken: 4 } });
    expect(utilisation(after(many, amend(4)))).toMatchObject({ free: 0 });
    const { edition: _, ...before } = many;
    expect(utilisation(after(before, amend(9)))).toMatchObject({ agreed: 9, withdrawn: 2, free: 3 });
  });

  it('is not amended by who has not seen its latest version; the same terms again change nothing', () => {
    const state = after(aLedger([aLine(3)]), amend(4));
    expect(give(state, amend(5)).answer).toMatchObject({ kind: 'agreement-changed' });
    expect(give(state, amend(4)).answer).toMatchObject({ isNew: false, version: 2 });
  });

  it('that is closed takes nobody in, and carries free places and the queue over', () => {
    const other = aLine(2, { housingForm: 'training-home' });
    const wish = { wishes: { housingForms: ['own-home'] } };
    const old = after(
      aLedger([aLine(1), other]),
      asks(1, wish),
      asks(2, { ...wish, waitingSince: daysLater(-9) }),
    );
    const closed = after(old, { kind: 'close', carryOver: { places: true, queue: true } });
    expect([holders(closed), waiting(closed), utilisation(closed).free]).toEqual([[1], [], 0]);
    expect(give(closed, asks(3)).answer).toMatchObject({ kind: 'agreement-closed' });
    const message = closed.outbox[0] as CarryOver;
    expect(message).toMatchObject({ what: 'carry-over', year: 2028, places: [{ ...other, places: 2 }] });

    const next = give(
      after(aLedger([aLine(0)]), asks(8, wish)),
      { kind: 'take-over', brought: message },
      {
        at: daysLater(300),
      },
    ).state;
    expect([waiting(next), utilisation(next)]).toMatchObject([
      [2, 8],
      { agreed: 0, carriedOver: 2, free: 2 },
    ]);
    const released = after(closed, release(1)); // what becomes free later goes after it
    const told = { what: 'place-ended', routeId: routeOf(1) };
    expect(released.outbox).toMatchObject([message, told, { places: [aLine(1)], queue: [] }]);
    const both = after(next, { kind: 'take-over', brought: released.outbox[2] as CarryOver });
    expect([holders(both), waiting(both)]).toEqual([[2], [8]]);
  });

  it('that is closed counts what it carries on as such, and its shares stay what they were', () => {
    const [here, there] = ['BU01530101', 'BU01530204'];
    const ledger = aLedger([aLine(10)], [{ neighbourhood: there, maximumShare: 0.1 }]);
    const held = after(ledger, asks(1, { wishes: { neighbourhoods: [here] } }));
    const closed = after(held, { kind: 'close', carryOver: { places: true, queue: true } });
    expect(utilisation(closed)).toMatchObject({
      agreed: 10,
      withdrawn: 0,
      carriedOn: 9,
      reserved: 1,
      free: 0,
    });
    expect(agreementDetails(closed)).toContain('10 plekken, 1 gereserveerd');
    expect(give(closed, confirm(1, there)).answer).toMatchObject({ outcome: 'done' });
    const later = after(closed, withdraw(1, true)); // what becomes free goes after the others
    expect(utilisation(later)).toMatchObject({ withdrawn: 0, carriedOn: 10, free: 0 });
  });

  it('that is closed shows who is being carried over, and whoever is released meanwhile is not', () => {
    const urgent = { urgentByLaw: true };
    const old = after(aLedger([aLine(1)]), asks(1), asks(2), asks(3), asks(4), asks(5, urgent));
    const closed = after(old, { kind: 'close', carryOver: { places: true, queue: true } });
    expect(queueView(closed, 'en').items.map(({ routeId }) => routeId)).toEqual([5, 2, 3, 4].map(routeOf));
    expect(queueView(closed, 'en').items[1]).toMatchObject({
      reason: 'urgency-in-law',
      heldBack: 'agreement-closed',
    });
    expect(utilisation(closed).queued).toBe(4);
    expect(give(closed, { ...asks(2), asHeld: true }).answer).toMatchObject({ kind: 'agreement-closed' });
    expect(give(closed, confirm(2)).answer).toMatchObject({ kind: 'not-reserved' });

    const ended = after(closed, { kind: 'release-of-route', routeId: routeOf(2) });
    expect(ended.told).toBe(closed.told); // of its own release a route hears nothing
    const byHand = after(ended, release(3));
    expect(byHand.outbox).toMatchObject([
      { what: 'carry-over', queue: [asks(5).request, asks(4).request].map(({ routeId }) => ({ routeId })) },
      { what: 'place-ended', routeId: routeOf(3), reason: 'released' },
    ]);
    expect(give(byHand, release(3))).toMatchObject({ answer: { outcome: 'done' }, state: { told: 2 } });
    const withdrawn = after(byHand, withdraw(1, true)); // its holder waits too, in a message of its own
    expect(queueView(withdrawn, 'nl').items.map(({ routeId }) => routeId)).toEqual([5, 1, 4].map(routeOf));
    const fromBefore = { ...asks(1).request, reservationId: uuid(91), waitingSince: now, arrival: 1 };
    const twice = after(withdrawn, { kind: 'take-over', brought: { places: [], queue: [fromBefore] } });
    const none = after(twice, { kind: 'release-of-route', routeId: routeOf(1) });
    expect([twice, none].map((state) => utilisation(state).queued)).toEqual([4, 2]);
    const { answer } = give(byHand, withdraw(1, true));
    expect(answer).toMatchObject({ reservation: { status: 'queued', queue: { position: 2 } } });
  });

  it('keeps of who stands in the queues of both years the longer waiting time, and the urgency', () => {
    const wait = after(aLedger([aLine(0)]), asks(1, { waitingSince: daysLater(-5) }), asks(2), asks(3));
    const from = (n: number, urgentByLaw: boolean, days: number) => ({
      ...asks(n, { reservationId: uuid(n + 90), urgentByLaw }).request,
      waitingSince: daysLater(-days),
      arrival: n,
    });
    const brought = { places: [], queue: [from(3, true, 0), from(2, false, 9)] };
    const both = after(wait, { kind: 'take-over', brought });
    expect([waiting(wait), waiting(both)]).toEqual([
      [1, 2, 3],
      [3, 2, 1],
    ]);
    const { edition: _, ...before } = wait;
    expect(waiting(after(before, { kind: 'take-over', brought }))).toEqual([2, 1, 3]);
  });

  it('says how many places were too many to be carried over', () => {
    const brought = (places: number) =>
      ({ kind: 'take-over', brought: { places: [aLine(places)], queue: [] } }) as const;
    const fits = after(aLedger([aLine(0)]), brought(carriedOverAtMost - 10));
    expect([agreementView(fits).notCarriedOver, utilisation(fits).notCarriedOver]).toEqual([0, 0]);
    const full = after(fits, brought(30), brought(5));
    expect(utilisation(full)).toMatchObject({ carriedOver: carriedOverAtMost, notCarriedOver: 25 });
    expect(agreementView(full).notCarriedOver).toBe(25);
    expect(agreementDetails(full)).toContain('25 plekken van het vorige jaar');
  });

  it('leaves places where they are when so agreed', () => {
    const state = after(aLedger([aLine(1)]), closeAlone);
    expect([state.outbox, utilisation(state).free]).toEqual([[], 1]);
  });
});

describe('a year that is closed without its queue', () => {
  const waits = after(aLedger([aLine(1)]), asks(1), asks(2), asks(3));
  const over = (n: number, reason: string) => ({ what: 'place-ended', routeId: routeOf(n), reason });
  it('tells whoever waits that it is over: each asks the next year', () => {
    const closed = after(waits, closeAlone);
    expect([holders(closed), waiting(closed)]).toEqual([[1], []]);
    expect(closed.outbox).toMatchObject([over(2, 'agreement-closed'), over(3, 'agreement-closed')]);
    expect(closed.outbox.some((each) => 'until' in each)).toBe(false);
    expect(give(closed, { ...asks(2), asHeld: true }).answer).toMatchObject({ kind: 'agreement-closed' });
    expect(give(closed, { ...asks(1), asHeld: true }).answer).toMatchObject({ outcome: 'done' });
    expect(give(closed, confirm(2)).answer).toMatchObject({ particulars: { ending: 'closed' } });
    expect(give(closed, release(2))).toMatchObject({ answer: { outcome: 'done' }, state: { told: 2 } });
  });

  it('puts nobody into a queue that goes nowhere: not whose place is taken back, not who comes from the year before', () => {
    const closed = after(waits, closeAlone, withdraw(1, true));
    expect([holders(closed), waiting(closed), closed.told]).toEqual([[], [], 3]);
    expect(closed.outbox.at(-1)).toMatchObject(over(1, 'withdrawn'));
    const asked = { ...asks(9).request, waitingSince: now, arrival: 1 };
    const later = after(closed, { kind: 'take-over', brought: { places: [], queue: [asked] } });
    expect([waiting(later), later.outbox.at(-1)]).toMatchObject([[], over(9, 'agreement-closed')]);
  });

  it('that was closed in a run of before tells them when its next run begins', () => {
    const { edition: _, ...before } = waits;
    const closed = after(before, closeAlone, withdraw(1, true));
    expect([waiting(closed), closed.told]).toEqual([[1, 2, 3], 1]);
    expect(give(closed, { ...asks(2), asHeld: true }).answer).toMatchObject({ kind: 'agreement-closed' });
    const next = settled({ ...closed, edition: EDITION }, now);
    expect([waiting(next), next.outbox.slice(1)]).toMatchObject([
      [],
      [1, 2, 3].map((n) => over(n, 'agreement-closed')),
    ]);
  });
});

it('agreed against realised adds up by every side of a place', () => {
  const lines = [aLine(3), aLine(2, { corporation: 'domijn', municipality: 'GM0141' })];
  const almelo = { wishes: { municipalities: ['GM0141'] } };
  const state = after(aLedger(lines), asks(1), asks(2, almelo), confirm(2));
  expect(utilisation(state)).toMatchObject({
    agreed: 5,
    reserved: 1,
    realised: 1,
    free: 3,
    byCorporation: [
      { corporation: 'de-woonplaats', agreed: 3, reserved: 1, free: 2 },
      { corporation: 'domijn', agreed: 2, realised: 1, free: 1 },
    ],
    byMunicipality: [{ municipality: 'GM0141' }, { municipality: 'GM0153' }],
    byHousingForm: [{ housingForm: 'own-home', agreed: 5 }],
  });
  expect(state.changedAt).toBe(now);
});
