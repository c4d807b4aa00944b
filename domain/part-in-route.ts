/** Whether a partner has a part in a route: it was asked something, or will be by the steps that are to come. */
import type { PartnerParty } from '../contracts/vocabulary.ts';
import type { RouteState } from './route-state.ts';
import { isWithout, stepIdsOf, stepOf } from './template.ts';

/** @param party - of a step that the route goes on without, or does without from the beginning, it is none */
export function hasPart(state: RouteState, party: PartnerParty): boolean {
  const isPromised = state.rounds?.some(({ commitments }) =>
    commitments.some((commitment) => commitment.party === party),
  );
  return (
    isPromised === true ||
    stepIdsOf(state).some((id) => {
      const step = stepOf(state, id);
      if (step.party !== party) return false;
      const record = state.steps[id];
      if (record) return record.status !== 'not-asked';
      const isLeftOut =
        isWithout(state, step.track) || (step.track === 'debt' && state.debts === 'none') || step.byCommand;
      return !state.ending && !state.closedAt && !isLeftOut;
    })
  );
}
