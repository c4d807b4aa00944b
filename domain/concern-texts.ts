/** Sentences about concerns, in Dutch (default) and English: codes and dates go in, never what somebody wrote. */
import type { ConcernFrom, ConcernFollows, ConcernKind, ConcernOwner } from '../contracts/concern.ts';
import type { Language, Track } from '../contracts/vocabulary.ts';
import type { Concern, ConcernStatus } from './concern-record.ts';
import { t, type Text } from './text.ts';

const kinds: Record<ConcernKind, Text> = {
  'rent-arrears': t('huurachterstand', 'rent arrears'),
  nuisance: t('overlast', 'nuisance'),
  'missed-contact': t('geen contact meer', 'missed contact'),
  crisis: t('crisis', 'crisis'),
  'supporter-lost': t('steunfiguur weggevallen', 'supporter lost'),
  other: t('ander signaal', 'another concern'),
};

const froms: Record<ConcernFrom, Text> = {
  'debt-service': t('de schuldhulpverlening', 'the debt service'),
  'benefits-office': t('de uitkeringsinstantie', 'the benefits office'),
  'civil-registry': t('burgerzaken', 'the civil registry'),
  'housing-corporation': t('de woningcorporatie', 'the housing corporation'),
  'support-provider': t('de zorgaanbieder', 'the support provider'),
  'record-system': t('het zaaksysteem', 'the record system'),
  gp: t('de huisarts', 'the GP'),
  'mental-health-care': t('de ggz', 'mental health care'),
  'neighbourhood-team': t('het wijkteam', 'the neighbourhood team'),
  neighbour: t('een buur', 'a neighbour'),
  family: t('familie', 'family'),
  'informal-carer': t('de mantelzorger', 'the informal carer'),
  school: t('school', 'school'),
  police: t('de politie', 'the police'),
  person: t('de persoon zelf', 'the person'),
  other: t('iemand anders', 'somebody else'),
};

const owners: Record<ConcernOwner, Text> = {
  'neighbourhood-team': froms['neighbourhood-team'],
  'debt-service': froms['debt-service'],
  'support-provider': froms['support-provider'],
  'housing-corporation': froms['housing-corporation'],
  gp: froms.gp,
  'mental-health-care': froms['mental-health-care'],
  'public-health-service': t('de GGD (bemoeizorg)', 'the public health service'),
};

const following: Record<ConcernFollows, Text> = {
  note: t('op te volgen', 'to be followed up'),
  'crisis-contact': t('contact leggen', 'contact to be made'),
  reopen: t('heropening voorgesteld', 'reopening proposed'),
};

const outcomes: Partial<Record<ConcernStatus, Text>> = {
  'contact-made': t('er is contact geweest', 'there was contact'),
  'track-reopened': t('spoor heropend', 'track reopened'),
  'no-action-needed': t('geen actie nodig', 'no action needed'),
};

/** The kind of a concern, as the begin of a sentence. */
export const concernKindText = (kind: ConcernKind, language: Language): string =>
  capital(kinds[kind][language]);

/** "Huurachterstand, overgedragen aan het wijkteam". @param what - a concern or a track */
export const handedOverText = (what: ConcernKind | Track, owner: ConcernOwner, language: Language): string =>
  `${capital((words[what] ?? words.other!)[language])}, ${over[language]} ${owners[owner][language]}`;

const over = t('overgedragen aan', 'handed over to');

/** "Huurachterstand, gemeld door de woningcorporatie: heropening voorgesteld". */
export function concernText({ kind, from, follows, status, owner }: Concern, language: Language): string {
  const told = language === 'nl' ? 'gemeld door' : 'raised by';
  const stands = owner
    ? `${over[language]} ${owners[owner][language]}`
    : (outcomes[status] ?? following[follows])[language];
  return `${concernKindText(kind, language)}, ${told} ${froms[from][language]}: ${stands}`;
}

const tracks: Partial<Record<Track, Text>> = {
  debt: t('schulden', 'debts'),
  aftercare: t('nazorg', 'aftercare'),
};

const words: Readonly<Record<string, Text>> = { ...froms, ...owners, ...kinds, ...outcomes, ...tracks };

/** Lines of the timeline, of which the reason is made of codes of concerns; undefined for other lines. */
export function concernHappening(
  what: string,
  reason: string | undefined,
  language: Language,
): string | undefined {
  const text = happenings[what]?.[language];
  if (!text || !reason) return text;
  return `${text}: ${reason
    .split(' ')
    .map((word) => words[word]?.[language] ?? word)
    .join(', ')}`;
}

const happenings: Readonly<Record<string, Text>> = {
  'concern-raised': t('Signaal ontvangen', 'Concern raised'),
  'concern-recorded': t('Signaal vastgelegd', 'Concern recorded'),
  'concern-note': t('Signaal op te volgen', 'Concern to be followed up'),
  'concern-crisis-contact': t('Contact leggen na een signaal', 'Contact to be made after a concern'),
  'concern-reopen': t('Heropening voorgesteld na een signaal', 'Reopening proposed after a concern'),
  'concern-overdue': t('Signaal niet op tijd opgepakt', 'Concern not looked after in time'),
  'concern-settled': t('Signaal afgehandeld', 'Concern settled'),
  'concern-handed-over': t('Signaal overgedragen', 'Concern handed over'),
  'track-handed-over': t('Spoor overgedragen', 'Track handed over'),
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
