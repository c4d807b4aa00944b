/** Offers of homes: what follows from each way in which one does not become a home. */
import { describe, expect, it } from 'vitest';
import { agreementOn } from '../../domain/agreement.ts';
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { consequences } from '../../domain/offer-consequences.ts';
import { passMoments } from '../../domain/moments.ts';
import type { OfferedHome } from '../../domain/news.ts';
import { receive } from '../../domain/partner-news.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { toldOfOffers } from '../../domain/offer-request.ts';
import { reach, setAside } from '../../domain/step-transitions.ts';
import type { OfferRefusal } from '../../contracts/vocabulary.ts';
import { routeView, timelineView } from '../../domain/view.ts';
import { loadRuleBook } from '../../platform/rule-sets.ts';
import { aRoute, daysLater, endOfDayLater, now, routeId } from '../support/a-route.ts';

const book = await loadRuleBook(now);
/** Under the agreement of Twente: at most two refusals by preference. */
const agreement = agreementOn(book, { national: 'nl', municipality: 'GM0153', region: 'twente', now })!;
const income = { status: 'done', attempt: 1, since: now, closedAt: now } as const;

const searching = (known: Partial<Parameters<typeof aRoute>[0]> = { agreement }): RouteState => {
  const route = aRoute(known);
  return reach({ ...route, steps: { ...route.steps, 'income.benefit': income } }, 'housing.offer', now);
};

let keys = 0;
function ordered(state: RouteState, command: Command, at = now): RouteState {
  const actor = { subject: 'cm-17', role: 'case-manager' as const, municipality: 'GM0153' };
  return carryOut(state, { id: `key-${(keys += 1)}`, fingerprint: 'f', actor, command }, at);
}

/** The corporation offers a home; the person is asked about it, when they are to be asked. */
function offered(state: RouteState, home: Partial<OfferedHome> = {}, at = now): RouteState {
  const { attempt } = state.steps['housing.offer']!;
  const offer = { offerId: `home-${attempt}`, housingForm: 'own-home', lease: 'own' as const, ...home };
  const requestId = `${routeId}:housing.offer:${attempt}`;
  const event = { eventId: `event-${attempt}`, party: 'housing-corporation', kind: 'offer-made' } as const;
  const made = receive(state, { ...event, requestId, offer }, at).state;
  return made.offers.at(-1)!.status === 'open' ? reach(made, 'housing.offer-answer', at) : made;
}

const searchedAnew = (state: RouteState, at = now): RouteState =>
  reach(setAside(state, ['housing.offer', 'housing.offer-answer'], at), 'housing.offer', at);

const refused = (state: RouteState, reason: OfferRefusal): RouteState =>
  ordered(state, { kind: 'answer-offer', offerId: state.offers.at(-1)!.offerId, accepted: false, reason });

const withdrawn = (state: RouteState, reason: string, at = now): RouteState => {
  const { offerId } = state.offers.at(-1)!;
  const event = { eventId: `off-${offerId}`, party: 'housing-corporation', kind: 'offer-withdrawn' } as const;
  return receive(state, { ...event, offerId, reason }, at).state;
};

const shown = (state: RouteState) => routeView(state, 'nl');
const told = (state: RouteState) => timelineView(state, 'nl').map(({ sentence }) => sentence);
const notices = (state: RouteState) => state.outbox.filter(({ what }) => what === 'notice');

describe('a refusal', () => {
  it.each<[OfferRefusal, boolean, string[]]>([
    ['unsuitable', false, []],
    ['unsafe', false, ['7511']],
    ['preference', true, []],
  ])('as %s counts: %s, and excludes %j', (reason, counted, excludedAreas) => {
    const view = shown(refused(offered(searching(), { area: '7511 AB' }), reason));
    expect(view.offers).toMatchObject([{ status: 'refused', refusal: reason, counted }]);
    expect(view.offers[0]!.sentence).toContain(counted ? 'telt mee' : 'telt niet mee');
    expect(view.preferenceRefusals).toEqual({ count: counted ? 1 : 0, most: 2 });
    expect(view.excludedAreas).toEqual(excludedAreas);
  });

  it.each<[OfferRefusal, boolean]>([
    ['unsuitable', false],
    ['unsafe', true],
    ['preference', true],
  ])('as %s gives the corporation, which promised a home, its time anew: %s', (reason, anew) => {
    const promise = { party: 'housing-corporation', facts: ['home'], answer: 'given' } as const;
    const commitments = [{ ...promise, keepBy: daysLater(30) }];
    const moments = { askedAt: now, answerBy: now, activeSince: now };
    const round = { nr: 1, name: 'home', status: 'active' as const, ...moments, commitments };
    const promised: RouteState = { ...offered(searching()), rounds: [round] };
    const after = ordered(
      promised,
      { kind: 'answer-offer', offerId: promised.offers.at(-1)!.offerId, accepted: false, reason },
      daysLater(20),
    );
    const [kept] = after.rounds!.at(-1)!.commitments;
    expect(kept!.keepBy! > daysLater(30)).toBe(anew);
    expect(told(after).some((sentence) => sentence.includes('de termijn begint opnieuw'))).toBe(anew);
  });

  it('stands in the timeline with what follows from it', () => {
    const unsafe = refused(offered(searching(), { area: 'BU01530101' }), 'unsafe');
    expect(told(unsafe)).toEqual(
      expect.arrayContaining([
        'Aanbod geweigerd: niet veilig; telt niet mee',
        'Het gebied van het onveilige aanbod is voortaan uitgesloten',
      ]),
    );
  });

  it('as unsafe of a home whose area is no code excludes nothing: words can be compared with nothing', () => {
    expect(shown(refused(offered(searching(), { area: 'Roombeek' }), 'unsafe')).excludedAreas).toEqual([]);
    expect(shown(refused(offered(searching()), 'unsafe')).excludedAreas).toEqual([]);
  });

  it('as unsafe that finds the list full says so, and drops nothing', () => {
    const unsafeAreas = Array.from({ length: 20 }, (_, i) => `BU015301${10 + i}`);
    const full = refused(offered({ ...searching(), unsafeAreas }, { area: '7511' }), 'unsafe');
    expect(full.unsafeAreas).toEqual(unsafeAreas);
    expect(told(full)).toContainEqual(expect.stringContaining('past niet meer in de lijst'));
  });
});

describe('an offer that the corporation takes back', () => {
  it('never counts, whatever it says', () => {
    expect([consequences.withdrawn.counts, consequences.lapsed.counts]).toEqual([false, false]);
    const view = shown(withdrawn(offered(searching()), 'let-to-another'));
    expect(view.offers).toMatchObject([{ status: 'withdrawn', counted: false }]);
    expect(view.preferenceRefusals).toEqual({ count: 0, most: 2 });
  });

  it('has lapsed when its term has passed and the corporation says so', () => {
    const asked = offered(searching());
    const late = passMoments(asked, daysLater(6));
    expect(shown(late).offers).toMatchObject([{ status: 'open' }]);
    const lapsed = withdrawn(late, 'answer-term-passed', daysLater(6));
    expect(shown(lapsed).offers).toMatchObject([{ status: 'lapsed', counted: false }]);
    expect(lapsed.steps['housing.offer-answer']?.status).toBe('done');
    expect(told(lapsed)).toContainEqual(expect.stringContaining('Aanbod vervallen'));
  });

  it('has lapsed from the last moment of its term on, and was withdrawn before', () => {
    const asked = offered(searching());
    const end = asked.steps['housing.offer-answer']!.dueAt!;
    expect(end).toBe(endOfDayLater(5));
    expect(withdrawn(asked, 'answer-term-passed', end).offers).toMatchObject([{ status: 'lapsed' }]);
    expect(withdrawn(asked, 'answer-term-passed', daysLater(4)).offers).toMatchObject([
      { status: 'withdrawn' },
    ]);
    expect(withdrawn(asked, 'let-to-another', daysLater(6)).offers).toMatchObject([{ status: 'withdrawn' }]);
  });

  it('has not lapsed while the route is on hold: no term passes then', () => {
    const until = daysLater(30);
    const held = ordered(offered(searching()), { kind: 'hold', until, reason: { jwe: 'reason' } });
    expect(withdrawn(held, 'answer-term-passed', daysLater(6)).offers).toMatchObject([
      { status: 'withdrawn' },
    ]);
  });
});

describe('the maximum of refusals by preference', () => {
  const once = searchedAnew(refused(offered(searching()), 'preference'));
  const twice = refused(offered(once), 'preference');

  it('throws nobody out: whom the agreement names is told, once, and the search goes on', () => {
    expect(notices(once)).toEqual([]);
    expect(notices(twice)).toMatchObject([
      { kind: 'preference-maximum', to: 'process-director', rule: `twente ${agreement.version}` },
    ]);
    const anew = searchedAnew(twice);
    expect(anew.steps['housing.offer']?.status).toBe('open');
    expect(anew.ending).toBeUndefined();
    const thrice = refused(offered(anew), 'preference');
    expect(notices(thrice)).toHaveLength(1);
    expect(shown(thrice).preferenceRefusals).toEqual({ count: 3, most: 2 });
  });

  it('puts a talk with the person before the next offer', () => {
    expect(shown(once).waits).toMatchObject([{ stepId: 'housing.offer', nextMove: 'wait-for-answer' }]);
    expect(shown(searchedAnew(twice)).waits).toMatchObject([
      {
        stepId: 'housing.offer',
        nextMove: 'talk-before-offer',
        nextMoveSentence: 'eerst een gesprek met de persoon, dan een volgend aanbod',
      },
    ]);
    expect(told(twice)).toContainEqual(expect.stringContaining('weigeringen om voorkeur is bereikt'));
  });

  it('is counted anew in another search, after a home was accepted', () => {
    const { offerId } = offered(once).offers.at(-1)!;
    const accepted = ordered(offered(once), { kind: 'answer-offer', offerId, accepted: true });
    expect(shown(accepted).preferenceRefusals).toEqual({ count: 1, most: 2 });
    expect(shown(offered(searchedAnew(accepted))).preferenceRefusals).toEqual({ count: 0, most: 2 });
  });

  it('is none where the agreement names none', () => {
    const { preferenceRefusals: _, ...without } = agreement;
    for (const route of [searching({}), searching({ agreement: without })]) {
      const refusals = [1, 2, 3].reduce(
        (state) => searchedAnew(refused(offered(state), 'preference')),
        route,
      );
      expect(shown(refusals).preferenceRefusals).toBeUndefined();
      expect(shown(refusals).waits).toMatchObject([{ nextMove: 'wait-for-answer' }]);
      expect(notices(refusals)).toEqual([]);
    }
  });
});

describe('an excluded area', () => {
  const safe = (areas: readonly string[]) => ordered(searching(), { kind: 'exclude-areas', areas });

  it('keeps a home in it from the person: the offer is refused by rule, and a new search begins', () => {
    const state = offered(safe(['BU01530101', '7511']), { area: '7511 AB' });
    expect(shown(state).offers).toMatchObject([
      { status: 'refused', refusal: 'unsafe', byRule: true, counted: false },
    ]);
    expect(state.steps['housing.offer-answer']).toBeUndefined();
    expect(searchedAnew(state).steps['housing.offer']).toMatchObject({ status: 'open', attempt: 2 });
    expect(told(state)).toContainEqual(expect.stringContaining('Aanbod niet voorgelegd'));
    expect(shown(state).preferenceRefusals).toEqual({ count: 0, most: 2 });
  });

  it.each(['7512', 'BU01530102', 'Roombeek', '75111', 'bu01530101', undefined])(
    'does not keep one in %s from them',
    (area) => {
      const state = offered(safe(['BU01530101', '7511']), area === undefined ? {} : { area });
      expect(state.offers).toMatchObject([{ status: 'open' }]);
    },
  );

  it('is told to the search alone, and only where there is one', () => {
    const state = safe(['7511']);
    expect(toldOfOffers(state, 'housing.offer')).toEqual({ excludedAreas: ['7511'] });
    expect(toldOfOffers(state, 'housing.urgency')).toEqual({});
    expect(toldOfOffers(searching(), 'housing.offer')).toEqual({});
    expect(toldOfOffers(ordered(state, { kind: 'exclude-areas', areas: [] }), 'housing.offer')).toEqual({});
  });

  it('and the place that is reserved, by the codes of the agreement alone, until it has become a home', () => {
    const known = {
      region: 'twente',
      year: 2026,
      reservationId: '4f1c2a10-7a35-8f57-9a55-000000000001',
      corporation: 'de-woonplaats',
      municipality: 'GM0153',
      housingForm: 'own-home',
    };
    const place = { ...known, neighbourhood: 'BU01530101', until: daysLater(30), grantedAt: now };
    const reserved: RouteState = { ...safe(['7511']), place };
    expect(toldOfOffers(reserved, 'housing.offer')).toEqual({ excludedAreas: ['7511'], place: known });
    expect(toldOfOffers(reserved, 'housing.contract')).toEqual({});
    const realised: RouteState = { ...searching(), place: { ...place, realised: true } };
    expect(toldOfOffers(realised, 'housing.offer')).toEqual({});
  });

  it('of an unsafe home stays when the named ones are replaced', () => {
    const unsafe = refused(offered(safe(['7512']), { area: '7511' }), 'unsafe');
    expect(shown(unsafe).excludedAreas).toEqual(['7512', '7511']);
    expect(shown(ordered(unsafe, { kind: 'exclude-areas', areas: ['7513'] })).excludedAreas).toEqual([
      '7513',
      '7511',
    ]);
  });

  it('does not stand in the timeline', () => {
    expect(JSON.stringify(timelineView(safe(['BU01530101']), 'nl'))).not.toContain('BU01530101');
  });
});

describe('the home that was accepted', () => {
  const accepted = (home: Partial<OfferedHome>) => {
    const state = offered(searching(), home);
    const { offerId } = state.offers.at(-1)!;
    return ordered(state, { kind: 'answer-offer', offerId, accepted: true });
  };

  it('is named to the corporation where the contract is asked, and where the lease is taken over', () => {
    const state = accepted({ offerId: 'home-7', lease: 'tripartite' });
    for (const stepId of ['housing.contract', 'housing.lease-takeover'] as const)
      expect(toldOfOffers(state, stepId)).toEqual({ offerId: 'home-7' });
    expect(toldOfOffers(state, 'housing.key-handover')).toEqual({});
  });

  it('is not named in a route whose offer came before there were leases: its requests stay as they were', () => {
    const state = accepted({});
    const { lease: _, ...old } = state.offers[0]!;
    expect(toldOfOffers({ ...state, offers: [old] }, 'housing.contract')).toEqual({});
  });
});

it('the address of a shelter is shown as sealed, and no more', () => {
  const state = ordered(searching(), { kind: 'seal-shelter-address', address: { jwe: 'sealed-address' } });
  expect(state.shelterAddress).toEqual({ jwe: 'sealed-address' });
  expect(shown(state).shelterAddress).toBe('sealed');
  expect(shown(searching()).shelterAddress).toBeUndefined();
  expect(JSON.stringify([shown(state), timelineView(state, 'nl')])).not.toContain('sealed-address');
  expect(told(state)).toContain('Adres van de opvang verzegeld bewaard');
});
