/** Routes for tests of the domain. Sealed values are opaque to it, so any text will do. */
import { agreementOn, type RouteAgreement } from '../../domain/agreement.ts';
import { addDays, endOfDay } from '../../domain/calendar.ts';
import { rulesOn, type RouteRules } from '../../domain/rules.ts';
import { startOfRoute, type RouteState, type StartOfRoute } from '../../domain/route-state.ts';
import { loadRuleBook } from '../../platform/rule-sets.ts';

export const routeId = '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22';
export const day = '2026-11-02';
export const now = `${day}T09:00:00.000Z`;

const book = await loadRuleBook(now);

/** The rules on the tests' day; left out: where neither region nor municipality sets anything. */
export const rules = (set: 'nl' | 'demo', municipality = 'GM0001'): RouteRules =>
  rulesOn(book, { national: set, municipality, now });

/** The cooperation agreement of Twente, under which a place is reserved before a home is sought. */
export const agreement: RouteAgreement = agreementOn(book, {
  national: 'nl',
  municipality: 'GM0153',
  region: 'twente',
  now,
})!;

/** A route that has just started, under the national rules. */
export function aRoute(known: Partial<StartOfRoute> = {}): RouteState {
  return startOfRoute({
    routeId,
    municipality: 'GM0153',
    origin: 'shelter',
    targetGroup: 'shelter',
    caseManager: 'cm-17',
    rules: rules('nl'),
    openingAnswer: { jwe: 'opening' },
    by: 'cm-17',
    now,
    ...known,
  });
}

/** The end of the day that lies some days after the start of the tests' route: there its terms end. */
export const endOfDayLater = (days: number): string => endOfDay(addDays(day, days), book.calendar);

/** A moment some days after the start of the tests' route. */
export const daysLater = (days: number): string =>
  new Date(Date.parse(now) + days * 86_400_000).toISOString();

/** A place of the housing agreement of Twente, as its ledger grants it. */
export const aPlace = {
  region: 'twente',
  year: 2026,
  reservationId: '4f1c2a10-7a35-8f57-9a55-000000000001',
  corporation: 'de-woonplaats',
  municipality: 'GM0153',
  housingForm: 'own-home',
  until: '2026-12-02T09:00:00.000Z',
};
