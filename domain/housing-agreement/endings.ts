/** Reservations that are over, and how they ended: remembered by their ids. */
import { recordIn, withRecord } from '../packed.ts';
import { SHORT_ID_LENGTH, shortId } from '../short-id.ts';
import { endedKept, type AgreementState, type Asked } from './state.ts';

/** `closed`: it waited in a year that was closed, and was not carried over. */
const endings = { R: 'released', L: 'lapsed', C: 'closed' } as const;
type EndingMark = keyof typeof endings;
export type Ending = (typeof endings)[EndingMark];

/** How a reservation ended; undefined when it has not, or was so long ago that nobody remembers. */
export function endingOf(state: AgreementState, reservationId: string): Ending | undefined {
  const record = recordIn(state.ended, SHORT_ID_LENGTH + 1, shortId(reservationId));
  return record === undefined ? undefined : endings[record.at(-1) as EndingMark];
}

/** A ledger without a reservation, whether it was granted, waited for, or is being carried over. */
export function without(state: AgreementState, reservationId: string, how: EndingMark): AgreementState {
  const isOther = (asked: Asked) => asked.reservationId !== reservationId;
  return {
    ...state,
    reservations: state.reservations.filter(({ asked }) => isOther(asked)),
    queue: state.queue.filter(isOther),
    outbox: state.outbox.map((each) =>
      each.what === 'carry-over' && !each.queue.every(isOther)
        ? { ...each, queue: each.queue.filter(isOther) }
        : each,
    ),
    ended: withRecord(state.ended, shortId(reservationId) + how, endedKept),
  };
}
