/** What falls with a step, and what may be done about a refusal, for people. */
import type { Language } from '../contracts/vocabulary.ts';
import type { Falls } from './falls.ts';
import { factText } from './impasse-texts.ts';
import type { LawfulMove } from './lawful-moves.ts';
import type { RouteState } from './route-state.ts';
import { stepOf } from './template.ts';
import { t, type Text } from './text.ts';

export const objectionHappenings: Readonly<Record<string, Text>> = {
  'objection-due-soon': t(
    '{step}: de termijn voor bezwaar of beroep loopt af',
    '{step}: the term to object or appeal runs out',
  ),
  'objection-dismissed': t('{step}: bezwaar ongegrond', '{step}: objection dismissed'),
  'objection-lodged': t('{step}: bezwaar gemaakt', '{step}: objection lodged'),
};

const moves: Record<LawfulMove['move'], Text> = {
  object: t('bezwaar maken', 'object'),
  appeal: t('in beroep gaan bij de rechtbank', 'appeal to the court'),
  'ask-ex-officio': t('ambtshalve inschrijving vragen', 'ask for ex officio registration'),
  'ask-court': t(
    'de rechter om een dwangakkoord of toelating tot de Wsnp vragen',
    'ask the court for a compulsory settlement or for admission to the statutory scheme',
  ),
  redo: t('opnieuw aanvragen', 'ask again'),
};

const undecided = t('er is nog niet op het bezwaar beslist', 'the objection has not been decided on yet');

/** Why a step stands still that an objection is about, in place of the usual words. */
export const objectionBlockers = {
  'waiting-for-answer': undecided,
  'waiting-for-decision': undecided,
  'refused-by-party': t('het bezwaar is ongegrond verklaard', 'the objection was dismissed'),
} as const;

/** "bezwaar maken, uiterlijk 14 december": one move. @param clock - writes a moment */
export function lawfulMoveText(
  { move, until }: LawfulMove,
  clock: (moment: string) => string,
  language: Language,
): string {
  const by = language === 'nl' ? 'uiterlijk' : 'by';
  return until ? `${moves[move][language]} (${by} ${clock(until)})` : moves[move][language];
}

/** All moves as one sentence. */
export function lawfulMovesText(
  all: readonly LawfulMove[],
  clock: (moment: string) => string,
  language: Language,
): string {
  const parts = all.map((each) => lawfulMoveText(each, clock, language));
  const or = language === 'nl' ? ' of ' : ' or ';
  return [parts.slice(0, -1).join(', '), parts.at(-1)].filter(Boolean).join(or);
}

/** "zonder een adres gaat niet verder: Uitkering, Passende woning zoeken; ook in gevaar: studiefinanciering (DUO)". */
export function fallsText(state: RouteState, { facts, steps, atRisk }: Falls, language: Language): string {
  const nl = language === 'nl';
  const and = nl ? ' en ' : ' and ';
  const without = facts.map((fact) => factText(fact, state.agreement, language)).join(and);
  const titles = steps.map((stepId) => stepOf(state, stepId).title[language]).join(', ');
  const besides = atRisk.map(({ title }) => title[language]).join(', ');
  const stops = nl ? `gaat niet verder: ${titles}` : `these do not go on: ${titles}`;
  const also = nl ? `ook in gevaar: ${besides}` : `also at risk: ${besides}`;
  const parts = [...(titles ? [stops] : []), ...(besides ? [also] : [])];
  return `${nl ? 'zonder' : 'without'} ${without} ${parts.join('; ')}`;
}
