/** Facts: what holds for the person, derived from the steps that are done. */
import type { Fact } from '../contracts/vocabulary.ts';
import { lacksConsent } from './consent.ts';
import { knows } from './edition.ts';
import { isPassed, type RouteState } from './route-state.ts';
import { needsOf, yieldsOf } from './agreement.ts';
import { promisedFacts } from './round.ts';
import type { StepId } from './steps.ts';
import { stepIdsOf } from './template.ts';

/** Nobody can bring about an arrangement of debts that there are not: who wants one of all others has it of these. */
const aboutDebts: readonly Fact[] = ['debt.stabilised', 'debt.arrangement'];
const isWithoutDebts = (state: RouteState): boolean => state.notNeeded.includes('debt') && knows(state, 12);

/** Every fact that holds now. */
export function factsOf(state: RouteState): readonly Fact[] {
  const facts = new Set<Fact>(isWithoutDebts(state) ? aboutDebts : []);
  for (const id of stepIdsOf(state)) {
    const record = state.steps[id];
    // One that was not asked yields nothing: its fact came from elsewhere, and goes when that goes.
    if (!isPassed(record) || record?.status === 'not-asked') continue;
    // What was ended needs no taking back of what was built on it: it is there no longer for what is still to come.
    if (record?.endedAt && knows(state, 2)) continue;
    for (const fact of yieldsOf(state, id)) facts.add(fact);
  }
  if (state.steps['intake.registry-check']?.result?.addressKnown) facts.add('address');
  return [...facts];
}

/** What a step needs and the route neither has nor was promised. */
export function missingFacts(state: RouteState, stepId: StepId): readonly Fact[] {
  const needs = needsOf(state, stepId);
  if (needs.length === 0) return needs;
  const facts = new Set<Fact>([...factsOf(state), ...promisedFacts(state)]);
  return needs.filter((fact) => !facts.has(fact));
}

/** Whether a step that the process has come to can begin: nothing that it needs is missing, and the person's consent is there. */
export const canBegin = (state: RouteState, stepId: StepId): boolean =>
  missingFacts(state, stepId).length === 0 && !lacksConsent(state, stepId);
