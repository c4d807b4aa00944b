/**
 * The terms of open concerns, and who is told of them. They go on while the route is on hold: a hold that somebody agreed
 * to for other reasons lets nobody wait in a crisis. Nothing fails when one passes.
 */
import type { Recipient } from '../contracts/vocabulary.ts';
import { isOpen, tell, type Concern } from './concern-record.ts';
import { concernsOf, openConcernsOf, stepOfConcern, termOf, withConcern } from './concerns.ts';
import type { Notice, NoticeKind, Outgoing } from './outbox.ts';
import { changed, type RouteState } from './route-state.ts';
import { momentWithin } from './terms.ts';

interface ConcernMoment {
  readonly at: string;
  readonly of: 'concern';
  readonly pass: (state: RouteState, now: string) => RouteState;
}

/** When open concerns are due soon, and due. */
export function concernMoments(state: RouteState): ConcernMoment[] {
  return openConcernsOf(state).flatMap((concern): ConcernMoment[] => {
    const { at, status } = concern;
    if (!at || status === 'overdue') return [];
    const of = 'concern' as const;
    if (status === 'due-soon') return [{ at, of, pass: (now, moment) => overdue(now, concern, moment) }];
    const pass = (now: RouteState, moment: string) =>
      changed(withConcern(now, { ...concern, status: 'due-soon' }), moment, undefined, {});
    return [{ at: dueSoonAt(state, concern, at), of, pass }];
  });
}

/** After the last of the shares of a term at which a party is reminded. */
function dueSoonAt({ rules }: RouteState, { raisedAt }: Concern, dueAt: string): string {
  return momentWithin(raisedAt, dueAt, rules.reminderShares.at(-1) ?? 1);
}

function overdue(state: RouteState, concern: Concern, now: string): RouteState {
  const next: Concern = {
    ...concern,
    status: 'overdue',
    toTell: concern.toTell | tell.processDirector,
  };
  const entry = {
    what: 'concern-overdue',
    by: 'calendar',
    reason: concern.kind,
    ...(concern.at && { dueAt: concern.at }),
    rule: termOf(state, concern),
  };
  return changed(withConcern(state, next), now, entry, {});
}

/** What is still to be told to others: what waits in the outbox, and of concerns what their records say. */
export function outgoingOf(state: RouteState): readonly Outgoing[] {
  return state.concerns
    ? [...state.outbox, ...concernNotices(state).map(({ notice }) => notice)]
    : state.outbox;
}

/** Somebody was told of a concern, or could not be: it is not told again. */
export function concernTold(state: RouteState, key: string): RouteState {
  const told = state.concerns && concernNotices(state).find(({ notice }) => notice.key === key);
  return told ? withConcern(state, { ...told.concern, toTell: told.concern.toTell - told.bit }) : state;
}

interface ConcernNotice {
  readonly concern: Concern;
  readonly bit: number;
  readonly notice: Notice;
}

const recipients: readonly (readonly [number, Recipient])[] = [
  [tell.caseManager, 'case-manager'],
  [tell.supportProvider, 'support-provider'],
  [tell.processDirector, 'process-director'],
];

function concernNotices(state: RouteState): ConcernNotice[] {
  return concernsOf(state)
    .filter((concern) => isOpen(concern) && concern.toTell > 0)
    .flatMap((concern) =>
      recipients
        .filter(([bit]) => (concern.toTell & bit) > 0)
        .map(([bit, to]) => ({ concern, bit, notice: noticeOf(state, concern, to) })),
    );
}

function noticeOf(state: RouteState, concern: Concern, to: Recipient): Notice {
  const kind = kindFor(concern, to);
  return {
    what: 'notice',
    key: `${state.routeId}:concern:${concern.concernId}:${kind}:${to}`,
    kind,
    to,
    stepId: stepOfConcern(state, concern),
    dueAt: concern.at ?? concern.raisedAt,
    rule: termOf(state, concern),
  };
}

const kindFor = ({ follows }: Concern, to: Recipient): NoticeKind =>
  to === 'process-director'
    ? 'concern-overdue'
    : follows === 'reopen'
      ? 'reopening-proposed'
      : 'crisis-contact';
