/** A round of mutual conditional commitments, as it stands in the state of a route. */
import type { Fact, PartnerParty } from '../contracts/vocabulary.ts';
import type { RouteState } from './route-state.ts';

/** What one party is asked to promise, on condition that all others do. */
export interface Commitment {
  readonly party: PartnerParty;
  readonly facts: readonly Fact[];
  readonly answer?: 'given' | 'declined';
  readonly answeredAt?: string;
  /** Until when each fact has to be made true; set when all have promised. */
  readonly keepBy?: string;
  /** The facts have come true. */
  readonly keptAt?: string;
}

/** `asking` until all have answered; then `active`, and `kept` when all came true; or off, for a reason. */
export type RoundStatus = 'asking' | 'active' | 'kept' | 'released' | 'broken';

export type RoundEnd = 'declined' | 'no-answer' | 'dissolved' | 'route-ending' | 'broken' | 'not-kept';

export interface Round {
  readonly nr: number;
  /** The deadlock that it is to break. */
  readonly name: string;
  readonly status: RoundStatus;
  readonly askedAt: string;
  readonly answerBy: string;
  readonly activeSince?: string;
  readonly endedAt?: string;
  readonly reason?: RoundEnd;
  readonly commitments: readonly Commitment[];
}

/** How many rounds travel with a route, the latest; its histories hold all of them. */
export const roundsKept = 3;

/** The round that is being asked or leaned on now: there is one at a time. */
export function currentRound({ rounds }: Pick<RouteState, 'rounds'>): Round | undefined {
  const latest = rounds?.at(-1);
  return latest?.status === 'asking' || latest?.status === 'active' ? latest : undefined;
}

/** The facts that are promised, and have not come true yet. They satisfy what a step needs as facts do. */
export function promisedFacts(state: Pick<RouteState, 'rounds'>): readonly Fact[] {
  const round = currentRound(state);
  if (round?.status !== 'active') return [];
  return round.commitments.filter(({ keptAt }) => !keptAt).flatMap(({ facts }) => facts);
}

/** Puts a round in the place of the latest. */
export function withLatestRound({ rounds = [] }: RouteState, round: Round): Pick<RouteState, 'rounds'> {
  return { rounds: [...rounds.slice(0, -1), round] };
}

/** `{routeId}:commitment.{party}:{round}`: the key under which a party is asked, and by which it answers. */
export function commitmentIdOf(routeId: string, party: PartnerParty, nr: number): string {
  return `${routeId}:commitment.${party}:${nr}`;
}

/** The round that a commitment's key names; undefined when it is none of this route and party. */
export function roundOf(
  requestId: string | undefined,
  routeId: string,
  party: PartnerParty,
): number | undefined {
  const start = `${routeId}:commitment.${party}:`;
  const nr = requestId?.startsWith(start) ? requestId.slice(start.length) : '';
  return /^[1-9]\d{0,3}$/.test(nr) ? Number(nr) : undefined;
}
