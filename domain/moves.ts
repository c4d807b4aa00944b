/**
 * Where somebody moved, and which of the moves nobody asked the person about: counted, so that they are kept low (van
 * Klaveren, Housing First). The keys that the route itself brings are a move as well: one that is read off their step.
 */
import type { MoveReason } from '../contracts/vocabulary.ts';
import { localDay } from './calendar.ts';
import type { CommandOf } from './command.ts';
import { restartedBy } from './cti-clock.ts';
import { withMoveTold } from './new-address.ts';
import { changed, type RouteState } from './route-state.ts';

export interface Move {
  /** YYYY-MM-DD, in Amsterdam. */
  readonly date: string;
  /** The housing form that the person moved to; left out: not known. */
  readonly to?: string;
  /** It was not the person who wanted to move. */
  readonly forced: boolean;
  readonly reason: MoveReason | 'key-handover';
}

/** Moves as a route keeps them: all of them counted, of the latest what they were. */
export interface Moves {
  readonly total: number;
  readonly forced: number;
  /** In the order of their dates, at most `movesKept`; each in one text, see `packed`. */
  readonly latest: readonly string[];
}

/** How many moves travel with the route; its histories hold all of them. */
export const movesKept = 10;

/** Records a move. A forced one starts the clock of CTI again, see cti-clock.ts. */
export function recordMove(
  state: RouteState,
  { move }: CommandOf<'record-move'>,
  by: string,
  now: string,
): RouteState {
  const entry = { what: move.forced ? 'forced-move' : 'moved', by, reason: move.reason };
  const moved = changed(state, now, entry, { moves: withMove(state.moves, move) });
  return restartedBy(withMoveTold(moved, now), move, now);
}

/**
 * For a track that is opened again, before its keys are set aside: the home was lived in, so its move stays counted.
 * @returns what changes of the route; nothing where no keys were handed over
 */
export function keysKept(state: RouteState): Pick<RouteState, 'moves'> {
  const keys = moveOfKeys(state);
  return keys ? { moves: withMove(state.moves, keys) } : {};
}

/** Every move there was: how many, how many forced, and the latest, newest first. */
export function movesOf(state: RouteState): { total: number; forced: number; latest: Move[] } {
  const keys = moveOfKeys(state);
  const { total, forced, latest } = keys ? withMove(state.moves, keys) : (state.moves ?? none);
  return { total, forced, latest: latest.map(unpacked).toReversed() };
}

const none: Moves = { total: 0, forced: 0, latest: [] };

function withMove({ total, forced, latest }: Moves = none, move: Move): Moves {
  const byDate = [...latest, packed(move)].sort(
    (a, b) => Number(dateOf(a) > dateOf(b)) - Number(dateOf(a) < dateOf(b)),
  );
  return {
    total: total + 1,
    forced: forced + (move.forced ? 1 : 0),
    latest: byDate.slice(-movesKept),
  };
}

function moveOfKeys({ steps, offers, rules }: RouteState): Move | undefined {
  const keys = steps['housing.key-handover'];
  if (keys?.status !== 'done' || !keys.closedAt) return undefined;
  const to = offers.findLast(({ status }) => status === 'accepted')?.housingForm;
  const date = localDay(keys.closedAt, rules.calendar);
  return { date, ...(to && { to }), forced: false, reason: 'key-handover' };
}

/** In little room: a state has 64 KB for everything. Codes have no spaces. */
const packed = ({ date, reason, forced, to }: Move): string =>
  [date, reason, forced ? 'forced' : 'free', ...(to ? [to] : [])].join(' ');

const dateOf = (text: string): string => text.slice(0, 10);

function unpacked(text: string): Move {
  const [date = '', reason, forced, to] = text.split(' ');
  return { date, ...(to && { to }), forced: forced === 'forced', reason: reason as Move['reason'] };
}
