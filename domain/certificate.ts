/** Says what was deleted when the route was closed, and what remains, where, until when and why. */
import type { Certificate, DeletedData, RemainingData } from '../contracts/certificate.ts';
import type { Language } from '../contracts/vocabulary.ts';
import { localDay } from './calendar.ts';
import type { RouteState } from './route-state.ts';
import { retentionRule, sourceOf } from './rules.ts';
import { termFor } from './terms.ts';
import { t, type Text } from './text.ts';

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
    'Het verloop van de route in codes en datums, zonder wie het was, tot de bewaartermijn van Temporal voorbij is',
    'The course of the route in codes and dates, without who it was, until the retention period of Temporal has passed',
  ),
  'access-log': t(
    'Wie wanneer waarvoor gegevens heeft ingezien, zonder de gegevens zelf: om verantwoording af te leggen',
    'Who looked at data, when and what for, without the data itself: to account for it',
  ),
};

/** @returns undefined while nothing was deleted */
export function certificateOf(state: RouteState, language: Language): Certificate | undefined {
  const { routeId, closedAt, deletedAt } = state;
  if (!closedAt || !deletedAt) return undefined;
  return {
    routeId,
    closedAt,
    deletedAt,
    deleted: deletedOf(state).map((data) => ({ data, sentence: deletedTexts[data][language] })),
    remains: [
      ...fileOf(state, language),
      { data: 'course', where: 'here', sentence: remainingTexts.course[language] },
      { data: 'access-log', where: 'here', sentence: remainingTexts['access-log'][language] },
    ],
  };
}

/** What there was, as far as the state still tells. */
function deletedOf(state: RouteState): DeletedData[] {
  const { person, wishes, decision, timeline, cti, shelterAddress } = state;
  const there: Record<DeletedData, boolean> = {
    'opening-answer': true,
    identity: person !== undefined,
    wishes: wishes !== undefined,
    reasons: decision !== undefined || timeline.some(({ note }) => note !== undefined),
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
  return [{ data: 'file', where: 'record-system', ...until, sentence }];
}
