/** What the case manager of a scenario does about what the route waits for. */
import { z } from 'zod';
import { DecisionBody, OfferAnswerBody } from '../../contracts/commands.ts';
import { FreeText } from '../../contracts/free-text.ts';
import { Person } from '../../contracts/person.ts';
import type { RouteView, Wait } from '../../contracts/views.ts';
import { refusedAt, type Call, type Found, type Move } from './moves.ts';
import { Span, type Later } from './span.ts';

export const CaseManagerRole = z.strictObject({
  person: Person.optional().describe('Given when the route asks who the person is'),
  identifiesAfter: Span.default('P0D').describe('How long after the route asks for it'),
  decision: DecisionBody,
  decidesAfter: Span.default('P0D').describe('How long after the intake is ready for it'),
  answers: z
    .array(OfferAnswerBody)
    .min(1)
    .describe('To the first offer, the second, and so on; the last holds for all'),
  answersAfter: Span.default('P0D').describe('How long after each offer'),
  objects: z
    .boolean()
    .default(true)
    .describe('Objects to a refusal that is a decision, else asks again: also after an objection'),
  objectsAfter: Span.default('P1D').describe('How long after each refusal'),
  objection: FreeText.default('Bezwaar gemaakt en opnieuw aangevraagd').describe('Why: the reason of both'),
});
export type CaseManagerRole = z.infer<typeof CaseManagerRole>;

/** Who brings parties together again and again while they decline would never come to an end. */
const roundsAtMost = 5;

/** What the case manager does about each wait, and from when on. */
export function caseManagerMoves(role: CaseManagerRole, found: Found, later: Later): Move[] {
  return found.route.waits.flatMap((wait) => moveFor(role, found, wait, later) ?? []);
}

function moveFor(role: CaseManagerRole, found: Found, wait: Wait, later: Later): Move | undefined {
  const { route } = found;
  const move = (at: string, method: Call['method'], path: string, body: unknown, key: string): Move => ({
    key,
    at,
    make: (stage) => stage.call({ method, path, body, key }),
  });
  switch (wait.nextMove) {
    case 'identify-person':
      return (
        role.person && move(later(wait.since, role.identifiesAfter), 'PUT', '/person', role.person, 'person')
      );
    case 'take-decision': {
      const at = later(wait.since, role.decidesAfter);
      return move(at, 'POST', '/decision', role.decision, keyOf('decision', route, wait));
    }
    case 'answer-offer': {
      const offer = route.offers.find(({ status }) => status === 'open');
      const answer = role.answers[route.offers.length - 1] ?? role.answers.at(-1);
      const { offerId, madeAt } = offer ?? {};
      if (madeAt === undefined) return undefined;
      return move(later(madeAt, role.answersAfter), 'POST', `/offers/${offerId}/answer`, answer, offerId!);
    }
    case 'ask-commitments': {
      const { nr = 0, endedAt = wait.since } = route.rounds.at(-1) ?? {};
      if (nr >= roundsAtMost) return undefined;
      const body = { reason: 'De partijen zijn bijeengebracht aan de regietafel' };
      return move(later(endedAt, role.objectsAfter), 'POST', '/commitments', body, `commitments-${nr}`);
    }
    case 'redo-or-object': {
      const { stepId } = wait;
      if (!role.objects || !stepId) return undefined;
      const at = later(refusedAt(found, stepId) ?? wait.since, role.objectsAfter);
      const can = wait.moves?.some(({ move: each, until = at }) => each === 'object' && at <= until);
      const path = `/steps/${stepId}/${can ? 'objection' : 'redo'}`;
      return move(at, 'POST', path, { reason: role.objection }, `${stepId}-${wait.since}`);
    }
    default:
      return undefined;
  }
}

/** One that is to be made anew, after a redo, is another one. */
function keyOf(what: string, { tracks }: RouteView, { stepId }: Wait): string {
  const { attempt = 1 } = tracks.flatMap(({ steps }) => steps).find((step) => step.stepId === stepId) ?? {};
  return attempt === 1 ? what : `${what}-${attempt}`;
}
