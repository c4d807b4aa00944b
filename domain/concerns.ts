/**
 * Concerns from any party, at any time (early signalling), also in aftercare: weighed by the route's rules when they are
 * raised. What is more than a note stays open until somebody has settled it; of a kind there is one open at a time.
 */
import type { ConcernFrom, ConcernKind } from '../contracts/concern.ts';
import type { Sealed } from '../contracts/sealed.ts';
import type { Track } from '../contracts/vocabulary.ts';
import {
  isOpen,
  packed,
  RECORD_LENGTH,
  seen,
  SEEN_LENGTH,
  seenOf,
  tell,
  unpacked,
} from './concern-record.ts';
import type { Concern } from './concern-record.ts';
import { consequenceOf, earlierKept, isStronger, weightOf, weightsOf } from './concern-rules.ts';
import type { Consequence } from './concern-rules.ts';
import { changed, isPassed, type RouteState, type TimelineRecord } from './route-state.ts';
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

export interface Raised {
  readonly concernId: string;
  readonly kind: ConcernKind;
  readonly from: ConcernFrom;
  /** Who recorded it, and what was written. */
  readonly entry: { readonly what: string; readonly by: string; readonly note?: Sealed<string> };
}

/**
 * Weighs a concern, and writes down what follows. Of the same kind as an open one it is that, once more. What was written
 * stands with what follows from it: a line that says no more than that something was raised is the first to go.
 */
export function raised(state: RouteState, { concernId, kind, from, entry }: Raised, now: string): RouteState {
  const { rules, stage } = state;
  const before = seenOf(kind, parts(state.concerns?.seen, SEEN_LENGTH));
  const canReopen = (stepId: string) => isReopenable(state, stepId);
  const consequence = consequenceOf(rules, { kind, stage, before, canReopen }, now);
  const open = openConcernsOf(state).find((each) => each.kind === kind);
  const isAnswered = open
    ? isStronger(consequence.follows, open.follows)
    : consequence.follows !== 'note' || consequence.dueAt !== undefined;
  const { note, ...raising } = entry;
  const reason = entry.what === 'concern-raised' ? kind : `${kind} ${from}`;
  const line = { ...raising, reason, ...(note && !isAnswered && { note }) };
  const written = withSeen(changed(state, now, line, {}), kind, now);
  const first = { concernId, kind, from, raisedAt: now, times: 0, follows: 'note', toTell: 0 } as const;
  const concern: Concern = open ?? { ...first, status: 'open' };
  const again = { ...concern, times: concern.times + 1 };
  if (isAnswered) return answered(written, again, { ...consequence, ...(note && { note }) }, now);
  return open ? withConcern(written, again) : written;
}

/** Lets something follow, and writes down until when. A term that runs already, or has passed, is not made longer. */
function answered(
  state: RouteState,
  concern: Concern,
  { follows, dueAt, term, note }: Consequence & Pick<TimelineRecord, 'note'>,
  now: string,
): RouteState {
  const isSooner = dueAt !== undefined && (concern.at === undefined || dueAt < concern.at);
  const whom = follows === 'note' ? 0 : tell.caseManager;
  const provider = follows === 'crisis-contact' && hasProvider(state, concern) ? tell.supportProvider : 0;
  const next: Concern = {
    ...concern,
    follows,
    ...(isSooner && { at: dueAt, status: 'open' }),
    toTell: concern.toTell | whom | provider,
  };
  const entry = {
    what: `concern-${follows}`,
    by: 'calendar',
    reason: concern.kind,
    ...(next.at && { dueAt: next.at }),
    ...(term && { rule: term }),
    ...(note && { note }),
  };
  return withConcern(changed(state, now, entry, {}), next);
}

/** A support provider that the route has come to, unless the concern is its own. */
const hasProvider = (state: RouteState, { from }: Concern): boolean =>
  from !== 'support-provider' &&
  stepIdsOf(state).some((id) => state.steps[id] && stepOf(state, id).party === 'support-provider');

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

/** Of kinds that no rule counts nothing is remembered. */
function withSeen(state: RouteState, kind: ConcernKind, now: string): RouteState {
  if (!weightsOf(state.rules).some(({ concern, times }) => concern === kind && times)) return state;
  const mark = seen(kind, now);
  const known = parts(state.concerns?.seen, SEEN_LENGTH);
  const own = [...known.filter((text) => text[0] === mark[0]), mark].slice(-earlierKept);
  const all = [...known.filter((text) => text[0] !== mark[0]), ...own];
  return { ...state, concerns: { ...state.concerns, seen: all.join('') } };
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

const parts = (texts: string = '', length: number): string[] =>
  Array.from({ length: texts.length / length }, (_, i) => texts.slice(i * length, (i + 1) * length));
