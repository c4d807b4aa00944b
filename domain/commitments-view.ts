/** What the API shows of a deadlock and of the commitments that are to break it. */
import type { CommitmentsView } from '../contracts/views.ts';
import type { Language } from '../contracts/vocabulary.ts';
import { factsText, impasseText } from './impasse-texts.ts';
import type { RouteState } from './route-state.ts';
import { partyText } from './texts.ts';

/** The deadlock, if there is one, and the latest rounds; for a route under no agreement neither. */
export function commitmentsView(
  { agreement, impasse, rounds }: RouteState,
  language: Language,
): CommitmentsView {
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
        sentence: impasseText(impasse, partyText, language),
      },
    }),
    rounds: (rounds ?? []).map(({ commitments, name, ...round }) => ({
      ...round,
      name,
      sentence: factsText(name, language),
      commitments: commitments.map(({ facts, ...each }) => ({ ...each, facts: [...facts] })),
    })),
  };
}
