import { describe, expect, it } from 'vitest';
import { debtExchange, hasDebtTrack } from '../../domain/debt-exchange.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { aRoute, day, daysLater } from '../support/a-route.ts';
import { clients, debtTracks } from '../support/debt-tracks.ts';

const now = daysLater(701);
const on = (days: number) => daysLater(days).slice(0, 10);
const exchange = (state: RouteState, person?: (typeof clients)[keyof typeof clients]) =>
  debtExchange({ state, person, supplier: 'GL1', now });
const trackOf = (state: RouteState) => exchange(state).leveringen[0]!.schuldhulptrajecten[0]!;

describe('the debt track in the exchange model', () => {
  it('is one delivery of one track, of the municipality whose route it is', () => {
    expect(exchange(debtTracks.discharged)).toMatchObject({
      startdatumLevering: on(7),
      einddatumLevering: on(701),
      aanleverdatumEnTijd: now.replace('.000', ''),
      codeGegevensleverancier: 'GL1',
      leveringen: [{ teller: 1, aanleverende_organisatie: { gemeentecode: '0153' } }],
    });
  });

  it('tells a whole track, phase by phase', () => {
    expect(trackOf(debtTracks.discharged)).toEqual({
      gemeentecode: '0153',
      startdatum: on(7),
      einddatum: on(700),
      toekenningsdatum: on(150),
      aanmelding: { startdatum: on(7), einddatum: on(9) },
      intake: {
        startdatum: on(20),
        einddatum: on(60),
        beschikkingsdatum: on(60),
        beschikkingssoort: 'Toelatingsbeschikking',
      },
      planVanAanpak: { datumAfronding: on(60) },
      stabilisatie: { startdatum: on(20), einddatum: on(50) },
      schuldregeling: { datum: on(60), toegekend: on(150) },
      oplossing: { soort: 'Schuldbemiddeling', startdatum: on(150), einddatum: on(697) },
      uitstroom: { datum: on(700), reden: 'Afgerond' },
    });
  });

  it('leaves out what has not come, and all that nobody said', () => {
    expect(trackOf(debtTracks.registered)).toEqual({
      gemeentecode: '0153',
      startdatum: on(7),
      aanmelding: { startdatum: on(7), einddatum: on(9), crisisinterventie: true },
    });
    expect(trackOf(debtTracks.underWay).schuldregeling).toEqual({ datum: on(60) });
    expect(trackOf(debtTracks.otherSolution)).not.toHaveProperty('oplossing');
    expect(trackOf(debtTracks.repaying).oplossing).not.toHaveProperty('einddatum');
  });

  it('tells of the court, of a moratorium, and of who manages the budget meanwhile', () => {
    expect(trackOf(debtTracks.atCourt)).toMatchObject({
      schuldregeling: {
        datum: on(60),
        afgewezen: on(90),
        dwangakkoord: true,
        datumVerzoekDwangakkoord: on(90),
      },
      moratoria: [{ startdatum: on(92) }],
      begeleiding: [{ soort: 'Budgetbeheer', startdatum: on(100) }],
    });
  });

  it('tells a refusal by its day', () => {
    expect(trackOf(debtTracks.refusedPlan).intake).toEqual({
      einddatum: on(60),
      beschikkingsdatum: on(60),
      beschikkingssoort: 'Afwijzingsbeschikking',
    });
    expect(trackOf(debtTracks.refusedPlan)).not.toHaveProperty('planVanAanpak');
    expect(trackOf(debtTracks.refusedArrangement).schuldregeling).toEqual({
      datum: on(60),
      afgewezen: on(90),
    });
  });

  it('counts from the first request where nobody has answered it yet', () => {
    expect(trackOf(debtTracks.askedAgain).aanmelding).toEqual({ startdatum: on(7) });
  });

  it('takes nothing that was skipped, passed over, withdrawn or never asked for a fact', () => {
    expect(trackOf(debtTracks.byHand)).toEqual({ gemeentecode: '0153', intake: { startdatum: on(9) } });
  });

  it('counts days as Amsterdam does', () => {
    const late = { ...debtTracks.registered.steps['debt.registration']!, sentAt: `${day}T23:30:00.000Z` };
    const state = { ...debtTracks.registered, steps: { 'debt.registration': late } };
    expect(trackOf(state).startdatum).toBe('2026-11-03');
  });

  it('knows the person by BSN, else by birth date and address, and never by a name', () => {
    const clientOf = (person: (typeof clients)[keyof typeof clients]) =>
      exchange(debtTracks.registered, person).leveringen[0]!.schuldhulptrajecten[0]!.client;
    expect(clientOf(clients.withBsn)).toEqual([{ Burgerservicenummer: '999990019' }]);
    expect(clientOf(clients.withoutBsn)).toEqual([
      { Geboortedatum: '1974-03-01', Postcode: '7511AB', Huisnummer: '3' },
    ]);
    expect(clientOf(undefined)).toBeUndefined();
  });
});

it('there is no track where there are no debts, or nothing was asked yet', () => {
  for (const state of Object.values(debtTracks)) expect(hasDebtTrack(state)).toBe(true);
  expect(hasDebtTrack(aRoute())).toBe(false);
  expect(hasDebtTrack({ ...debtTracks.registered, notNeeded: ['debt'] })).toBe(false);
});
