/** Free places go at once to who is next: the first in the queue whom they suit. After a closure they go to next year. */
import { carriedOn } from './closure.ts';
import {
  hasRoom,
  lineKey,
  linesOf,
  municipalityOf,
  spreadOf,
  suits,
  type Line,
  type Spread,
} from './places.ts';
import type { AgreementState, Asked, Place, Reservation } from './state.ts';
import { noticeOf, withOutgoing } from './telling.ts';

const DAY_MS = 86_400_000;

/** The end of a term so many days from now. */
export const daysFrom = (now: string, days: number): string =>
  new Date(Date.parse(now) + days * DAY_MS).toISOString();

/**
 * Brings a ledger to rest after any change: nobody waits for a place that is there.
 * @param newcomer - who is told by the answer to their own request, and needs no notice
 */
export function settled(state: AgreementState, now: string, newcomer?: string): AgreementState {
  return state.closed ? carriedOn(state) : granted(state, now, newcomer);
}

function granted(state: AgreementState, now: string, newcomer?: string): AgreementState {
  if (state.queue.length === 0) return state;
  const lines = linesOf(state);
  let left = lines.reduce((sum, { free }) => sum + Math.max(free, 0), 0);
  const room = { free: new Map(lines.map(({ key, free }) => [key, free])), lines, ...spreadOf(state, lines) };
  const taken = new Map(room.taken);
  const grants: Reservation[] = [];
  // A place that is granted leaves less for those behind, and never more: once along the queue is enough.
  for (const asked of state.queue) {
    if (left === 0) break;
    const place = placeFor(asked, { ...room, taken });
    if (!place) continue;
    left -= 1;
    room.free.set(lineKey(place), room.free.get(lineKey(place))! - 1);
    const { neighbourhood } = place;
    if (neighbourhood) taken.set(neighbourhood, (taken.get(neighbourhood) ?? 0) + 1);
    grants.push({ asked, status: 'reserved', place, until: endOf(asked, state, now) });
  }
  if (grants.length === 0) return state;
  const ids = new Set(grants.map(({ asked }) => asked.reservationId));
  const told = grants.filter(({ asked }) => asked.reservationId !== newcomer);
  return withOutgoing(
    {
      ...state,
      reservations: [...state.reservations, ...grants],
      queue: state.queue.filter(({ reservationId }) => !ids.has(reservationId)),
    },
    told.map((each) => noticeOf(state, each)),
  );
}

/**
 * The place for somebody, if there is one: of the lines that suit them the one with the most free places, so that a
 * scarce one is left for whom nothing else suits.
 */
function placeFor(
  asked: Asked,
  room: Spread & { readonly lines: readonly Line[]; readonly free: ReadonlyMap<string, number> },
): Place | undefined {
  const free = (line: Line) => room.free.get(line.key)!;
  const { neighbourhoods = [] } = asked.wishes;
  const open = neighbourhoods.filter((each) => hasRoom(room, each));
  let best: Line | undefined;
  for (const line of room.lines) {
    if (free(line) <= 0 || !suits(asked, line) || (best && free(line) <= free(best))) continue;
    const within = open.some((each) => municipalityOf(each) === line.municipality);
    if (neighbourhoods.length === 0 || within) best = line;
  }
  if (!best) return undefined;
  const { corporation, municipality, housingForm } = best;
  const neighbourhood = open.find((each) => municipalityOf(each) === municipality);
  return { corporation, municipality, housingForm, ...(neighbourhood && { neighbourhood }) };
}

function endOf(asked: Asked, { terms }: AgreementState, now: string): string {
  return asked.until && asked.until > now ? asked.until : daysFrom(now, terms.reservationDays);
}
