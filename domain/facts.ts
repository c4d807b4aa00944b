/** Facts: what holds for the person, derived from the steps that are done. */
import type { Fact } from '../contracts/vocabulary.ts';
import { isPassed, type RouteState } from './route-state.ts';
import { stepIds, steps, type StepId } from './steps.ts';

/** Every fact that holds now. */
export function factsOf(state: RouteState): readonly Fact[] {
  const facts = new Set<Fact>();
  for (const id of stepIds) {
    const { yields } = steps[id];
    const record = state.steps[id];
    // One that was not asked yields nothing: its fact came from elsewhere, and goes when that goes.
    if (yields && isPassed(record) && record?.status !== 'not-asked') facts.add(yields);
  }
  if (state.steps['intake.registry-check']?.result?.addressKnown) facts.add('address');
  return [...facts];
}

/** What a step needs and the route does not have. */
export function missingFacts(state: RouteState, stepId: StepId): readonly Fact[] {
  const needs = steps[stepId].needs ?? [];
  if (needs.length === 0) return needs;
  const facts = factsOf(state);
  return needs.filter((fact) => !facts.includes(fact));
}
