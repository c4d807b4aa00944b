/**
 * Concerns from any party, at any time (early signalling), also in aftercare: weighed by the route's rules when they are
 * raised.
 */
import type { ConcernFrom, ConcernKind } from '../contracts/concern.ts';
import type { Sealed } from '../contracts/sealed.ts';
import { seen, SEEN_LENGTH, seenOf, tell, type Concern } from './concern-record.ts';
import { consequenceOf, earlierKept, isStronger, weightsOf, type Consequence } from './concern-rules.ts';
import { isReopenable, openConcernsOf, withConcern } from './concerns.ts';
import { parts } from './packed.ts';
import { changed, type RouteState, type TimelineRecord } from './route-state.ts';
import { stepIdsOf, stepOf } from './template.ts';

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

/** Of kinds that no rule counts nothing is remembered. */
function withSeen(state: RouteState, kind: ConcernKind, now: string): RouteState {
  if (!weightsOf(state.rules).some(({ concern, times }) => concern === kind && times)) return state;
  const mark = seen(kind, now);
  const known = parts(state.concerns?.seen, SEEN_LENGTH);
  const own = [...known.filter((text) => text[0] === mark[0]), mark].slice(-earlierKept);
  const all = [...known.filter((text) => text[0] !== mark[0]), ...own];
  return { ...state, concerns: { ...state.concerns, seen: all.join('') } };
}
