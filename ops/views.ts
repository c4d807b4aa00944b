/** The saved views of operations: each finds one kind of stuck route, as a query of the store and a link into the Temporal UI. */
import { Party, type Stage } from '../contracts/vocabulary.ts';
import { t, type Text } from '../contracts/text.ts';
import { unchangedDays } from '../domain/operations/stuck.ts';
import { isOpen, isRoute, TROUBLE } from '../domain/operations/visibility.ts';
import { partyText, stageText } from '../domain/texts.ts';
import { runbook, type Repair } from './runbook.ts';

export interface View {
  /** Stable: what scripts, alerts and the digest call it by. */
  readonly id: string;
  readonly title: Text;
  /** What it means that a route stands in it. */
  readonly meaning: Text;
  readonly query: string;
  /** Its query names a day: a link of last week finds other routes than one of today. */
  readonly dated: boolean;
  /** What mends it: sections of docs/runbook.md. */
  readonly repairs: readonly Repair[];
}

export interface ViewsOf {
  /** The moment that is looked from. */
  readonly now: Date;
  /** CBS codes, each with a view of its own. */
  readonly municipalities: readonly string[];
}

/** After so many days a route is longer in a stage than one whose terms are kept [assumed]: the terms of rules/nl.json, rounded up. */
export const longInStageDays: Readonly<Record<Exclude<Stage, 'closed'>, number>> = {
  intake: 70, // the application's 8 weeks, and a week to object in
  housing: 182,
  cti: 305, // three phases of three months, and a month between
  aftercare: 400,
  'debt-repayment': 580, // eighteen months, and a month for the discharge
};

const DAY_MS = 86_400_000;

/** All views, in the order in which operations look at them. */
export function viewsOf({ now, municipalities }: ViewsOf): View[] {
  const daysAgo = (days: number) =>
    `${new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 10)}T00:00:00Z`;
  return [
    ...ofHealth,
    ...Party.options.map(waitingOn),
    ...municipalities.map(ofMunicipality),
    ...Object.entries(longInStageDays).map(([stage, days]) =>
      longInStage(stage as Stage, days, daysAgo(days)),
    ),
    {
      id: 'unchanged',
      title: t(`Al ${unchangedDays} dagen niets veranderd`, `Without change for ${unchangedDays} days`),
      meaning: t(
        'Er gebeurt niets, ook geen herinnering: loopt er alleen een lange termijn, of is er iets blijven liggen?',
        'Nothing happens, not even a reminder: is a long term running, or was something left lying?',
      ),
      query: open(`RouteChangedAt < '${daysAgo(unchangedDays)}'`),
      dated: true,
      repairs: [runbook.redo, runbook.completeByHand],
    },
  ];
}

/**
 * The address of a view in the Temporal UI, which offers to keep it under its name.
 * @param at - where the UI is, and the namespace of the routes
 */
export function linkTo({ query, title }: View, { ui, namespace }: { ui: string; namespace: string }): string {
  const asked = `query=${encoded(query)}&savedQuery=${encoded(title.nl)}`;
  return `${ui.replace(/\/$/, '')}/namespaces/${encodeURIComponent(namespace)}/workflows?${asked}`;
}

/** Terminals and chat programs end a link at a quote or a bracket. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/['()]/g, (each) => `%${each.charCodeAt(0).toString(16)}`);

const open = (...conditions: readonly string[]): string => [isRoute, isOpen, ...conditions].join(' AND ');

const ofHealth: readonly View[] = [
  {
    id: 'overdue',
    title: t('Te laat', 'Overdue'),
    meaning: t(
      'Een termijn is voorbij; wie aan zet is, weet dat, en na een week de procesregisseur ook.',
      'A term has passed; whoever is to act knows, and after a week the process director does.',
    ),
    query: open("RouteHealth = 'Overdue'"),
    dated: false,
    repairs: [runbook.redo, runbook.completeByHand, runbook.skip],
  },
  {
    id: 'due-soon',
    title: t('Termijn nadert', 'Due soon'),
    meaning: t(
      'Driekwart van een termijn is om; de partij is herinnerd.',
      'Three quarters of a term are over; the party was reminded.',
    ),
    query: open("RouteHealth = 'DueSoon'"),
    dated: false,
    repairs: [runbook.redo],
  },
  {
    id: 'deadlocked',
    title: t('Impasse', 'Deadlocked'),
    meaning: t(
      'Partijen wachten op elkaar; de details van de route zeggen wie, en hoe het met de toezeggingen staat.',
      "Parties wait for each other; the route's details say which, and how their commitments stand.",
    ),
    query: open("RouteHealth = 'Deadlocked'"),
    dated: false,
    repairs: [runbook.commitments, runbook.completeByHand, runbook.skip],
  },
  {
    id: 'technical',
    title: t('Technische storing', 'Technical failure'),
    meaning: t(
      'Een partner is onbereikbaar of weigert het verzoek, of een route loopt vast op een fout (dan staat er een `trouble/…` bij).',
      'A partner cannot be reached or refuses the request, or a route is wedged by a bug (a `trouble/…` then stands beside it).',
    ),
    query: `WorkflowType IN ('outflowRoute', '${TROUBLE}') AND ${isOpen} AND RouteHealth = 'Technical'`,
    dated: false,
    repairs: [
      runbook.retryNow,
      runbook.redo,
      runbook.changeAddress,
      runbook.holdPartner,
      runbook.reset,
      runbook.bulk,
    ],
  },
  {
    id: 'on-hold',
    title: t('In de wacht', 'On hold'),
    meaning: t(
      'Alle termijnen staan stil tot een bekend moment; staat een route er te lang, hervat haar dan.',
      'All terms stand still until a known moment; resume a route that stands here for too long.',
    ),
    query: open("RouteHealth = 'OnHold'"),
    dated: false,
    repairs: [runbook.hold, runbook.holdPartner, runbook.bulk],
  },
];

function waitingOn(party: Party): View {
  const who = (language: 'nl' | 'en') => partyText(party, language);
  const isOutside = !['case-manager', 'calendar'].includes(party);
  return {
    id: `waiting-on.${party}`,
    title: t(`Wacht op ${who('nl')}`, `Waiting on ${who('en')}`),
    meaning: t(
      `Minstens één wachtmoment van de route is voor ${who('nl')}.`,
      `At least one wait of the route is for ${who('en')}.`,
    ),
    query: open(`WaitingOn = '${party}'`),
    dated: false,
    repairs:
      party === 'housing-agreement'
        ? [runbook.places]
        : isOutside
          ? [runbook.holdPartner, runbook.changeAddress, runbook.redo]
          : [runbook.completeByHand, runbook.rules],
  };
}

const ofMunicipality = (municipality: string): View => ({
  id: `municipality.${municipality}`,
  title: t(`Gemeente ${municipality}`, `Municipality ${municipality}`),
  meaning: t('Alle open routes van deze gemeente.', 'All open routes of this municipality.'),
  query: open(`Municipality = '${municipality}'`),
  dated: false,
  repairs: [runbook.bulk, runbook.rules],
});

const longInStage = (stage: Stage, days: number, before: string): View => ({
  id: `long-in.${stage}`,
  title: t(
    `Langer dan ${days} dagen in ${stageText(stage, 'nl')}`,
    `Longer than ${days} days in ${stageText(stage, 'en')}`,
  ),
  meaning: t(
    'Langer in deze fase dan wie op tijd antwoord krijgt; zoek op wie er gewacht wordt.',
    'Longer in this stage than a route that is answered in time; see whom it waits for.',
  ),
  query: open(`RouteStage = '${stage}'`, `StageSince < '${before}'`),
  dated: true,
  repairs: [runbook.redo, runbook.skip, runbook.rules],
});
