/** Reservations that are over, and how they ended: remembered by their ids. */
import { recordIn, withRecord } from '../packed.ts';
import { SHORT_ID_LENGTH, shortId } from '../short-id.ts';
import { endedKept, type AgreementState } from './state.ts';

/** `closed`: it waited in a year that was closed, and was not carried over. */
const endings = { R: 'released', L: 'lapsed', C: 'closed' } as const;
type EndingMark = keyof typeof endings;
export type Ending = (typeof endings)[EndingMark];

/** How a reservation ended; undefined when it has not, or was so long ago that nobody remembers. */
export function endingOf(state: AgreementState, reservationId: string): Ending | undefined {
  const record = recordIn(state.ended, SHORT_ID_LENGTH + 1, shortId(reservationId));
  return record === undefined ? undefined : endings[record.at(-1) as EndingMark];
}

/** A ledger without a reservation, whether it was granted or waited for. */
export function without(state: AgreementState, reservationId: string, how: EndingMark): AgreementState {
  return {
    ...state,
    reservations: state.reservations.filter(({ asked }) => asked.reservationId !== reservationId),
    queue: state.queue.filter((asked) => asked.reservationId !== reservationId),
    ended: withRecord(state.ended, shortId(reservationId) + how, endedKept),
  };
}
