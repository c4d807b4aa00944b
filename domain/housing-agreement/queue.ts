/**
 * The order in which people wait for a place, and what decided it. Urgency in law comes first (Huisvestingswet art.
 * 12(3)), then who waits longest, then who came first. Nothing else counts, so that everybody's place can be explained.
 */
import type { HeldBack, QueueReason } from '../../contracts/housing-agreement-views.ts';
import { hasRoom, linesOf, spreadOf, suits, type Line, type Spread } from './places.ts';
import type { AgreementState, Asked } from './state.ts';

/** Below zero when the first comes before the second. */
export function inFairOrder(a: Asked, b: Asked): number {
  if (a.urgentByLaw !== b.urgentByLaw) return a.urgentByLaw ? -1 : 1;
  if (a.waitingSince !== b.waitingSince) return a.waitingSince < b.waitingSince ? -1 : 1;
  return a.arrival - b.arrival;
}

/** The queue with somebody in their place. */
export function queuedWith(queue: readonly Asked[], asked: Asked): Asked[] {
  const at = queue.findIndex((other) => inFairOrder(asked, other) < 0);
  return at === -1 ? [...queue, asked] : [...queue.slice(0, at), asked, ...queue.slice(at)];
}

/** What decided that somebody stands behind the one in front. */
export function reasonOf(asked: Asked, inFront: Asked | undefined): QueueReason {
  if (!inFront) return 'first';
  if (inFront.urgentByLaw !== asked.urgentByLaw) return 'urgency-in-law';
  return inFront.waitingSince !== asked.waitingSince ? 'waiting-time' : 'order-of-arrival';
}

/** Why there is no place for somebody; the neighbourhood that is full, where that is why. */
export interface Held {
  readonly why: HeldBack;
  readonly neighbourhood?: string;
  readonly maximum?: number;
}

/** Makes the answer for a ledger: its places are counted once. */
export function heldBackIn(state: AgreementState): (asked: Asked) => Held {
  const lines = linesOf(state);
  const spread = spreadOf(state, lines);
  return (asked) => (state.closed ? { why: 'agreement-closed' } : heldBack(asked, lines, spread));
}

function heldBack(asked: Asked, lines: readonly Line[], spread: Spread): Held {
  const suiting = lines.filter((line) => suits(asked, line));
  const some = suiting.filter((line) => line.agreed + line.carriedOver - line.withdrawn > 0);
  if (some.length === 0) return { why: 'nothing-agreed' };
  const full = (asked.wishes.neighbourhoods ?? []).find((each) => !hasRoom(spread, each));
  if (full && suiting.some(({ free }) => free > 0))
    return { why: 'spread-reached', neighbourhood: full, maximum: spread.maximum.get(full)! };
  return { why: 'no-place-free' };
}
