/** Sentences about Critical Time Intervention, in Dutch (default) and English: codes, figures and dates go in. */
import { basisText } from './basis-texts.ts';
import type { ContactKind, Relation, SupporterStatus } from '../contracts/cti.ts';
import type { FidelityFigure, NormView } from '../contracts/cti-views.ts';
import type { Language } from '../contracts/vocabulary.ts';
import { limitText } from './limit-text.ts';
import { t, type Text } from './text.ts';

/** Who somebody is to the person. */
export const relations: Record<Relation, Text> = {
  family: t('familie', 'family'),
  friend: t('vriend of vriendin', 'friend'),
  neighbour: t('buur', 'neighbour'),
  volunteer: t('vrijwilliger', 'volunteer'),
  peer: t('ervaringsdeskundige', 'peer'),
  school: t('school', 'school'),
  gp: t('huisarts', 'GP'),
  'community-centre': t('buurthuis', 'community centre'),
  employer: t('werkgever', 'employer'),
  'faith-community': t('geloofsgemeenschap', 'faith community'),
  club: t('vereniging', 'club'),
  other: t('ander', 'other'),
};

/** How there was contact. */
export const contactKinds: Record<ContactKind, Text> = {
  visit: t('huisbezoek', 'visit'),
  'meeting-in-community': t('ontmoeting in de buurt', 'meeting in the community'),
  call: t('gesprek op afstand', 'call'),
  missed: t('gemist', 'missed'),
};

const statuses: Record<SupporterStatus, Text> = {
  invited: t('uitgenodigd, nog geen antwoord', 'invited, no answer yet'),
  accepted: t('doet mee', 'takes part in the network'),
  declined: t('doet niet mee', 'declined'),
  'dropped-out': t('afgehaakt: zoek een ander', 'dropped out: find another'),
  replaced: t('vervangen', 'replaced'),
};

/** "buur: doet mee"; which supporter it is says the id, never a name. */
export const supporterText = (relation: Relation, status: SupporterStatus, language: Language): string =>
  `${relations[relation][language]}: ${statuses[status][language]}`;

/** Why a network is thin at the transfer. */
export const thinNetworkText = (accepted: number, { value, basis }: NormView, language: Language): string =>
  language === 'nl'
    ? `Dun netwerk bij de overdracht: ${accepted} van ${value} steunfiguren doen mee (${basisText(basis, language)})`
    : `Thin network at the transfer: ${accepted} of ${value} supporters take part (${basis})`;

/** What is to be done about it. */
export const thinNetworkMove = (language: Language): string =>
  language === 'nl'
    ? 'steunfiguren uitnodigen, of een uitnodiging navragen'
    : 'invite supporters, or ask after an invitation';

const figures: Record<FidelityFigure['figure'], Text> = {
  'contacts-transition': t('Contacten in fase 1, overgang', 'Contacts in phase 1, transition'),
  'contacts-try-out': t('Contacten in fase 2, uitproberen', 'Contacts in phase 2, try-out'),
  'contacts-transfer-of-care': t('Contacten in fase 3, overdracht', 'Contacts in phase 3, transfer of care'),
  'community-meetings': t(
    'Ontmoetingen in de buurt met het netwerk, in fase 1',
    'Meetings in the community with the network, in phase 1',
  ),
  'focus-areas': t('Aandachtsgebieden', 'Focus areas'),
  'supporters-at-transfer': t('Steunfiguren die meedoen bij de overdracht', 'Supporters at the transfer'),
  'time-from-move': t('Maanden vanaf de verhuizing', 'Months from the move'),
};

const verdicts: Record<FidelityFigure['verdict'], Text> = {
  met: t('gehaald', 'met'),
  behind: t('loopt achter', 'behind'),
  'not-yet': t('nog niet aan de orde', 'not yet'),
  'not-met': t('niet gehaald', 'not met'),
};

/** "Contacten in fase 1, overgang: 9, gevraagd 13 (CTI model: weekly); niet gehaald". */
export function fidelityText(
  { figure, value, due, verdict, norm }: Omit<FidelityFigure, 'sentence'>,
  language: Language,
): string {
  const [asked, every, most] =
    language === 'nl' ? ['gevraagd', 'gevraagd elke', 'hooguit'] : ['asked', 'asked every', 'at most'];
  const isPeriod = figure.startsWith('contacts-');
  const norms = typeof norm.value === 'string' ? limitText(norm.value, language) : String(norm.value);
  const wanted = isPeriod
    ? `${every} ${norms.replace(/^1 /, '')}${due === undefined ? '' : `: ${due}`}`
    : `${figure === 'focus-areas' ? most : asked} ${norms}`;
  return `${figures[figure][language]}: ${value}, ${wanted} (${basisText(norm.basis, language)}); ${verdicts[verdict][language]}`;
}

/** Lines of the timeline. */
export const ctiHappenings: Record<string, Text> = {
  'supporter-invited': t('Steunfiguur uitgenodigd', 'Supporter invited'),
  'supporter-accepted': t('Steunfiguur doet mee', 'Supporter accepted'),
  'supporter-declined': t('Steunfiguur doet niet mee', 'Supporter declined'),
  'supporter-dropped-out': t('Steunfiguur afgehaakt', 'Supporter dropped out'),
  'supporter-replaced': t('Steunfiguur vervangen', 'Supporter replaced'),
  'supporter-takes-part': t('Steunfiguur neemt zijn deel over', 'Supporter accepts their part'),
  'supporter-takes-no-part': t('Steunfiguur neemt geen deel over', 'Supporter accepts no part'),
  'contact-held': t('Contact gehad', 'Contact held'),
  'contact-noted': t('Contact, met een notitie', 'Contact, with a note'),
  'contact-missed': t('Contact gemist', 'Contact missed'),
  'focus-areas-set': t('Aandachtsgebieden gekozen', 'Focus areas chosen'),
  'network-thin': t('Dun netwerk bij de overdracht', 'Thin network at the transfer'),
  'cti-restarted': t(
    'CTI begint opnieuw, na een gedwongen verhuizing',
    'CTI starts again, after a forced move',
  ),
  'team-supervision': t('Op de agenda van de teambespreking', 'On the agenda of the team supervision'),
  'case-review': t('Tijd voor een casusbespreking', 'Time for a case review'),
};
