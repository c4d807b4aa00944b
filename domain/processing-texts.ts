/** What was done with somebody's data, in a sentence. */
import type { DataKind, ProcessedBy, ProcessingDirection } from '../contracts/processing.ts';
import type { Language, PartnerParty } from '../contracts/vocabulary.ts';
import { partyText } from './texts.ts';
import { t, type Text } from './text.ts';

const kinds: Readonly<Record<DataKind, Text>> = {
  course: t('hoe de route ervoor staat', 'how the route stands'),
  'opening-answer': t('het antwoord op de eerste vraag', 'the answer to the opening question'),
  identity: t('wie u bent', 'who you are'),
  wishes: t('uw wensen', 'your wishes'),
  reasons: t('wat bij besluiten en stappen is opgeschreven', 'what was written with decisions and steps'),
  supporters: t('wie uw steunfiguren zijn', 'who your supporters are'),
  'shelter-address': t('het adres van de opvang', 'the address of the shelter'),
  debts: t('of er schulden zijn', 'whether there are debts'),
  threat: t('wat er dreigt', 'what threatens'),
  'housing-form': t('de woonvorm', 'the housing form'),
  'birth-year': t('uw geboortejaar', 'your year of birth'),
  skills: t('wat u wilt leren', 'what you want to learn'),
  'excluded-areas': t('waar u niet wilt wonen', 'where you do not want to live'),
  place: t('de gereserveerde plek', 'the reserved place'),
  offer: t('welke woning het is', 'which home it is'),
  file: t('het dossier', 'the file'),
  consents: t('waarvoor u toestemming gaf', 'what you consented to'),
  keys: t('de sleutels van uw gegevens', 'the keys of your data'),
};

const roles: Readonly<Record<Exclude<ProcessedBy, 'partner'>, Text>> = {
  'case-manager': t('een trajectbegeleider', 'a case manager'),
  'process-director': t('een procesregisseur', 'a process director'),
  operations: t('iemand van beheer', 'somebody of operations'),
  policy: t('een beleidsmedewerker', 'a policy officer'),
  person: t('u', 'you'),
  system: t('deze voorziening', 'this service'),
};

/** What is neither told nor received. */
const activities: Readonly<Record<string, Text>> = {
  'personal-data.delete': t('gegevens vernietigd', 'data destroyed'),
};

const verbs: Readonly<Record<ProcessingDirection, Readonly<Record<'party' | 'people', Text>>>> = {
  told: { party: t('meldde', 'told'), people: t('gaf op', 'recorded') },
  received: { party: t('kreeg', 'got'), people: t('zag', 'saw') },
};

export interface Told {
  readonly role: ProcessedBy;
  readonly party?: PartnerParty | undefined;
  readonly direction: ProcessingDirection;
  readonly activity: string;
  readonly data: readonly DataKind[];
  /** What the activity is called, in the language of the sentence. */
  readonly title: string;
}

/** Who, what and what for. */
export function processingText(
  { role, party, direction, activity, data, title }: Told,
  language: Language,
): string {
  const who = party ? partyText(party, language) : roles[role === 'partner' ? 'system' : role][language];
  const what = data.map((kind) => kinds[kind][language]).join(', ');
  const done = activities[activity]?.[language];
  const sentence = done
    ? `${who}: ${done}`
    : `${who} ${verbs[direction][party ? 'party' : 'people'][language]}: ${what} (${title})`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
