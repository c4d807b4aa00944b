/** Whether a partner has a part in a route: it was asked something, or will be by the steps that are to come. */
import type { PartnerNews } from './news.ts';
import { Refused } from './refusal.ts';
import type { RouteState } from './route-state.ts';
import { isWithout, stepIdsOf, stepOf } from './template.ts';

/** @param party - of a step that the route goes on without, or does without from the beginning, it is none */
export function hasPart(state: RouteState, party: PartnerNews['party']): boolean {
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

/**
 * Whether news is from somebody who has none. An answer names a request, which its route knows; a concern names none: of whom
 * the route never asks anything it is not heard, nor whether there is such a route.
 */
export const isStranger = (state: RouteState, { kind, party }: PartnerNews): boolean =>
  kind === 'concern-raised' && !hasPart(state, party);

/** @throws Refused not-your-route when somebody who tells this is one */
export function refuseStrangers(state: RouteState, told: readonly PartnerNews[]): void {
  const strange = told.find((news) => isStranger(state, news));
  if (strange) throw new Refused('not-your-route', `${strange.party} has no part in this route`);
}
