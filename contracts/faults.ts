/** What the schemas say of a value in words of their own. A schema takes the English; the API finds the Dutch by it. */
import { t } from './text.ts';

export const faults = {
  formOfGrant: t(
    'ontbreekt: bij een toekenning hoort de woonvorm die wordt geadviseerd',
    'is missing: a grant names the housing form that is advised',
  ),
  municipality: t(
    'moet een CBS-gemeentecode zijn, zoals GM0153',
    'must be a CBS municipality code, such as GM0153',
  ),
  subjectId: t(
    'moet een nietszeggende code van kleine letters, cijfers en koppeltekens zijn, zoals cm-17',
    'must be an opaque id of lower-case letters, digits and hyphens, such as cm-17',
  ),
  stepId: t('moet een stap zijn, zoals debt.first-talk', 'must be a step id, such as debt.first-talk'),
  requestId: t('moet {routeId}:{stepId}:{attempt} zijn', 'must be {routeId}:{stepId}:{attempt}'),
  offerId: t(
    'moet uit letters, cijfers en koppeltekens bestaan, hooguit 64',
    'must be letters, digits and hyphens, 64 at the most',
  ),
  ifMatch: t(
    'moet * zijn, of een of meer ETags, met hun aanhalingstekens',
    'must be *, or one or more ETags, with their quotes',
  ),
  messageId: t(
    'moet uit letters, cijfers en . _ : - bestaan, hooguit 128 tekens',
    'must be letters, digits and . _ : -, 128 characters at the most',
  ),
  bsn: t(
    'moet uit negen cijfers bestaan die aan de elfproef voldoen',
    'must be nine digits that pass the 11-test',
  ),
  month: t('moet een maand zijn, zoals 2027-03', 'must be a month, such as 2027-03'),
  creditors: t(
    'er kunnen niet meer schuldeisers hebben geantwoord dan er zijn gevraagd',
    'no more creditors can have answered than were asked',
  ),
  postcode: t('moet een postcode zijn, zoals 7511 AB', 'must be a Dutch postcode, such as 7511 AB'),
  code: t(
    'moet een code van kleine letters, cijfers en koppeltekens zijn',
    'must be a code of lower-case letters, digits and hyphens',
  ),
  source: t('moet urn:nld:oin:{oin}:systeem:{naam} zijn', 'must be urn:nld:oin:{oin}:systeem:{name}'),
  oin: t('moet een OIN van twintig cijfers zijn', 'must be an OIN of twenty digits'),
  uri: t('moet een absolute URI zijn', 'must be an absolute URI'),
  uriReference: t('moet een URI-verwijzing zijn', 'must be a URI reference'),
  json: t('moet application/json zijn, in UTF-8', 'must be application/json, in UTF-8'),
  region: t(
    'moet een code van kleine letters en koppeltekens zijn, hooguit 40',
    'must be lower-case letters and hyphens, 40 at the most',
  ),
  year: t('moet een jaar zijn, zoals 2027', 'must be a year, such as 2027'),
  neighbourhood: t(
    'moet een CBS-buurtcode zijn, zoals BU01530101',
    'must be a CBS neighbourhood code, such as BU01530101',
  ),
  area: t(
    'moet een CBS-buurtcode zijn, zoals BU01530101, of de vier cijfers van een postcode, zoals 7511',
    'must be a CBS neighbourhood code, such as BU01530101, or the four digits of a postcode, such as 7511',
  ),
  offeredArea: t(
    'moet een CBS-buurtcode, een postcode of de naam van een buurt zijn, zonder huisnummer',
    'must be a CBS neighbourhood code, a postcode or the name of a neighbourhood, without a house number',
  ),
  shortId: t('moet zes letters, cijfers, - of _ zijn', 'must be six letters, digits, - or _'),
  namedTwice: t('noemt iets tweemaal', 'names something twice'),
  areaTwice: t('noemt een gebied tweemaal', 'names an area twice'),
  lineTwice: t(
    'noemt een corporatie, gemeente en woonvorm tweemaal',
    'names a corporation, municipality and housing form twice',
  ),
  neighbourhoodTwice: t('noemt een buurt tweemaal', 'names a neighbourhood twice'),
  tooManyPlaces: t('mag samen hooguit 800 plekken zijn', 'may be 800 places at the most, together'),
  forcedByWish: t(
    'kan niet bij own-wish: die verhuizing is een eigen wens',
    'cannot be with own-wish: that move was wished for',
  ),
  untilOfHold: t(
    'is nodig, behalve bij out-of-contact: die wacht duurt tot de persoon er weer is',
    'is needed, but not with out-of-contact: that hold lasts until the person is found',
  ),
  purposeTwice: t('noemt een doel tweemaal', 'names a purpose twice'),
  signalTwice: t('noemt een signaal van een partij tweemaal', 'names a signal of a party twice'),
  reasonTwice: t('noemt een reden tweemaal', 'names a reason twice'),
  skillLevel: t('moet 0, 1, 2 of 3 zijn', 'must be 0, 1, 2 or 3'),
  cursor: t(
    'moet de nextCursor van de vorige pagina zijn, van een lijst met dezelfde filters',
    'must be the nextCursor of the page before, of a list with the same filters',
  ),
  unknownRegion: t(
    'moet een regio zijn waarvan een regelset de gemeenten noemt',
    'must be a region whose municipalities a rule set names',
  ),
  lastEventId: t(
    'moet het id zijn van een gebeurtenis van een stroom van wijzigingen',
    'must be the id of an event of a stream of changes',
  ),
} as const;

const dutch: ReadonlyMap<string, string> = new Map(Object.values(faults).map(({ nl, en }) => [en, nl]));

/** The Dutch of what a schema says; undefined when the words are not its own. */
export const faultInDutch = (english: string): string | undefined => dutch.get(english);
