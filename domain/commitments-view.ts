/** What the API shows of a deadlock and of the commitments that are to break it. */
import type { CommitmentsView } from '../contracts/views.ts';
import type { Language } from '../contracts/vocabulary.ts';
import { impasseText } from './impasse-texts.ts';
import { roundText } from './round-texts.ts';
import type { RouteState } from './route-state.ts';
import { wordsFor } from './texts.ts';

/** The deadlock, if there is one, and the latest rounds; for a route under no agreement neither. */
export function commitmentsView(state: RouteState, language: Language): CommitmentsView {
  const { agreement, impasse, rounds } = state;
  const words = wordsFor(state, language);
  return {
    ...(agreement && { agreement: { id: agreement.id, version: agreement.version } }),
    ...(impasse && {
      deadlock: {
        name: impasse.name,
        since: impasse.since,
        members: impasse.members.map(({ stepId, party, wants, owes }) => ({
          stepId,
          party,
          wants: [...wants],
          owes: [...owes],
        })),
        sentence: impasseText(impasse, words, language),
      },
    }),
    rounds: (rounds ?? []).map(({ commitments, ...round }) => ({
      ...round,
      sentence: roundText({ ...round, commitments }, words, language),
      commitments: commitments.map(({ facts, ...each }) => ({ ...each, facts: [...facts] })),
    })),
  };
}
