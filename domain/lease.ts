/** Who rents the home: the person, or first the support provider (tripartite lease, "omklap"). */
import { withdrawn } from './finish-step.ts';
import { changed, isUnderWay, type RouteState } from './route-state.ts';
import { stepIds, steps, type StepId } from './steps.ts';
import { stepOf } from './template.ts';

const ofLease: readonly StepId[] = stepIds.filter((id) => steps[id].lease);

/** Whether the home that was accepted is on a tripartite lease. Offers of before there was a choice do not say: no. */
export function isTripartite({ offers }: Pick<RouteState, 'offers'>): boolean {
  return offers.findLast(({ status }) => status === 'accepted')?.lease === 'tripartite';
}

/** Whether a route comes to a step at all: some it met already, those of the lease where the accepted home asks for them. */
export function isMet(state: RouteState, stepId: StepId): boolean {
  const { sometimes, lease } = stepOf(state, stepId);
  return !sometimes || state.steps[stepId] !== undefined || (lease === true && isTripartite(state));
}

/** Whether steps of the lease of an earlier home are left, which the present one does not ask for. */
export function hasLeaseLeft(state: RouteState): boolean {
  return !isTripartite(state) && ofLease.some((id) => isUnderWay(state, id));
}

/** Withdraws what is left of an earlier home's lease. */
export function withoutLease(state: RouteState, now: string): RouteState {
  const stepId = ofLease[0]!;
  return changed(
    state,
    now,
    { what: 'step-not-needed', by: 'calendar', stepId },
    withdrawn(state, ofLease, now),
  );
}
