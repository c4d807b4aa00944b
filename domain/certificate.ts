/** Says what was deleted when the route was closed, and what remains, where, until when and why. */
import type { Certificate, DeletedData, RemainingData } from '../contracts/certificate.ts';
import type { ErasedElsewhere, ErasureAnswer } from '../contracts/erasure.ts';
import type { Language, PartnerParty } from '../contracts/vocabulary.ts';
import { basisText } from './basis-texts.ts';
import { addDays, addMonths, localDay } from './calendar.ts';
import { groundTexts } from './erasure-texts.ts';
import type { ToldToErase } from './erasure.ts';
import type { RouteState } from './route-state.ts';
import { erasureRule, retentionRule, sourceOf } from './rules.ts';
import { termFor } from './terms.ts';
import { t, type Text } from './text.ts';
import { partyText } from './texts.ts';

const deletedTexts: Readonly<Record<DeletedData, Text>> = {
  'opening-answer': t('Het antwoord op de eerste vraag', 'The answer to the opening question'),
  identity: t('Wie de persoon is', 'Who the person is'),
  wishes: t('De woonwensen', 'The wishes for a home'),
  reasons: t('Wat bij besluiten en stappen is opgeschreven', 'What was written with decisions and steps'),
  supporters: t('Wie de steunfiguren zijn', 'Who the supporters are'),
  'shelter-address': t('Het adres van de opvang', 'The address of the shelter'),
};

const remainingTexts: Readonly<Record<RemainingData, Text>> = {
  file: t(
    'Het dossier is overgedragen aan het zaaksysteem van de gemeente, die het moet bewaren',
    'The file was handed over to the record system of the municipality, which has to keep it',
  ),
  course: t(
    'Het verloop van de route in codes en datums, zonder wie het was, zo lang als een afgesloten route hier bewaard wordt',
    'The course of the route in codes and dates, without who it was, for as long as a closed route is kept here',
  ),
  'access-log': t(
    'Wie wanneer waarvoor gegevens heeft ingezien, zonder de gegevens zelf, om verantwoording af te leggen: tot jaren na de laatste regel over de route',
    'Who looked at data, when and what for, without the data itself, to account for it: until years after the last line about the route',
  ),
};

/** How long is kept here what remains. */
export interface KeptHere {
  /** Days for which the server keeps what has ended. */
  readonly courseDays: number;
  /** Years after the last line about a route. */
  readonly logYears: number;
}

/** As the installation has it where nothing else was set. */
export const usuallyKept: KeptHere = { courseDays: 30, logYears: 5 };

/** @returns undefined while nothing was deleted */
export function certificateOf(
  state: RouteState,
  language: Language,
  { courseDays, logYears }: KeptHere = usuallyKept,
): Certificate | undefined {
  const { routeId, closedAt, deletedAt } = state;
  if (!deletedAt) return undefined;
  const { calendar } = state.rules;
  const logUntil = addMonths(localDay(deletedAt, calendar), Math.round(12 * logYears));
  return {
    routeId,
    ...(closedAt && { closedAt }),
    deletedAt,
    ...erasureOf(state, language),
    deleted: deletedOf(state).map((data) => ({ data, sentence: deletedTexts[data][language] })),
    remains: [
      ...fileOf(state, language),
      {
        data: 'course',
        where: 'here',
        ...(closedAt && { until: addDays(localDay(closedAt, calendar), courseDays) }),
        basis: basisText('AVG art. 5(1)(e) and 5(2) [assumed]', language),
        sentence: remainingTexts.course[language],
      },
      {
        data: 'access-log',
        where: 'here',
        until: logUntil,
        basis: basisText('AVG art. 5(2) and 30 [assumed]', language),
        sentence: remainingTexts['access-log'][language],
      },
    ],
  };
}

/** What the parties said that were asked to erase, where the person asked for that. */
function erasureOf(state: RouteState, language: Language): Pick<Certificate, 'erasure'> {
  const { erasure, outbox, rules } = state;
  if (erasure?.status !== 'granted') return {};
  const told = Object.entries(erasure.told ?? {}) as [PartnerParty, ToldToErase[PartnerParty] & {}][];
  const asked = outbox.flatMap((each) => (each.what === 'erasure' ? [each.party] : []));
  return {
    erasure: {
      askedAt: erasure.since,
      decidedAt: erasure.decidedAt!,
      ...(rules.terms[erasureRule] && { term: sourceOf(rules, erasureRule) }),
      parties: [
        ...told.map(([party, answer]) => elsewhere(party, answer, language)),
        ...asked.map((party) => elsewhere(party, 'being-asked', language)),
      ],
    },
  };
}

const outcomeTexts = {
  erased: t('heeft gewist wat het van de persoon had', 'has erased what it had of the person'),
  'taken-on': t('wist binnen de eigen termijn', 'erases within its own term'),
  kept: t('houdt gegevens', 'keeps data'),
  untold: t(
    'kon niet worden gevraagd: de trajectbegeleider doet dat',
    'could not be asked: the case manager sees to it',
  ),
  'being-asked': t('wordt gevraagd', 'is being asked'),
} satisfies Record<ErasedElsewhere['outcome'], Text>;

function elsewhere(
  party: PartnerParty,
  answer: ErasureAnswer | 'untold' | 'being-asked',
  language: Language,
): ErasedElsewhere {
  const said = typeof answer === 'string' ? { outcome: answer } : answer;
  const why = 'ground' in said ? `: ${groundTexts[said.ground][language]}` : '';
  const sentence = `${partyText(party, language)} ${outcomeTexts[said.outcome][language]}${why}`;
  return { party, ...said, sentence: sentence.charAt(0).toUpperCase() + sentence.slice(1) };
}

/** What there was, as far as the state still tells. */
function deletedOf(state: RouteState): DeletedData[] {
  const { person, wishes, decision, timeline, leftOut, cti, shelterAddress } = state;
  const there: Record<DeletedData, boolean> = {
    'opening-answer': true,
    identity: person !== undefined,
    wishes: wishes !== undefined,
    reasons:
      decision !== undefined ||
      timeline.some(({ note, gone }) => note !== undefined || gone) ||
      (leftOut?.notes ?? 0) > 0,
    supporters: cti?.supporters?.some(({ who }) => who !== undefined) ?? false,
    'shelter-address': shelterAddress !== undefined,
  };
  return (Object.keys(there) as DeletedData[]).filter((data) => there[data]);
}

/** No route is closed before its file was handed over. */
function fileOf({ steps, rules }: RouteState, language: Language): Certificate['remains'] {
  const { closedAt } = steps['closure.file'] ?? {};
  if (!closedAt) return [];
  const term = termFor(rules, retentionRule, { from: closedAt });
  const sentence = remainingTexts.file[language];
  const until = term && { until: localDay(term.dueAt, rules.calendar), term: sourceOf(rules, retentionRule) };
  const basis = term && basisText(sourceOf(rules, retentionRule).basis, language);
  return [{ data: 'file', where: 'record-system', ...until, ...(basis && { basis }), sentence }];
}
