/** What a ledger has to tell waits in its outbox until it was told, or given up. */
import { knows } from '../edition.ts';
import type { AgreementOutgoing, AgreementState, PlaceEnded, PlaceGranted, Reservation } from './state.ts';

/** What is told as it is thought of: its key comes with its place in the outbox. */
export type Unkeyed<T> = T extends AgreementOutgoing ? Omit<T, 'key'> : never;

/** Tells who had a place, or a place in the queue, that it is over. */
export function ended(
  state: AgreementState,
  over: readonly (Pick<Reservation, 'asked'> & Partial<Pick<Reservation, 'until'>>)[],
  reason: PlaceEnded['reason'],
): AgreementState {
  if (!state.tellsEnds && !knows(state, 2)) return state;
  const told = over.map(({ asked: { routeId, reservationId }, until }): Unkeyed<PlaceEnded> => ({
    what: 'place-ended',
    routeId,
    reservationId,
    reason,
    ...(until && { until }),
  }));
  return withOutgoing(state, told);
}

/** That somebody who waited has a place. */
export function noticeOf(
  { region, year }: AgreementState,
  { asked, place, until }: Reservation,
): Unkeyed<PlaceGranted> {
  const { routeId, reservationId } = asked;
  return { what: 'place-granted', routeId, reservationId, region, year, place, until };
}

/** Puts messages into the outbox, each under a key of its own. */
export function withOutgoing(
  state: AgreementState,
  messages: readonly Unkeyed<AgreementOutgoing>[],
): AgreementState {
  if (messages.length === 0) return state;
  const keyed = messages.map((each, i) => ({
    ...each,
    key: `${state.region}/${state.year}:${state.told + i + 1}`,
  })) as AgreementOutgoing[];
  return { ...state, outbox: [...state.outbox, ...keyed], told: state.told + messages.length };
}

/**
 * What can be told now. What is about one route goes one after the other: it would else hear of a place that it has lost
 * already, and hold it until it is told of another.
 * @param onTheirWay - keys of what is being told
 */
export function toBeTold(state: AgreementState, onTheirWay: ReadonlySet<string>): AgreementOutgoing[] {
  const others = state.outbox.filter(({ key }) => !onTheirWay.has(key));
  if (!knows(state, 2)) return others;
  const first = new Map<string, string>();
  for (const each of state.outbox)
    if (each.what !== 'carry-over' && !first.has(each.routeId)) first.set(each.routeId, each.key);
  return others.filter((each) => each.what === 'carry-over' || first.get(each.routeId) === each.key);
}

/** Something was told, or given up. */
export function delivered(state: AgreementState, key: string): AgreementState {
  return { ...state, outbox: state.outbox.filter((each) => each.key !== key) };
}
