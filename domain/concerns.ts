/**
 * Concerns as a route keeps them. What is more than a line in the timeline stays open until somebody has settled it; of a
 * kind there is one open at a time.
 */
import type { Track } from '../contracts/vocabulary.ts';
import { isOpen, packed, RECORD_LENGTH, unpacked, type Concern } from './concern-record.ts';
import { weightOf } from './concern-rules.ts';
import { parts } from './packed.ts';
import { isPassed, type RouteState } from './route-state.ts';
import type { StepId } from './steps.ts';
import { stepIdsOf, stepOf } from './template.ts';

/** Left out of routes of which no concern was weighed. */
export interface Concerns {
  /** Records of one length, in the order in which they were raised; at most `concernsKept`. */
  readonly list?: string;
  /** When the latest of each kind were raised, where a rule asks how often. */
  readonly seen?: string;
}

/** How many travel with the route; its histories hold all of them. One of each kind can be open. */
export const concernsKept = 8;

/** The concerns that are kept, in the order in which they were raised. */
export const concernsOf = ({ concerns }: Pick<RouteState, 'concerns'>): readonly Concern[] =>
  parts(concerns?.list, RECORD_LENGTH).map(unpacked);

/** Those that somebody has to look after. */
export const openConcernsOf = (state: Pick<RouteState, 'concerns'>): readonly Concern[] =>
  state.concerns ? concernsOf(state).filter(isOpen) : [];

/** Whether somebody has to look after one: the route does not end before. */
export const hasOpenConcern = (state: Pick<RouteState, 'concerns'>): boolean =>
  openConcernsOf(state).length > 0;

/** Puts a concern in the place of what it was, or behind the others; too many of them leave the route. */
export function withConcern(state: RouteState, concern: Concern): RouteState {
  const known = concernsOf(state);
  const isKnown = known.some(({ concernId }) => concernId === concern.concernId);
  const all = isKnown
    ? known.map((each) => (each.concernId === concern.concernId ? concern : each))
    : [...known, concern];
  return { ...state, concerns: { ...state.concerns, list: bounded(all).map(packed).join('') } };
}

/** The oldest goes that was settled; last of all one that has an owner. */
function bounded(concerns: readonly Concern[]): readonly Concern[] {
  if (concerns.length <= concernsKept) return concerns;
  const settled = concerns.findIndex((each) => !isOpen(each) && !each.owner);
  return concerns.toSpliced(settled >= 0 ? settled : concerns.findIndex((each) => !isOpen(each)), 1);
}

/**
 * Whether something of a step's track was passed from this step on, and the track is over. What is still under way is not
 * proposed to begin anew: months that were repaid would be lost.
 */
export function isReopenable(state: RouteState, stepId: string): boolean {
  const ids = stepIdsOf(state);
  const at = ids.indexOf(stepId as StepId);
  if (at < 0 || state.ending) return false;
  const { track } = stepOf(state, stepId as StepId);
  const ofTrack = ids.filter((id) => stepOf(state, id).track === track);
  const isOver = ofTrack.every((id) => {
    const record = state.steps[id];
    return !record || isPassed(record) || record.status === 'withdrawn';
  });
  return isOver && ofTrack.some((id) => ids.indexOf(id) >= at && isPassed(state.steps[id]));
}

/** Which track a concern proposes to open again, from which step on; undefined where there is nothing to open. */
export function proposedBy(
  state: RouteState,
  { kind, follows }: Concern,
): { track: Track; from: StepId } | undefined {
  const from = follows === 'reopen' ? weightOf(state.rules, kind, follows)?.reopens : undefined;
  if (!from || !isReopenable(state, from)) return undefined;
  return { track: stepOf(state, from as StepId).track, from: from as StepId };
}

/** The rule behind the date of a concern. */
export const termOf = ({ rules }: RouteState, { kind, follows }: Concern): string =>
  weightOf(rules, kind, follows)?.term ?? `concern.${follows}`;

/** What is said of a concern is said of the step that it is about, or of the one to which the route came last. */
export const stepOfConcern = (state: RouteState, concern: Concern): StepId =>
  proposedBy(state, concern)?.from ??
  stepIdsOf(state).findLast((id) => state.steps[id] && state.steps[id].status !== 'withdrawn') ??
  'intake.identity';
