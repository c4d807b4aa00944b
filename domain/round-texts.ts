/** A round of mutual conditional commitments in one sentence, for whoever looks at a route that is stuck. */
import type { Language } from '../contracts/vocabulary.ts';
import { factsText, type Words } from './impasse-texts.ts';
import type { Commitment, Round } from './round.ts';

const ends: Record<NonNullable<Round['reason']>, { readonly nl: string; readonly en: string }> = {
  declined: { nl: 'een partij zegde niet toe', en: 'a party declined' },
  'no-answer': { nl: 'niet alle partijen antwoordden op tijd', en: 'not all parties answered in time' },
  dissolved: { nl: 'de impasse veranderde', en: 'the deadlock changed' },
  'not-asked': { nl: 'een partij kon niet worden gevraagd', en: 'a party could not be asked' },
  'route-moved': { nl: 'de route ging naar een andere regio', en: 'the route went to another region' },
  'route-ending': { nl: 'de route wordt afgerond', en: 'the route is ending' },
  broken: { nl: 'een partij nam haar toezegging terug', en: 'a party took its promise back' },
  'not-kept': { nl: 'een toezegging werd niet op tijd waargemaakt', en: 'a promise was not kept in time' },
};

/** Who was asked, who has promised, what is still to come true; or why nobody is bound. */
export function roundText(round: Round, words: Words, language: Language): string {
  const { nr, status, reason, commitments, answerBy, activeSince } = round;
  const nl = language === 'nl';
  const names = (of: readonly Commitment[]) => of.map(({ party }) => words.party(party)).join(', ');
  const head = nl ? `Ronde ${nr}` : `Round ${nr}`;
  if (status === 'asking') {
    const given = names(commitments.filter(({ answer }) => answer === 'given'));
    const silent = names(commitments.filter(({ answer }) => !answer));
    return nl
      ? `${head}: alle partijen zijn om een toezegging gevraagd; toegezegd: ${given || 'nog niemand'}; nog geen antwoord: ${silent}; uiterlijk ${words.clock(answerBy)}`
      : `${head}: all parties were asked to commit; committed: ${given || 'nobody yet'}; no answer yet: ${silent}; due ${words.clock(answerBy)}`;
  }
  if (status === 'active') {
    const open = commitments.filter(({ facts, keptAt }) => facts.length > 0 && !keptAt);
    const owed = open.map(
      ({ party, facts, keepBy }) =>
        `${words.party(party)} (${factsText(facts.join('+'), words, language)}${keepBy ? `, ${words.clock(keepBy)}` : ''})`,
    );
    const since = words.clock(activeSince!);
    return nl
      ? `${head}: alle toezeggingen gelden sinds ${since}; nog waar te maken: ${owed.join(', ')}`
      : `${head}: all promises are active since ${since}; still to come true: ${owed.join(', ')}`;
  }
  if (status === 'kept')
    return nl ? `${head}: alle toezeggingen zijn waargemaakt` : `${head}: all promises were kept`;
  const by = names(commitments.filter((each) => isWhy(round, each)));
  const why = reason ? `: ${ends[reason][language]}${by && ` (${by})`}` : '';
  return nl ? `${head} is voorbij, niemand is gebonden${why}` : `${head} is over, nobody is bound${why}`;
}

/** Whether it is for this party that the round is over. */
function isWhy({ reason }: Round, { answer }: Commitment): boolean {
  if (reason === 'no-answer') return answer === undefined;
  return reason === 'declined' && answer === 'declined';
}
