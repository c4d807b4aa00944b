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

export type RoundEnd =
  | 'declined'
  | 'no-answer'
  | 'not-asked'
  | 'dissolved'
  | 'route-moved'
  | 'route-ending'
  | 'broken'
  | 'not-kept';

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

type HasRounds = Pick<RouteState, 'rounds'>;

export const isOpenRound = ({ status }: Round): boolean => status === 'asking' || status === 'active';

/** The rounds that are asked or leaned on now. */
export const openRounds = ({ rounds = [] }: HasRounds): readonly Round[] => rounds.filter(isOpenRound);

/** The round that is being asked: there is one at a time, beside those that are leaned on. */
export const askingRound = ({ rounds = [] }: HasRounds): Round | undefined =>
  rounds.find(({ status }) => status === 'asking');

/** Whether another round may be asked: none is being asked, and none that is leaned on would be forgotten for it. */
export const isRoomForRound = (state: HasRounds): boolean =>
  !askingRound(state) && openRounds(state).length < roundsKept;

/** The facts that are promised, and have not come true yet. They satisfy what a step needs as facts do. */
export function promisedFacts({ rounds = [] }: HasRounds): readonly Fact[] {
  return rounds
    .filter(({ status }) => status === 'active')
    .flatMap(({ commitments }) => commitments.filter(({ keptAt }) => !keptAt))
    .flatMap(({ facts }) => facts);
}

/** Puts a round in its own place. */
export function withRound({ rounds = [] }: HasRounds, round: Round): HasRounds {
  return { rounds: rounds.map((each) => (each.nr === round.nr ? round : each)) };
}

/** Adds a round. Of those that are over the oldest goes, when there are more than travel with a route. */
export function withNewRound({ rounds = [] }: HasRounds, round: Round): HasRounds {
  const oldest = rounds.length >= roundsKept ? rounds.find((each) => !isOpenRound(each)) : undefined;
  return { rounds: [...rounds.filter((each) => each !== oldest), round] };
}

/** `{routeId}:commitment.{party}:{round}`: the key under which a party is asked, and by which it answers. */
export function commitmentIdOf(routeId: string, party: PartnerParty, nr: number): string {
  return `${routeId}:commitment.${party}:${nr}`;
}

/** Takes the key of a commitment apart; undefined when it is none. */
export function parseCommitmentId(
  requestId: string,
): { routeId: string; party: string; nr: number } | undefined {
  const [, routeId, party, nr] = /^([^:]+):commitment\.([a-z-]+):([1-9]\d{0,3})$/.exec(requestId) ?? [];
  return routeId && party ? { routeId, party, nr: Number(nr) } : undefined;
}
