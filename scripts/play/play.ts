/** Plays one scenario on a system of its own, and prints it as it happens. */
import type { Language } from '../../contracts/vocabulary.ts';
import { agreeOn, yearOf } from '../scenario/housing-agreement.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { laterUnder } from '../scenario/span.ts';
import { endingOf, verdictOf } from './ending.ts';
import { partiesOf } from './parties.ts';
import { pictureOf } from './picture.ts';
import type { Progress } from './progress.ts';
import { dateText, tellerOf } from './teller.ts';
import { texts } from './texts.ts';
import { walk, type Walked } from './walk.ts';
import type { World } from './world.ts';

export interface Playing {
  readonly scenario: Scenario;
  readonly world: World;
  /** Id of the national rule set that its route begins under. */
  readonly rules: string;
  readonly rulesFolder: string;
  readonly language: Language;
  readonly say: (line: string) => void;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Plays it to its end; `ok`: all of it came as the scenario says, and the route refused nobody. */
export async function playOne(playing: Playing): Promise<{ ok: boolean; walked: Walked }> {
  const { scenario, world, rules, language, say, progress, signal } = playing;
  say(`${scenario.label}: ${scenario.story[language]}\n`);
  for (const line of await partiesOf(scenario, playing)) say(line);
  await agreeForYears(playing);
  say('');
  const walked = await walk({
    scenario,
    world,
    later: laterUnder(rules),
    tell: tellerOf({ language, rules, say }),
    during: (moment, work) => progress.during(`${texts.onTheWay[language]} ${dateText(moment, rules)}`, work),
    signal,
  });
  const played = { scenario, walked, rules, language };
  const { ok, lines } = verdictOf(played);
  for (const line of ['', ...pictureOf(walked.looks, played), '', ...endingOf(played), ...lines]) say(line);
  return { ok, walked };
}

/** A route asks for a place in the year in which it comes so far: the intake may end in the next one. */
async function agreeForYears({ scenario, world, language, say }: Playing): Promise<void> {
  const year = yearOf(new Date(await world.now()));
  for (const each of [year, year + 1]) {
    const agreed = await agreeOn(world.policyApi, scenario, { year: each, language });
    if (agreed) say(agreed);
  }
}
