/** What is said of a route that goes to another municipality, and of somebody who is not there. */
import type { HoldKind, Language } from '../contracts/vocabulary.ts';
import type { Hold } from './route-state.ts';
import { detentionBasis } from './route-notices.ts';
import type { Transfer } from './transfer.ts';
import { t, type Text } from './text.ts';

export const elsewhereBlockers = {
  'transfer-offered': t(
    'de overdracht naar een andere gemeente is nog niet aanvaard',
    'the transfer to another municipality has not been accepted yet',
  ),
  'out-of-contact': t('er is geen contact met de persoon', 'the person is out of contact'),
  detained: t('de persoon zit vast', 'the person is in detention'),
} as const;

export const elsewhereMoves = {
  'await-acceptance': t(
    'het antwoord van de andere gemeente afwachten, of het aanbod intrekken',
    'await the answer of the other municipality, or take the offer back',
  ),
  'ask-after-acceptance': t(
    'navraag doen bij de andere gemeente, of het aanbod intrekken',
    'ask the other municipality, or take the offer back',
  ),
  'seek-contact': t(
    'contact zoeken; is de persoon er weer, dan de route hervatten',
    'seek contact; once the person is found, go on with the route',
  ),
  'await-release': t(
    'de vrijlating afwachten, en haar samen voorbereiden',
    'await the release, and prepare for it together',
  ),
  'decide-absence': t(
    'beslissen: de route laten wachten, of haar afronden',
    'decide: let the route wait, or end it',
  ),
  'look-at-benefit': t(
    `de uitkering laten beoordelen: tijdens detentie bestaat er geen recht op (${detentionBasis})`,
    `have the benefit looked at: there is no right to it in detention (${detentionBasis})`,
  ),
} as const;

export const elsewhereHappenings: Readonly<Record<string, Text>> = {
  'transfer-offered': t('Overdracht aangeboden aan {reason}', 'Transfer offered to {reason}'),
  'transfer-due-soon': t(
    'Overdracht: het antwoord van {reason} laat op zich wachten',
    'Transfer: the answer of {reason} is due soon',
  ),
  'transfer-overdue': t(
    'Overdracht: {reason} antwoordde niet op tijd',
    'Transfer: {reason} did not answer in time',
  ),
  'transfer-withdrawn': t('Overdracht aan {reason} ingetrokken', 'Transfer to {reason} taken back'),
  'transfer-declined': t('Overdracht niet aanvaard', 'Transfer declined'),
  'transfer-accepted': t('Overgenomen door een andere gemeente', 'Taken over by another municipality'),
  'consents-lapsed': t(
    'Toestemmingen vervallen: zij golden de partijen van de vorige gemeente',
    'Consents lapsed: they were about the parties of the municipality of before',
  ),
  'home-promise-lapsed': t(
    'Woningbelofte vervallen: de route ging naar een andere regio',
    'Promise of a home lapsed: the route went to another region',
  ),
  'place-ended:route-moved': t(
    'Plek teruggegeven: de route ging naar een andere regio',
    'Place given back: the route went to another region',
  ),
  'hold-began:out-of-contact': t('Geen contact met de persoon', 'The person is out of contact'),
  'hold-ended:out-of-contact': t(
    'De persoon is er weer; route hervat',
    'The person was found; route goes on',
  ),
  'hold-began:detained': t('De persoon zit vast', 'The person is in detention'),
  'hold-ended:detained': t('Detentie voorbij; route hervat', 'Detention over; route goes on'),
  'absence-decision': t('Gevraagd te beslissen', 'Asked to decide'),
  'absence-decision:out-of-contact': t(
    'Gevraagd te beslissen: de persoon is lang uit beeld',
    'Asked to decide: the person has been out of contact for long',
  ),
  'absence-decision:detained': t(
    'Gevraagd te beslissen: de detentie duurt lang',
    'Asked to decide: the detention lasts long',
  ),
  'route-ending:deceased': t(
    'Route wordt afgerond: de persoon is overleden',
    'Route is ending: the person has died',
  ),
  'route-ending:disappeared': t(
    'Route wordt afgerond: de persoon is verdwenen',
    'Route is ending: the person has disappeared',
  ),
  'route-ending:detained': t(
    'Route wordt afgerond: de persoon zit langdurig vast',
    'Route is ending: the person is in detention for long',
  ),
  'route-notice-untold': t('Een bericht kon niet worden bezorgd', 'A notice could not be delivered'),
};

const holds: Readonly<Record<HoldKind, Text>> = {
  agreed: t('In de wacht', 'On hold'),
  'out-of-contact': t('In de wacht: geen contact met de persoon', 'On hold: the person is out of contact'),
  detained: t('In de wacht: de persoon zit vast', 'On hold: the person is in detention'),
};

/** That a route is on hold, why, by whom, since when and until when. @param clock - a moment as people read it */
export function holdSentence(
  { since, until, by, kind }: Hold,
  clock: (moment: string) => string,
  language: Language,
): string {
  const from = `${holds[kind ?? 'agreed'][language]}${language === 'nl' ? ' sinds' : ' since'} ${clock(since)}`;
  const to = until ? `${language === 'nl' ? ' tot' : ' until'} ${clock(until)}` : '';
  return language === 'nl'
    ? `${from}${to}, door ${by}; termijnen staan stil`
    : `${from}${to}, by ${by}; terms stand still`;
}

/** How such a route goes on. */
export function goOnSentence(hold: Hold | undefined, language: Language): string {
  if (hold?.kind === 'out-of-contact') return elsewhereMoves['seek-contact'][language];
  return language === 'nl'
    ? 'nu hervatten, of wachten tot de route vanzelf verder gaat'
    : 'go on now, or wait until the route goes on by itself';
}

const outcomes = {
  offered: t('aangeboden op {since}, nog niet beantwoord', 'offered on {since}, not answered yet'),
  accepted: t('aanvaard op {ended}', 'accepted on {ended}'),
  declined: t('niet aanvaard op {ended}', 'declined on {ended}'),
  withdrawn: t('ingetrokken op {ended}', 'taken back on {ended}'),
} as const;

/** "Overdracht aan GM0363, vanaf 2027-03-01: aangeboden op 2027-02-12, nog niet beantwoord". */
export function transferText(
  { to, day, since, status, endedAt = since }: Transfer,
  dayOf: (moment: string) => string,
  language: Language,
): string {
  const head = language === 'nl' ? `Overdracht aan ${to}, vanaf ${day}` : `Transfer to ${to}, from ${day}`;
  const outcome = outcomes[status ?? 'offered'][language];
  return `${head}: ${outcome.replace('{since}', dayOf(since)).replace('{ended}', dayOf(endedAt))}`;
}
