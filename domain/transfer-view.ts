/** What the API shows of a transfer: to the sender, and to the municipality that it is offered to. Nothing personal. */
import type { OfferedRoute, TransferView } from '../contracts/transfer.ts';
import type { Language, Track } from '../contracts/vocabulary.ts';
import { localDay } from './calendar.ts';
import type { RouteAgreement } from './agreement.ts';
import { openPromise } from './home-promise.ts';
import { transferText } from './elsewhere-texts.ts';
import { isGivenBack } from './place.ts';
import { isRunning, type RouteState } from './route-state.ts';
import { sourceOf } from './rules.ts';
import { trackStatus } from './standing.ts';
import { stepIdsOf, stepOf } from './template.ts';
import { acceptanceRule, offeredTransfer } from './transfer.ts';

/** The latest transfer; undefined for a route that was never offered. */
export function transferView(state: RouteState, language: Language): TransferView | undefined {
  const { transfer, municipality, rules } = state;
  if (!transfer) return undefined;
  const { to, day, since, dueAt, overdue = false, status, endedAt, reason, sender = municipality } = transfer;
  return {
    status: status ?? 'offered',
    sender,
    receiver: to,
    from: day,
    since,
    ...(dueAt && { dueAt, term: sourceOf(rules, acceptanceRule) }),
    overdue,
    ...(endedAt && { endedAt }),
    ...(reason && { reason }),
    sentence: transferText(transfer, (moment) => localDay(moment, rules.calendar), language),
  };
}

/** Where a route would be taken over: which agreement holds there. */
export interface Receiver {
  readonly region?: string | undefined;
  readonly agreement?: RouteAgreement | undefined;
}

/** What a municipality needs to know of a route that it may take over; undefined when it is not offered. */
export function offeredRoute(
  state: RouteState,
  receiver: Receiver,
  language: Language,
): OfferedRoute | undefined {
  if (!offeredTransfer(state)) return undefined;
  const { stage, targetGroup, startedAt, hold } = state;
  const ids = stepIdsOf(state);
  const tracks = [...new Set(ids.map((id) => stepOf(state, id).track))] as Track[];
  return {
    stage,
    targetGroup,
    startedAt,
    onHold: hold !== undefined,
    tracks: tracks.map((track) => ({ track, status: trackStatus(state, track) })),
    underWay: ids.flatMap((stepId) => {
      const record = state.steps[stepId];
      if (!record || !isRunning(record)) return [];
      const { title, party } = stepOf(state, stepId);
      return [{ stepId, title: title[language], party, since: record.since }];
    }),
    onAcceptance: consequences(state, receiver),
  };
}

function consequences(state: RouteState, { region, agreement }: Receiver): OfferedRoute['onAcceptance'] {
  const isSameRegion = state.region === region;
  const promise = openPromise(state);
  return {
    agreement: isSameRegion ? 'stays' : 'replaced',
    place: !state.place ? 'none' : isSameRegion || !isGivenBack(state) ? 'stays' : 'given-back',
    homePromise: !promise ? 'none' : isSameRegion || agreement?.homePromise ? 'goes-on' : 'lapses',
  };
}
