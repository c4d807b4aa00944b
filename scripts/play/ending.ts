/** What became of a route: how it ended, or who owns it and what it waits for; and whether that was expected. */
import type { Language } from '../../contracts/vocabulary.ts';
import { holds } from '../scenario/expect.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { dateText } from './teller.ts';
import { endingText, texts } from './texts.ts';
import type { Walked } from './walk.ts';

const DAY_MS = 86_400_000;

interface Played {
  readonly scenario: Scenario;
  readonly walked: Walked;
  readonly rules: string;
  readonly language: Language;
}

/** Where the route is, as lines. */
export function endingOf({ walked: { route, why }, rules, language }: Played): string[] {
  const say = (text: keyof typeof texts) => texts[text][language];
  const { startedAt, closedAt, ending, moves, caseManager, waits } = route;
  if (closedAt) {
    const days = Math.round((Date.parse(closedAt) - Date.parse(startedAt)) / DAY_MS);
    const took = rules === 'demo' ? '' : `, ${say('after')} ${days} ${say('days')}`;
    const moved = `${say('moves')}: ${moves.total}, ${say('forced')} ${moves.forced}`;
    return [
      `${say('closed')}: ${endingText(ending, language)}, ${dateText(closedAt, rules)}${took}; ${moved}`,
    ];
  }
  const because = { still: say('stillOpen'), until: say('ended'), stopped: say('stopped'), closed: '' }[why];
  const lines = waits.map(
    ({ sentence, nextMoveSentence }) => `  ${sentence}; ${say('next')}: ${nextMoveSentence}`,
  );
  return [`${because} ${say('owner')} ${caseManager} (${route.stage}/${route.health}):`, ...lines];
}

/** Whether it came as the scenario says, with each difference as a line. */
export function verdictOf({ scenario, walked, rules, language }: Played): { ok: boolean; lines: string[] } {
  const say = (text: keyof typeof texts) => texts[text][language];
  const { findings, refused, why } = walked;
  if (why === 'stopped') return { ok: false, lines: [] };
  const noes = refused.map((each) => `${say('refused')} ${each}`);
  if (rules !== scenario.rules) {
    const unchecked = findings.length > 0 ? [`${say('hold')}: ${say('otherRules')} ${scenario.rules}`] : [];
    return { ok: refused.length === 0, lines: [...noes, ...unchecked] };
  }
  const wrong = findings.filter((finding) => !holds(finding));
  const count = `${say('hold')}: ${findings.length - wrong.length} ${say('outOf')} ${findings.length} ${say('asExpected')}`;
  const lines = wrong.map(
    ({ what, expected, found }) => `  ${what}: ${say('expected')} ${expected}, ${say('found')} ${found}`,
  );
  const summary = findings.length > 0 ? [count] : [];
  return { ok: wrong.length + refused.length === 0, lines: [...noes, ...summary, ...lines] };
}
