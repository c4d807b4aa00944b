/** Sentences for people, in Dutch (default) and English. Codes and dates go in; nothing personal can come out. */
import { basisText } from './basis-texts.ts';
import type { Blocker, Health, Language, Party, Stage } from '../contracts/vocabulary.ts';
import { localTime } from './calendar.ts';
import { concernHappening, concernKindText } from './concern-texts.ts';
import { debtHappenings } from './debt-texts.ts';
import { alarmsView } from './alarms.ts';
import { ctiHappenings } from './cti-texts.ts';
import {
  elsewhereBlockers,
  elsewhereHappenings,
  elsewhereMoves,
  goOnSentence,
  holdSentence,
} from './elsewhere-texts.ts';
import { erasureBlockers, erasureHappenings, erasureMoves } from './erasure-texts.ts';
import { fallsWith } from './falls.ts';
import { fallsText, lawfulMovesText, objectionBlockers, objectionHappenings } from './falls-texts.ts';
import { movesAbout } from './lawful-moves.ts';
import type { RouteState, TimelineRecord } from './route-state.ts';
import { reasonText } from './reason-texts.ts';
import { openPromise } from './home-promise.ts';
import { promiseText } from './home-promise-texts.ts';
import { factText, factsText, impasseText, type Words } from './impasse-texts.ts';
import { applicationRefused, intakeHappenings } from './intake-texts.ts';
import { offerHappenings } from './offer-texts.ts';
import { openRounds } from './round.ts';
import { roundText } from './round-texts.ts';
import { sourceOf } from './rules.ts';
import type { NextMove, Waiting } from './standing.ts';
import type { StepId } from './steps.ts';
import { stepOf, type UnderTemplate } from './template.ts';
import { t, type Text } from './text.ts';
import type { LeftOut } from './timeline.ts';

const parties: Record<Party, Text> = {
  'debt-service': t('de schuldhulpverlening', 'the debt service'),
  'benefits-office': t('de uitkeringsinstantie', 'the benefits office'),
  'civil-registry': t('burgerzaken (BRP)', 'the civil registry'),
  'housing-corporation': t('de woningcorporatie', 'the housing corporation'),
  'support-provider': t('de zorgaanbieder', 'the support provider'),
  'record-system': t('het zaaksysteem', 'the record system'),
  'housing-agreement': t('de prestatieafspraak', 'the housing agreement'),
  'case-manager': t('de trajectbegeleider', 'the case manager'),
  'receiving-municipality': t('de ontvangende gemeente', 'the receiving municipality'),
  calendar: t('de kalender', 'the calendar'),
};

const blockers: Record<Blocker, Text> = {
  'no-identity': t('de persoonsgegevens ontbreken', 'the person has not been identified'),
  'no-address': t('er is geen adres', 'there is no address'),
  'no-income': t('er is geen inkomen', 'there is no income'),
  'no-home': t('er is geen woning', 'there is no home'),
  'debts-without-arrangement': t('schulden zonder regeling', 'debts without arrangement'),
  'no-support': t('de begeleiding is niet toegezegd', 'support has not been committed'),
  'no-contingent': t(
    'er is geen plek vrij; de route staat in de wachtrij',
    'no place is free; the route is in the queue',
  ),
  'no-consent': t('de persoon gaf geen toestemming', 'the person has not given consent'),
  'no-agreed-fact': t('een afgesproken voorwaarde ontbreekt', 'an agreed condition is missing'),
  'waiting-for-answer': t('er is nog geen antwoord', 'no answer yet'),
  'waiting-for-decision': t('er is nog geen besluit', 'no decision yet'),
  'refused-by-party': t('de partij weigerde', 'the party refused'),
  'mutual-precondition': t('impasse: partijen wachten op elkaar', 'deadlock: parties wait for each other'),
  'term-running': t('de termijn loopt', 'the term is running'),
  'supporter-lost': t('een steunfiguur haakte af', 'a supporter dropped out'),
  'concern-open': t('er is een signaal', 'there is a concern'),
  ...elsewhereBlockers,
  ...erasureBlockers,
  technical: t('technische storing', 'technical failure'),
};

const moves: Record<NextMove, Text> = {
  'wait-for-answer': t('antwoord afwachten', 'await the answer'),
  'ask-after-answer': t('de partij herinneren', 'remind the party'),
  escalate: t('opschalen: de termijn is voorbij', 'escalate: the term has passed'),
  'identify-person': t('persoonsgegevens of BSN vastleggen', 'identify the person, by BSN or otherwise'),
  'take-decision': t('een besluit nemen', 'take the decision'),
  'answer-offer': t(
    'samen met de persoon het aanbod beantwoorden',
    'answer the offer together with the person',
  ),
  'talk-before-offer': t(
    'eerst een gesprek met de persoon, dan een volgend aanbod',
    'first a talk with the person, then another offer',
  ),
  'redo-or-object': t('opnieuw aanvragen', 'ask again'),
  'ask-court': t(
    'de rechter om een dwangakkoord vragen, of toelating tot de Wsnp',
    'ask the court for a compulsory settlement, or for admission to the statutory scheme',
  ),
  'await-court': t('de uitspraak van de rechter afwachten', 'await the ruling of the court'),
  'mend-technical': t('de storing verhelpen en opnieuw vragen', 'mend the failure and ask again'),
  'bring-about-fact': t('de ontbrekende voorwaarde vervullen', 'bring about what is missing'),
  'wait-for-term': t('het einde van de termijn afwachten', 'await the end of the term'),
  'adopt-rules': t(
    'een regelset overnemen die deze termijn kent, of de stap met twee personen overslaan',
    'take over a rule set that knows this term, or skip the step by two people',
  ),
  'await-commitments': t('wachten of alle partijen toezeggen', 'await whether all parties commit'),
  'ask-commitments': t(
    'de partijen bijeenbrengen en opnieuw om toezeggingen vragen',
    'bring the parties together and ask for commitments again',
  ),
  'ask-consent': t(
    'de persoon om toestemming vragen en die vastleggen',
    'ask the person for consent, and record it',
  ),
  'make-contact': t(
    'contact leggen met de persoon, en vastleggen dat het er was',
    'make contact with the person, and record that there was contact',
  ),
  'confirm-reopening': t(
    'het voorgestelde spoor heropenen, of vastleggen waarom niet',
    'open the proposed track again, or record why not',
  ),
  'follow-up-concern': t(
    'het signaal opvolgen, en vastleggen wat eruit kwam',
    'follow the concern up, and record what came of it',
  ),
  'hand-over-concern': t(
    'het signaal afhandelen, of overdragen aan een eigenaar met naam: daarna sluit de route',
    'settle the concern, or hand it over to a named owner: the route closes after that',
  ),
  'confirm-skip': t('een tweede persoon bevestigt het overslaan', 'a second person confirms the skip'),
  'replace-supporter': t('een andere steunfiguur uitnodigen', 'invite another supporter'),
  'await-supporter': t(
    'het antwoord van de nieuwe steunfiguur afwachten',
    'await the answer of the new supporter',
  ),
  ...elsewhereMoves,
  ...erasureMoves,
};

const stages: Record<Stage, Text> = {
  intake: t('intake', 'intake'),
  housing: t('woning zoeken', 'search for a home'),
  cti: t('Critical Time Intervention', 'Critical Time Intervention'),
  aftercare: t('nazorg', 'aftercare'),
  'debt-repayment': t('schulden aflossen', 'debt repayment'),
  closed: t('afgesloten', 'closed'),
};

const healths: Record<Health, Text> = {
  OnTrack: t('op schema', 'on track'),
  DueSoon: t('termijn nadert', 'due soon'),
  Overdue: t('te laat', 'overdue'),
  Deadlocked: t('impasse', 'deadlocked'),
  OnHold: t('in de wacht', 'on hold'),
  Technical: t('technische storing', 'technical failure'),
};

const happenings: Record<string, Text> = {
  'route-started': t('Route gestart', 'Route started'),
  'note-added': t('Notitie', 'Note'),
  'wishes-recorded': t('Wensen vastgelegd', 'Wishes recorded'),
  'skills-recorded': t('Vaardigheden vastgelegd', 'Skills recorded'),
  'training-begun': t('Woontraining afgesproken', 'Housing training agreed'),
  moved: t('Verhuisd', 'Moved'),
  'forced-move': t('Verhuisd, niet uit eigen wens', 'Moved, not by own wish'),
  'housing-wished': t('Woonwens vastgelegd', 'Housing wish recorded'),
  'step-opened': t('{step}: gevraagd', '{step}: asked'),
  'step-opened:period': t('{step}: begonnen', '{step}: begun'),
  'step-blocked': t('{step}: kan nog niet beginnen', '{step}: cannot begin yet'),
  'request-accepted': t('{step}: verzoek ontvangen', '{step}: request received'),
  'step-completed': t('{step}: klaar', '{step}: done'),
  'step-completed:no-housing-agreement': t('{step}: niet nodig', '{step}: not needed'),
  'step-refused': t('{step}: geweigerd', '{step}: refused'),
  'step-technical': t('{step}: technische storing', '{step}: technical failure'),
  'step-redone': t('{step}: opnieuw gevraagd', '{step}: asked again'),
  'step-due-soon': t('{step}: termijn nadert', '{step}: due soon'),
  'step-overdue': t('{step}: termijn voorbij', '{step}: overdue'),
  'step-escalated': t(
    '{step}: opgeschaald naar de procesregisseur',
    '{step}: escalated to the process director',
  ),
  'skip-asked': t('{step}: overslaan voorgesteld', '{step}: skip proposed'),
  'step-skipped': t('{step}: overgeslagen', '{step}: skipped'),
  'step-not-asked': t(
    '{step}: niet gevraagd, de route was al verder',
    '{step}: not asked, the route was past it',
  ),
  'completed-by-hand': t('{step}: met de hand voltooid', '{step}: completed by hand'),
  'track-reopened': t('Spoor heropend vanaf {step}', 'Track reopened from {step}'),
  'hold-began': t('Route in de wacht', 'Route on hold'),
  'hold-ended': t('Route hervat', 'Route goes on'),
  'case-manager-changed': t('Andere trajectbegeleider', 'Another case manager'),
  'rules-adopted': t('Nieuwe regelset overgenomen', 'Later rule set taken over'),
  'party-unreachable': t('{step}: partij onbereikbaar', '{step}: party unreachable'),
  'period-ended': t('{step}: termijn afgelopen', '{step}: term ended'),
  'step-not-needed': t('{step}: niet meer nodig', '{step}: not needed any more'),
  'step-needed-again': t('{step}: toch nodig', '{step}: needed after all'),
  'notice-untold': t(
    '{step}: een bericht over de termijn kon niet worden bezorgd',
    '{step}: a notice about the term could not be delivered',
  ),
  'release-untold': t(
    'Intrekking kon niet worden bezorgd bij {by}',
    'Release could not be delivered to {by}',
  ),
  'commitment-untold': t(
    'Vraag om toezegging kon niet worden bezorgd bij {by}',
    '{by} could not be asked to commit',
  ),
  'place-realised-untold': t(
    'De prestatieafspraak kon niet horen dat de plek een woning is',
    'The housing agreement could not hear that the place is a home',
  ),
  'deadlock-found': t('Impasse gevonden: {reason}', 'Deadlock found: {reason}'),
  'deadlock-taken-up': t('Impasse opnieuw voorgelegd: {reason}', 'Deadlock taken up again: {reason}'),
  'deadlock-gone': t('Impasse voorbij: {reason}', 'Deadlock over: {reason}'),
  'commitments-asked': t('Alle partijen om een toezegging gevraagd', 'All parties asked to commit'),
  'commitment-given': t('Voorwaardelijk toegezegd door {by}', 'Conditional commitment by {by}'),
  'commitment-declined': t('Niet toegezegd door {by}', 'Declined by {by}'),
  'commitments-activated': t('Alle toezeggingen gelden nu', 'All commitments are active now'),
  'commitments-released': t(
    'Toezeggingen vervallen: niemand is gebonden',
    'Commitments released: nobody is bound',
  ),
  'commitment-broken': t('Toezegging teruggenomen door {by}', 'Commitment broken by {by}'),
  'commitment-not-kept': t(
    'Toezegging niet op tijd waargemaakt door {by}',
    'Commitment not kept in time by {by}',
  ),
  'commitment-renewed': t(
    'De toezegging kan nog: {by} deed een aanbod, de termijn begint opnieuw',
    'The commitment may still be kept: {by} made an offer, its term begins anew',
  ),
  'commitment-undone': t(
    'Een toezegging die waar was, moet opnieuw worden waargemaakt',
    'A commitment that was kept has to be kept anew',
  ),
  'commitment-kept': t('Een toezegging is waargemaakt', 'A commitment was kept'),
  'commitments-kept': t('Alle toezeggingen zijn waargemaakt', 'All commitments were kept'),
  'support-ended': t('Begeleiding beëindigd; de huur loopt door', 'Support ended; the tenancy stands'),
  'address-to-report': t(
    'Nieuw adres: de verhuizing is te melden bij de gemeente, en de woonkosten bij wie een uitkering betaalt',
    'New address: the move is to be reported to the municipality, and the costs of living to who pays a benefit',
  ),
  'place-granted': t('Plek gereserveerd', 'Place reserved'),
  'place-ended': t('Gereserveerde plek vervallen', 'Reserved place is over'),
  'place-kept': t('De gereserveerde plek wordt langer vastgehouden', 'The reserved place is kept longer'),
  'place-kept-untold': t(
    'De prestatieafspraak houdt de plek niet langer vast',
    'The housing agreement does not keep the place any longer',
  ),
  'place-realised': t('De gereserveerde plek is een woning geworden', 'The reserved place has become a home'),
  ...offerHappenings,
  ...ctiHappenings,
  ...intakeHappenings,
  ...objectionHappenings,
  ...elsewhereHappenings,
  ...erasureHappenings,
  ...debtHappenings,
  'home-promised': t('Passende woning beloofd', 'Suitable home promised'),
  'home-promise-signalled': t(
    'De beloofde woning wordt nog gezocht',
    'The promised home is still being sought',
  ),
  'home-promise-passed': t('Beloofde woning is te laat', 'The promised home is overdue'),
  'home-promise-kept': t('De beloofde woning is er', 'The promised home is there'),
  'home-promise-runs-on': t(
    'De beloofde woning is er niet meer: de termijn loopt door',
    'The promised home is there no more: its term runs on',
  ),
  'track-not-needed': t('Spoor niet nodig', 'Track not needed'),
  'request-released': t('{step}: verzoek ingetrokken', '{step}: request released'),
  'news-unreadable': t('Onleesbaar bericht ontvangen', 'Unreadable message received'),
  'route-ending': t('Route wordt afgerond', 'Route is ending'),
  'route-closed': t('Route afgesloten', 'Route closed'),
  'personal-data-deleted': t('Persoonsgegevens hier verwijderd', 'Personal data deleted here'),
  'deletion-untold': t('Persoonsgegevens niet verwijderd', 'Personal data not deleted'),
};

/** The name of a party in a sentence. */
export const partyText = (party: Party, language: Language): string => parties[party][language];

/** What holds a route up, where no more is known of it. */
export const blockerName = (blocker: Blocker, language: Language): string => blockers[blocker][language];

/** The name of a step in its route. */
export const stepText = (route: UnderTemplate, stepId: StepId, language: Language): string =>
  stepOf(route, stepId).title[language];

/** How a route is. */
export const healthText = (health: Health, language: Language): string => healths[health][language];

/** The name of a stage. */
export const stageText = (stage: Stage, language: Language): string => stages[stage][language];

/** What may lawfully be done next; about a refusal each move by name, with until when it can be made. */
export function moveText(state: RouteState, { nextMove, stepId }: Waiting, language: Language): string {
  const lawful = nextMove === 'redo-or-object' ? movesAbout(state, stepId) : [];
  if (lawful.length === 0) return moves[nextMove][language];
  return lawfulMovesText(lawful, wordsFor(state, language).clock, language);
}

/** What happened, as a line of the timeline. */
export function happeningText(
  route: Pick<RouteState, 'agreement' | 'template'>,
  entry: Happening,
  language: Language,
): string {
  const fact = (name: string) => factText(name, route.agreement, language);
  const { what, stepId, by, reason } = entry;
  const ofConcern = concernHappening(what, reason, language);
  if (ofConcern) return ofConcern;
  const isPeriod = stepId !== undefined && stepOf(route, stepId).kind === 'period';
  const text = happenings[`${what}:${reason}`] ?? (isPeriod ? happenings[`${what}:period`] : undefined);
  return ((text ?? happenings[what])?.[language] ?? what)
    .replace('{step}', stepId ? stepText(route, stepId, language) : '')
    .replace('{by}', by in parties ? partyText(by as Party, language) : by)
    .replace('{reason}', () => factsText(reason ?? '', { fact }, language));
}

/** What the timeline had no room for. */
export function leftOutText({ entries, notes }: LeftOut, language: Language): string {
  return language === 'nl'
    ? `Van deze lange tijdlijn is het oudste weggelaten: regels ${entries}, teksten ${notes}`
    : `The oldest of this long timeline is left out: lines ${entries}, texts ${notes}`;
}

type Happening = Pick<TimelineRecord, 'what' | 'stepId' | 'by' | 'reason'>;

/** Why the route stands still: on whom it waits, since when, due when and on which basis. */
export function waitText(state: RouteState, waiting: Waiting, language: Language): string {
  const nl = language === 'nl';
  const fact = waiting.fact ? ` (${factText(waiting.fact, state.agreement, language)})` : '';
  const { concern } = waiting;
  const about = concern ? concernKindText(concern.kind, language) : stepText(state, waiting.stepId, language);
  const reason = `${blockerText(state, waiting, language)}${whyText(state, waiting, language)}`;
  const parts = [
    waiting.ofRoute && !concern ? capital(reason) : `${about}: ${reason}${fact}`,
    nl
      ? `wacht op ${partyText(waiting.waitingOn, language)} sinds ${clock(waiting.since, state, waiting)}`
      : `waits on ${partyText(waiting.waitingOn, language)} since ${clock(waiting.since, state, waiting)}`,
  ];
  if (waiting.dueAt && waiting.rule) {
    const basis = basisText((waiting.source ?? sourceOf(state.rules, waiting.rule)).basis, language);
    const late = waiting.overdue ? (nl ? ', te laat' : ', overdue') : '';
    parts.push(`${nl ? 'uiterlijk' : 'due'} ${clock(waiting.dueAt, state, waiting)} (${basis})${late}`);
    if (state.hold && !concern)
      parts.push(nl ? 'staat stil: route in de wacht' : 'stands still: route on hold');
  }
  const falls = concern || waiting.ofRoute ? undefined : fallsWith(state, waiting.stepId);
  if (falls) parts.push(fallsText(state, falls, language));
  return parts.join('; ');
}

function blockerText({ steps }: RouteState, { stepId, blocker }: Waiting, language: Language): string {
  const ofObjection: Readonly<Partial<Record<Blocker, Text>>> = objectionBlockers;
  if (steps[stepId]?.objectsTo !== undefined && ofObjection[blocker]) return ofObjection[blocker][language];
  const own = stepId === 'intake.decision' && blocker === 'refused-by-party' ? applicationRefused : undefined;
  return (own ?? blockers[blocker])[language];
}

/** Why a party refused, or which failure holds the step up. */
function whyText(
  { steps }: RouteState,
  { stepId, ofRoute, concern, blocker }: Waiting,
  language: Language,
): string {
  const { status, reason, unreachable } = steps[stepId] ?? {};
  if (stepId === 'intake.decision') return ''; // its blocker says so
  if (unreachable && blocker === 'technical') return ` (${reasonText('PartnerUnreachable', language)})`;
  if (ofRoute || concern || !reason || (status !== 'refused' && status !== 'technical')) return '';
  return ` (${reasonText(reason, language) ?? reason})`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The short list that operations see in the Temporal UI. */
export function detailsText(state: RouteState, waitings: readonly Waiting[], language: Language): string {
  const next = language === 'nl' ? 'volgende stap' : 'next move';
  const hold = holdText(state, language);
  const promise = openPromise(state) ? [`- ${homePromiseText(state, language)}`] : [];
  const held = [
    ...(hold ? [`- ${hold}; ${next}: ${goOnText(state, language)}`] : []),
    ...deadlockLines(state, language),
    ...promise,
  ];
  // The Temporal UI shows the first lines alone, until somebody scrolls: what is awaited comes before what to look out for.
  const alarms = alarmsView(state, language).map(({ sentence }) => `- ${sentence}`);
  if (waitings.length === 0) return [...held, `- ${stageText(state.stage, language)}`, ...alarms].join('\n');
  const lines = waitings.map(
    (each) => `- ${waitText(state, each, language)}; ${next}: ${moveText(state, each, language)}`,
  );
  return [...held, ...lines, ...alarms].join('\n');
}

/** How parties and moments are written in sentences about a route. */
export const wordsFor = (state: RouteState, language: Language): Words => ({
  party: (party) => partyText(party, language),
  fact: (fact) => factText(fact, state.agreement, language),
  clock: (moment) => clock(moment, state),
});

/** The deadlock by name, and the rounds that are to break it: those under way, or the last while it lasts. */
function deadlockLines(state: RouteState, language: Language): string[] {
  const { impasse } = state;
  const open = openRounds(state);
  const last = impasse && open.length === 0 ? state.rounds?.slice(-1) : undefined;
  const words = wordsFor(state, language);
  return [
    ...(impasse ? [`- ${impasseText(impasse, words, language)}`] : []),
    ...[...open, ...(last ?? [])].map((round) => `- ${roundText(round, words, language)}`),
  ];
}

/** That the route is on hold, by whom, since when and until when; undefined when it is not. */
export function holdText(state: RouteState, language: Language): string | undefined {
  return state.hold && holdSentence(state.hold, (moment) => clock(moment, state), language);
}

/** The home that was promised, by when, and what became of it; undefined for a route that was promised nothing. */
export const homePromiseText = (state: RouteState, language: Language): string | undefined =>
  promiseText(state, (moment) => clock(moment, state), language);

/** How a route on hold goes on. */
export const goOnText = ({ hold }: Pick<RouteState, 'hold'>, language: Language): string =>
  goOnSentence(hold, language);

/** A moment on Amsterdam's clock: the day alone when it is its end, with seconds when the whole term is short. */
export function clock(
  moment: string,
  { rules }: Pick<RouteState, 'rules'>,
  term?: Pick<Waiting, 'since' | 'dueAt'>,
): string {
  const [day, time] = localTime(moment, rules.calendar).split('T') as [string, string];
  if (time === '23:59:59') return day;
  const isShort = term?.dueAt && Date.parse(term.dueAt) - Date.parse(term.since) < 3_600_000;
  return `${day} ${isShort ? time : time.slice(0, 5)}`;
}
