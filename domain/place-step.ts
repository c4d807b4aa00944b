/** The step that asks for a place, in a route that went to where no places are agreed on. */
import { settled, withdrawn } from './finish-step.ts';
import { changed, isUnderWay, withStep, type RouteState } from './route-state.ts';

const stepId = 'housing.place' as const;

/** Whether it is still to be asked. */
export const hasPlaceToAsk = (state: RouteState): boolean => isUnderWay(state, stepId);

/** It is not asked: to be called where it would be. */
export function placeNotAsked(state: RouteState, now: string): RouteState {
  const closed = { ...settled(state.steps[stepId]!), status: 'not-asked' as const, closedAt: now };
  const { inbox, receipts } = withdrawn(state, [stepId], now);
  const entry = { what: 'step-not-needed', by: 'calendar', stepId };
  return changed(state, now, entry, { ...withStep(state, stepId, closed), inbox, receipts });
}
