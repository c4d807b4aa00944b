/** What a route has asked of a partner that it has not answered yet: steps, and promises. */
import type { OpenRequest } from '../contracts/open-request.ts';
import type { PartnerParty } from '../contracts/vocabulary.ts';
import { requestIdOf } from './request-id.ts';
import { askingRound, commitmentIdOf } from './round.ts';
import type { RouteState } from './route-state.ts';
import { toldSource } from './rules.ts';
import { stepIdsOf, stepOf } from './template.ts';

/** The requests of a route that wait on a partner, in the order of the process. */
export const openRequestsOf = (state: RouteState, party: PartnerParty): OpenRequest[] => [
  ...stepsAsked(state, party),
  ...promisesAsked(state, party),
];

function stepsAsked(state: RouteState, party: PartnerParty): OpenRequest[] {
  const { routeId, municipality } = state;
  return stepIdsOf(state).flatMap((stepId) => {
    const { kind, party: asked, track } = stepOf(state, stepId);
    const record = state.steps[stepId];
    if (kind !== 'request' || asked !== party || record?.status !== 'open') return [];
    if (state.notNeeded.includes(track)) return [];
    const { attempt, since: askedAt, sentAt, dueAt, rule, source } = record;
    return [
      {
        requestId: requestIdOf(routeId, stepId, attempt),
        stepId,
        routeId,
        municipality,
        askedAt,
        taken: sentAt !== undefined,
        ...(dueAt && { dueAt }),
        ...(rule && { basis: toldSource(state, rule, source).basis }),
      },
    ];
  });
}

/** A yes may still become a no while the others are asked, but nothing waits on it. */
function promisesAsked(state: RouteState, party: PartnerParty): OpenRequest[] {
  const { routeId, municipality, agreement, outbox } = state;
  const round = askingRound(state);
  const own = round?.commitments.find((each) => each.party === party);
  if (!round || !own || own.answer || own.facts.length === 0) return [];
  const requestId = commitmentIdOf(routeId, party, round.nr);
  const isOnItsWay = outbox.some((each) => each.what === 'commitment' && each.requestId === requestId);
  return [
    {
      requestId,
      stepId: `commitment.${party}`,
      routeId,
      municipality,
      askedAt: round.askedAt,
      taken: !isOnItsWay,
      dueAt: round.answerBy,
      ...(agreement && { basis: `${agreement.id} ${agreement.version}` }),
    },
  ];
}
