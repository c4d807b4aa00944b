/** What may lawfully be done about a refusal, by name: there is more than one move, and each has its own term. */
import { isAtCourt } from './court.ts';
import { lodgeBy } from './objection-term.ts';
import { isUnderWay, type RouteState } from './route-state.ts';
import type { StepId } from './steps.ts';
import { stepOf } from './template.ts';

export interface LawfulMove {
  /** `appeal`: to the court, from what was decided on an objection (Awb art. 8:1): no step of a route. */
  readonly move: 'object' | 'appeal' | 'ask-ex-officio' | 'ask-court' | 'redo';
  /** Until when; that it has passed is for who reads it to see: a route does not change by being looked at. */
  readonly until?: string;
}

/** The moves about a step that stands refused, the most far-reaching first; none for any other. */
export function movesAbout(state: RouteState, stepId: StepId): readonly LawfulMove[] {
  const record = state.steps[stepId];
  if (record?.status !== 'refused') return [];
  const until = lodgeBy(state, record);
  const against = record.objectsTo === undefined ? 'object' : 'appeal';
  return [
    ...(stepOf(state, stepId).decision ? [{ move: against, ...(until && { until }) } as const] : []),
    ...(stepId === 'income.postal-address' && mayBegin(state) ? [{ move: 'ask-ex-officio' } as const] : []),
    ...(stepId === 'debt.arrangement' && !isAtCourt(state) ? [{ move: 'ask-court' } as const] : []),
    { move: 'redo' },
  ];
}

const mayBegin = (state: RouteState): boolean =>
  !isUnderWay(state, 'income.ex-officio') || state.steps['income.ex-officio']?.status === 'refused';
