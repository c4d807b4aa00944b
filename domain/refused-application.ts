/**
 * An application that is not granted (Wmo 2015 art. 2.3.5). The person can object for six weeks (Awb art. 6:7), so the route
 * stays that long; what does not rest on the decision, debts and income, goes on. After that the route does without a home
 * of its own finding, and ends when the rest of it has ended or has an owner.
 */
import type { Track } from '../contracts/vocabulary.ts';
import { knows } from './edition.ts';
import { settled, withdrawn } from './finish-step.ts';
import { lodgeBy } from './objection-term.ts';
import { Refused } from './refusal.ts';
import { changed, isPassed, withStep, type RouteState, type StepRecord } from './route-state.ts';
import { lodgingRule } from './rules.ts';
import type { StepId } from './steps.ts';
import { stepIdsOf, stepOf } from './template.ts';
import { t } from './text.ts';

const stepId = 'intake.decision' as const;

/** The tracks that rest on the decision. */
const restOnIt: readonly Track[] = ['housing', 'cti', 'aftercare'];

/** Whether a refusal leaves the route where it is, open to objection; else it ends the route. */
export function staysOpen(state: RouteState, now: string): boolean {
  const isOpen = knows(state, 8) || (knows(state, 7) && !isSearching(state));
  return isOpen && lodgeBy(state, { ...decisionOf(state)!, closedAt: now }) !== undefined;
}

const isSearching = (state: RouteState): boolean =>
  Object.keys(state.steps).some((id) => stepOf(state, id as StepId).track === 'housing');

/** The decision is no: its step stands refused. What was granted before and is taken back holds no more from then on. */
export function refusedApplication(before: RouteState, by: string, now: string): RouteState {
  const state = isSearching(before) ? { ...before, ...withoutHome(before, now) } : before;
  const record = decisionOf(state)!;
  const { attempt, objectsTo } = record;
  const what = objectsTo === undefined ? 'application-refused' : 'objection-dismissed';
  const reason = 'not-granted';
  return changed(
    state,
    now,
    { what, by, stepId, attempt, reason },
    withStep(state, stepId, { ...settled(record), status: 'refused', closedAt: now, reason }),
  );
}

/**
 * Whoever refused does not decide on the objection to that (Awb art. 10:3(3)).
 * @throws Refused four-eyes
 */
export function refuseOwnObjection(state: RouteState, by: string): void {
  if (decisionOf(state)?.objectsTo === undefined || state.decision?.by !== by || !knows(state, 8)) return;
  throw new Refused(
    'four-eyes',
    t(
      'Wie het besluit nam, beslist niet op het bezwaar daartegen (Awb art. 10:3(3)): dat doet een ander.',
      'Whoever took the decision does not decide on the objection to it (Awb art. 10:3(3)): somebody else does.',
    ),
  );
}

/** Whether no home is looked for, since it was not granted, or is so no longer. */
export const isWithoutHome = ({ notNeeded }: Pick<RouteState, 'notNeeded'>): boolean =>
  notNeeded.includes('housing'); // which no template leaves out

/** Whether it was refused and nobody can object any more. */
export const isRefusedForGood = (state: Pick<RouteState, 'notNeeded' | 'steps'>): boolean =>
  isWithoutHome(state) && isPassed(decisionOf(state));

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

/** The step is behind the route. */
function refusedForGood(state: RouteState, now: string): RouteState {
  const without = withoutHome(state, now);
  return changed(
    state,
    now,
    { what: 'refusal-final', by: 'calendar', stepId },
    { ...without, steps: { ...without.steps, [stepId]: { ...decisionOf(state)!, status: 'done' } } },
  );
}

/** What rests on the decision is off; the next run comes to what is left from the top. */
function withoutHome(state: RouteState, now: string) {
  const off = stepIdsOf(state).filter((id) => restOnIt.includes(stepOf(state, id).track));
  return {
    ...withdrawn(state, off, now),
    notNeeded: [...new Set([...state.notNeeded, ...restOnIt])],
    rerun: true,
  } as const;
}

/** It is decided anew: what rests on the decision may be needed after all. */
export function takenUp(state: RouteState): RouteState {
  if (!isWithoutHome(state)) return state;
  const without = state.template?.without ?? [];
  const notNeeded = state.notNeeded.filter((track) => !restOnIt.includes(track) || without.includes(track));
  return { ...state, notNeeded, rerun: true };
}

function decisionOf({ steps }: Pick<RouteState, 'steps'>) {
  return steps[stepId];
}
