/**
 * A track that somebody else looks after from now on: debts may be repaid for longer than anything else of a route takes.
 * The route waits for it no longer, and its file says who owns it.
 */
import type { ConcernOwner } from '../contracts/concern.ts';
import type { Track } from '../contracts/vocabulary.ts';
import type { CommandOf } from './command.ts';
import { owners } from './concern-record.ts';
import { keyOf } from './concern-rules.ts';
import { withdrawn } from './finish-step.ts';
import { parts } from './packed.ts';
import { Refused } from './refusal.ts';
import { changed, isUnderWay, type RouteState } from './route-state.ts';
import { openRounds } from './round.ts';
import type { StepId } from './steps.ts';
import { stepIdsOf, stepOf } from './template.ts';

/** Tracks that may outlast the others; on the rest something else of the route rests. */
const letters = { debt: 'd', aftercare: 'a' } as const satisfies Partial<Record<Track, string>>;
export type OwnableTrack = keyof typeof letters;

/** Of each track that was handed over: which, and to whom. */
export const trackOwners = ({
  handedOver,
}: Pick<RouteState, 'handedOver'>): (readonly [Track, ConcernOwner])[] =>
  parts(handedOver, 2).map((pair) => [keyOf(letters, pair[0]!), keyOf(owners, pair[1]!)] as const);

/** Who looks after a track in place of the route; undefined: the route does. */
export const ownerOf = (state: Pick<RouteState, 'handedOver'>, track: Track): ConcernOwner | undefined =>
  state.handedOver === undefined ? undefined : trackOwners(state).find(([each]) => each === track)?.[1];

/**
 * Whether a step is of a track that was handed over: the process passes it by. What a person begins after that is the
 * route's own.
 */
export function isHandedOver(state: RouteState, stepId: StepId): boolean {
  if (state.handedOver === undefined) return false;
  const { track, byCommand } = stepOf(state, stepId);
  return !byCommand && ownerOf(state, track) !== undefined;
}

/**
 * Hands a track over in aftercare. What a partner has been asked is waited for, or taken back by its own means, before.
 * @throws Refused track-not-ownable for a track that does not run, before aftercare, or while somebody is to answer
 */
export function handOverTrack(
  state: RouteState,
  { track, owner, reason: note }: CommandOf<'hand-over-track'>,
  by: string,
  now: string,
): RouteState {
  const ofTrack = stepIdsOf(state).filter((id) => stepOf(state, id).track === track);
  const running = ofTrack.filter((id) => isUnderWay(state, id));
  const isAfterwards = state.stage === 'aftercare' || state.stage === 'debt-repayment';
  const isAsking = running.some((id) => {
    const { kind, byCommand } = stepOf(state, id);
    return kind !== 'period' && (byCommand || state.steps[id]?.status !== 'blocked');
  });
  if (running.length === 0 || !isAfterwards || isAsking || openRounds(state).length > 0)
    throw new Refused(
      'track-not-ownable',
      'A track is handed over in aftercare, while it runs and no answer to it is awaited.',
    );
  const handedOver = (state.handedOver ?? '') + letters[track] + owners[owner];
  const entry = { what: 'track-handed-over', by, reason: `${track} ${owner}`, note };
  return changed(state, now, entry, { ...withdrawn(state, running, now), handedOver });
}

/** The route looks after a track itself once more: something of it is to be done anew. */
export function takenBack(state: RouteState, track: Track): RouteState {
  if (ownerOf(state, track) === undefined) return state;
  const { handedOver, ...rest } = state;
  const others = parts(handedOver, 2).filter((pair) => pair[0] !== letters[track as OwnableTrack]);
  return others.length > 0 ? { ...rest, handedOver: others.join('') } : rest;
}
