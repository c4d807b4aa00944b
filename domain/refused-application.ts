/**
 * An application that is not granted (Wmo 2015 art. 2.3.5). The person can object for six weeks (Awb art. 6:7), so the route
 * stays that long; what does not rest on the decision, debts and income, goes on. After that the route does without a home
 * of its own finding, and ends when the rest of it has ended or has an owner.
 */
import type { Track } from '../contracts/vocabulary.ts';
import { knows } from './edition.ts';
import { settled, withdrawn } from './finish-step.ts';
import { lodgeBy } from './objection-term.ts';
import { changed, withStep, type RouteState, type StepRecord } from './route-state.ts';
import { lodgingRule } from './rules.ts';
import type { StepId } from './steps.ts';
import { stepIdsOf, stepOf } from './template.ts';

const stepId = 'intake.decision' as const;

/** The tracks that rest on the decision. */
const restOnIt: readonly Track[] = ['housing', 'cti', 'aftercare'];

/**
 * Whether a refusal leaves the route where it is, open to objection. One that takes back what was granted, when homes were
 * sought already, ends the route, as does each in a route whose rules know no term to object.
 */
export function staysOpen(state: RouteState, now: string): boolean {
  const isSearching = Object.keys(state.steps).some((id) => stepOf(state, id as StepId).track === 'housing');
  return (
    knows(state, 7) && !isSearching && lodgeBy(state, { ...decisionOf(state)!, closedAt: now }) !== undefined
  );
}

/** The decision is no: its step stands refused. */
export function refusedApplication(state: RouteState, by: string, now: string): RouteState {
  const record = decisionOf(state)!;
  const { attempt } = record;
  const reason = 'not-granted';
  return changed(
    state,
    now,
    { what: 'application-refused', by, stepId, attempt, reason },
    withStep(state, stepId, { ...settled(record), status: 'refused', closedAt: now, reason }),
  );
}

/** Whether it was refused and nobody can object any more. */
export const isRefusedForGood = ({ notNeeded }: Pick<RouteState, 'notNeeded'>): boolean =>
  notNeeded.includes('housing'); // which no template leaves out

type Due = Pick<StepRecord, 'dueAt' | 'rule' | 'source'>;

/** By when something is to happen about a step: of a refused application, until when the person can object to it. */
export function dueOf(state: RouteState, record: StepRecord): Due {
  if (record !== decisionOf(state) || record.status !== 'refused') return record;
  const dueAt = lodgeBy(state, record);
  return dueAt ? { dueAt, rule: lodgingRule } : {};
}

/** When nobody can object any more; none where nothing stands refused. */
export function refusalMoments(state: RouteState) {
  const record = decisionOf(state);
  const at = record?.status === 'refused' ? lodgeBy(state, record) : undefined;
  return at ? [{ at, of: stepId, pass: refusedForGood }] : [];
}

/** The step is behind the route; the next run comes to what is left of the others from the top. */
function refusedForGood(state: RouteState, now: string): RouteState {
  const off = stepIdsOf(state).filter((id) => restOnIt.includes(stepOf(state, id).track));
  const { steps, ...rest } = withdrawn(state, off, now);
  return changed(
    state,
    now,
    { what: 'refusal-final', by: 'calendar', stepId },
    {
      ...rest,
      steps: { ...steps, [stepId]: { ...decisionOf(state)!, status: 'done' } },
      notNeeded: [...new Set([...state.notNeeded, ...restOnIt])],
      rerun: true,
    },
  );
}

/** It is decided anew: what rests on the decision may be needed after all. */
export function takenUp(state: RouteState): RouteState {
  if (!isRefusedForGood(state)) return state;
  const without = state.template?.without ?? [];
  const notNeeded = state.notNeeded.filter((track) => !restOnIt.includes(track) || without.includes(track));
  return { ...state, notNeeded, rerun: true };
}

function decisionOf({ steps }: Pick<RouteState, 'steps'>) {
  return steps[stepId];
}
