/**
 * What falls with a step that does not come about: the steps that can't go on without what it yields, and those that need
 * what these would have yielded, and so on; besides, what the target group's template says is at risk without it. The
 * chain that falls over when somebody has no address: benefit, debt help, home.
 */
import type { Fact } from '../contracts/vocabulary.ts';
import { needsOf, yieldersOf, yieldsOf } from './agreement.ts';
import { factsOf } from './facts.ts';
import { isMet } from './lease.ts';
import { isObjecting } from './objection-term.ts';
import { isPassed, type RouteState } from './route-state.ts';
import type { StepId } from './steps.ts';
import { stepIdsOf, stepOf, type AtRisk } from './template.ts';

export interface Falls {
  /** What the step would have yielded. */
  readonly facts: readonly Fact[];
  /** In the order of the process. */
  readonly steps: readonly StepId[];
  readonly atRisk: readonly AtRisk[];
}

/**
 * What falls with a step that is refused, objected about, blocked or overdue; undefined for one that stands well, or with
 * which nothing falls. A fact that is only promised counts as missing: when it does not come true, what leans on it falls.
 */
export function fallsWith(state: RouteState, stepId: StepId): Falls | undefined {
  if (!isShaky(state, stepId)) return undefined;
  const there = factsOf(state);
  const facts = yieldsOf(state, stepId).filter((fact) => !there.includes(fact));
  const gone = new Set<Fact>(facts);
  const fallen = new Set<StepId>([stepId]);
  const ahead = stepIdsOf(state).filter((id) => id !== stepId && isStillToCome(state, id));
  // In the order of the process, and once more as long as anything fell: an agreement may turn what needs what about.
  for (let before = 0; before < fallen.size;) {
    before = fallen.size;
    for (const id of ahead) {
      if (fallen.has(id) || !needsOf(state, id).some((fact) => gone.has(fact))) continue;
      fallen.add(id);
      for (const fact of yieldsOf(state, id))
        if (!there.includes(fact) && isGone(state, fact, fallen)) gone.add(fact);
    }
  }
  const steps = ahead.filter((id) => fallen.has(id));
  const atRisk = (state.template?.atRisk ?? []).filter(({ fact }) => gone.has(fact));
  return steps.length + atRisk.length > 0 ? { facts, steps, atRisk } : undefined;
}

function isShaky({ steps }: RouteState, stepId: StepId): boolean {
  const record = steps[stepId];
  if (!record || isPassed(record)) return false;
  return (
    record.status === 'refused' ||
    record.status === 'blocked' ||
    isObjecting(record) ||
    record.overdue === true
  );
}

const isStillToCome = (state: RouteState, stepId: StepId): boolean =>
  !isPassed(state.steps[stepId]) &&
  isMet(state, stepId) &&
  !state.notNeeded.includes(stepOf(state, stepId).track);

/** A fact does not come about when all who would yield it have fallen. */
const isGone = (state: RouteState, fact: Fact, fallen: ReadonlySet<StepId>): boolean =>
  yieldersOf(state, fact).every((id) => fallen.has(id) || !isStillToCome(state, id));
