/** Prints the timeline of a route as it happens: date, what happened, by whom, and of each term where it comes from. */
import { basisText } from '../../domain/basis-texts.ts';
import type { TimelineEntry } from '../../contracts/views.ts';
import { Party, type Language } from '../../contracts/vocabulary.ts';
import { partyText } from '../../domain/texts.ts';
import { texts } from './texts.ts';

/** What nobody needs to read. */
const quiet = new Set(['request-accepted']);

/** What stands out, by how bad it is. */
const marks: Readonly<Record<string, string>> = {
  'step-due-soon': '!',
  'step-overdue': '!!',
  'step-escalated': '!!!',
  'step-refused': '×',
  'deadlock-found': '!!',
  'commitment-declined': '×',
  'commitment-broken': '×',
  'commitments-released': '×',
  'home-promise-passed': '!!',
  'route-closed': '■',
};

const MARK_WIDTH = 4;
const SENTENCE_WIDTH = 52;

/** Writes a moment as a day in Amsterdam, and under rules of seconds as a time. */
export function dateText(moment: string, rules: string): string {
  const options = { timeZone: 'Europe/Amsterdam' };
  const date = new Date(moment);
  return rules === 'demo'
    ? date.toLocaleTimeString('nl-NL', options)
    : date.toLocaleDateString('sv-SE', options);
}

/**
 * Makes what prints entries of a timeline.
 * @param rules - id of the rule set that the route is under
 */
export function tellerOf({
  language,
  rules,
  say,
}: {
  language: Language;
  rules: string;
  say: (line: string) => void;
}): (entries: readonly TimelineEntry[]) => void {
  const date = (moment: string) => dateText(moment, rules);
  const indent = ' '.repeat(date(new Date(0).toISOString()).length + 2 + MARK_WIDTH);
  return (entries) => {
    for (const entry of entries) {
      const { at, what, sentence, by, note } = entry;
      if (quiet.has(what)) continue;
      const mark = (marks[what] ?? '·').padEnd(MARK_WIDTH);
      say(`${date(at)}  ${mark}${`${sentence}${why(entry)}`.padEnd(SENTENCE_WIDTH)} ${byText(by, language)}`);
      const term = termText(entry, date, language);
      if (term) say(indent + term);
      if (note) say(`${indent}“${note}”`);
    }
  };
}

/** The sentence about an offer says its own reason, and that of a deadlock is its name, which is no code. */
const why = ({ what, reason, reasonSentence = reason }: TimelineEntry): string =>
  reason !== undefined && /^[A-Za-z0-9-]+$/.test(reason) && !what.startsWith('offer-')
    ? ` (${reasonSentence})`
    : '';

const byText = (by: string, language: Language): string => {
  const { data } = Party.safeParse(by);
  return data ? partyText(data, language) : by;
};

function termText({ dueAt, term }: TimelineEntry, date: (moment: string) => string, language: Language) {
  if (!dueAt) return undefined;
  if (!term) return `${texts.until[language]} ${date(dueAt)}`;
  const { rule, ruleSet, version, basis } = term;
  return `${texts.due[language]} ${date(dueAt)} · ${texts.rule[language]} ${rule} (${ruleSet} ${version}) · ${basisText(basis, language)}`;
}
