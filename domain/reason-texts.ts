/**
 * Reasons in words: a reason is a code, of this product or of a partner. A partner may have codes that nobody here knows;
 * those are shown as they are.
 */
import type { Ending, Language } from '../contracts/vocabulary.ts';
import { contactKinds, relations } from './cti-texts.ts';
import { t, type Text } from './text.ts';
import type { WhyCode } from './why.ts';

/** Why a partner refused, or took something back. Partners are asked to use these codes: docs/partners.md. */
const ofPartners = {
  'not-possible': t('niet mogelijk', 'not possible'),
  'no-proven-residence': t('verblijf niet aangetoond', 'residence not proven'),
  'not-resident': t('geen inwoner', 'not a resident'),
  'no-entitlement': t('geen recht hierop', 'not entitled to it'),
  'information-missing': t('er ontbreken gegevens', 'information is missing'),
  'income-too-high': t('te veel inkomen of vermogen', 'too much income or assets'),
  'used-before': t('er is al eerder gebruik van gemaakt', 'it was made use of before'),
  fraud: t('fraude', 'fraud'),
  'creditor-refused': t('een schuldeiser stemde niet in', 'a creditor did not agree'),
  'rent-debt': t('huurschuld bij deze corporatie', 'rent owed to this corporation'),
  'no-capacity': t('geen plaats', 'no capacity'),
  'no-fit': t('niet passend', 'not suitable'),
  withdrawn: t('ingetrokken', 'withdrawn'),
  'answer-term-passed': t('niet op tijd beantwoord', 'not answered in time'),
} satisfies Record<string, Text>;

/** Which failure made a step technical. */
const ofFailures = {
  PartnerRejected: t('de partij kan het verzoek niet lezen', 'the party cannot read the request'),
  PartnerDeniedAccess: t('de partij laat ons niet toe', 'the party lets us in no more'),
  PartnerUnreachable: t('de partij is onbereikbaar', 'the party cannot be reached'),
  PersonUnknown: t('niet bekend wie de persoon is', 'not known who the person is'),
  PersonKeyMissing: t('de gegevens zijn verwijderd', 'the data was deleted'),
} satisfies Record<string, Text>;

/** Why news came too late. */
const ofReceipts = {
  'already-answered': t('er is al antwoord', 'there is an answer already'),
  'already-kept': t('al nagekomen', 'kept already'),
  'step-not-needed': t('niet meer nodig', 'needed no more'),
  'other-content': t(
    'een ander bericht had dit id al: dit is niet gehoord',
    'another event had this id: this one was not heard',
  ),
  superseded: t('sindsdien opnieuw gevraagd', 'asked again since'),
  'unknown-request': t('dit is niet gevraagd', 'nobody asked this'),
  'wrong-kind-of-answer': t(
    'een ander soort antwoord dan gevraagd',
    'another kind of answer than was asked for',
  ),
  'offer-not-open': t('het aanbod staat niet open', 'the offer is not open'),
  'no-open-round': t('er loopt geen ronde', 'no round is open'),
  'not-promised': t('dit was niet toegezegd', 'this was not promised'),
  'not-your-step': t('de stap is van een andere partij', 'the step is of another party'),
  'route-ending': t('de route wordt afgerond', 'the route is ending'),
  'route-closed': t('de route is afgesloten', 'the route is closed'),
  'route-moved': t('de route ging naar een andere gemeente', 'the route went to another municipality'),
  'kind-unknown': t(
    'de verwerking kent dit soort bericht nog niet',
    'the worker does not know this kind yet',
  ),
  unreadable: t('onleesbaar', 'unreadable'),
  'judged-outcome-not-kept': t('beoordeeld; de uitkomst is niet bewaard', 'judged; the outcome was not kept'),
} satisfies Record<string, Text>;

/** Why a commitment, a round or a place came to its end. */
const ofEnds = {
  broken: t('niet nagekomen', 'broken'),
  'not-kept': t('niet op tijd waargemaakt', 'not kept in time'),
  lapsed: t('vervallen', 'lapsed'),
  'no-housing-agreement': t('er is geen prestatieafspraak', 'there is no housing agreement'),
  'not-asked': t('een partij kon niet gevraagd worden', 'a party could not be asked'),
} satisfies Record<string, Text>;

/** What people choose between: refusals of offers, the ladder, advice, moves, emergencies, transfers. */
const ofPeople = {
  unsuitable: t('niet passend', 'not suitable'),
  unsafe: t('niet veilig', 'not safe'),
  preference: t('voorkeur', 'preference'),
  'own-wish': t('eigen wens', 'own wish'),
  safety: t('veiligheid', 'safety'),
  'support-near': t('begeleiding in het gebouw nodig', 'support in the building is needed'),
  bridge: t('tot een eigen woning vrijkomt', 'until an own home comes free'),
  skills: t('past bij wat de persoon kan', 'fits what the person can do'),
  'support-need': t('past bij de begeleiding die nodig is', 'fits the support that is needed'),
  household: t('wie er meekomt', 'who comes along'),
  affordable: t('betaalbaar', 'affordable'),
  health: t('gezondheid', 'health'),
  soonest: t('eerder beschikbaar dan iets anders', 'there before anything else'),
  'end-of-stay': t('verblijf of tijdelijk contract liep af', 'a stay or temporary lease ended'),
  'ladder-step': t('volgende trede van de ladder', 'next step of the ladder'),
  eviction: t('ontruiming', 'eviction'),
  'unfit-home': t('woning onbewoonbaar', 'home unfit to live in'),
  'support-elsewhere': t('opname of begeleiding elders', 'admission, or support elsewhere'),
  'key-handover': t('sleuteloverdracht', 'key handover'),
  'no-roof': t('geen slaapplek vannacht', 'no place to sleep tonight'),
  violence: t('geweld', 'violence'),
  children: t('kind in gevaar', 'a child in danger'),
  'no-local-ties': t('geen binding met de gemeente', 'no ties to the municipality'),
  'unsafe-here': t('hier niet veilig', 'not safe here'),
  other: t('andere reden', 'another reason'),
} satisfies Record<string, Text>;

/** Why operations mended something. */
const ofRepairs: Readonly<Record<WhyCode, Text>> = {
  'partner-outage': t('storing bij de partij', 'outage at the party'),
  'request-lost': t('het verzoek is bij de partij zoekgeraakt', 'the party lost the request'),
  'answer-lost': t('het antwoord is onderweg zoekgeraakt', 'the answer was lost on its way'),
  'answered-otherwise': t('langs een andere weg beantwoord', 'answered in another way'),
  'bug-mended': t('een fout in het systeem is verholpen', 'a fault of the system was mended'),
  'as-agreed': t('zo afgesproken', 'as was agreed'),
};

/** How a route ended. */
const ofEndings: Readonly<Record<Ending, Text>> = {
  completed: t('voltooid', 'completed'),
  'not-granted': t('niet toegekend', 'not granted'),
  'closed-early': t('voortijdig beëindigd', 'closed early'),
  erased: t('gegevens gewist op verzoek van de persoon', 'data erased at the request of the person'),
  deceased: t('overleden', 'deceased'),
  disappeared: t('verdwenen', 'disappeared'),
  detained: t('langdurig gedetineerd', 'in detention for long'),
};

const reasons: Readonly<Record<string, Text>> = {
  ...ofPartners,
  ...ofFailures,
  ...ofReceipts,
  ...ofEnds,
  ...ofPeople,
  ...ofEndings,
  ...ofRepairs,
};

/** The codes for refusals that this product has words for. */
export const refusalCodes = Object.keys(ofPartners);

/** A reason in words; undefined for a code that has none here. */
export const reasonText = (code: string, language: Language): string | undefined =>
  Object.hasOwn(reasons, code) ? reasons[code]![language] : undefined;

interface ReasonInWords {
  readonly reason?: string;
  readonly reasonSentence?: string;
}

/** Lines of the timeline whose reason is a why; that of others is of another kind: of a hold, a concern. */
const saysWhy =
  /^(step|skip|completed|hold-began|hold-ended|offer|accepted-offer|place|provision|moved|forced-move|route-ending|transfer-declined)/;

/** Where the words for the reason of a line are: a why, how there was contact, who a supporter is. */
const wordsFor: readonly (readonly [RegExp, Readonly<Record<string, Text>>])[] = [
  [saysWhy, reasons],
  [/^contact-/, contactKinds],
  [/^supporter-/, relations],
];

/** The reason of a line of the timeline. @param what - which line it is */
export const inWordsOf = (what: string, reason: string | undefined, language: Language): ReasonInWords =>
  shown(reason, wordsFor.find(([lines]) => lines.test(what))?.[1] ?? {}, language);

/** A reason as it is shown: the code, and in words where there are any. */
export const inWords = (reason: string | undefined, language: Language): ReasonInWords =>
  shown(reason, reasons, language);

function shown(
  reason: string | undefined,
  texts: Readonly<Record<string, Text>>,
  language: Language,
): ReasonInWords {
  if (!reason) return {};
  return { reason, ...(Object.hasOwn(texts, reason) && { reasonSentence: texts[reason]![language] }) };
}
