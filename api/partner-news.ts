/** A partner's event as the route hears it, and the receipt that is given of it afterwards. */
import { randomUUID } from 'node:crypto';
import type { DataKind } from '../contracts/processing.ts';
import type { PartnerEvent } from '../contracts/partner-event.ts';
import type { Sealed } from '../contracts/sealed.ts';
import type { EventReceipt } from '../contracts/views.ts';
import { PartnerParty } from '../contracts/vocabulary.ts';
import type { PartnerNews } from '../domain/news.ts';
import { isClosedBy, isKnown } from '../domain/partner-news.ts';
import type { RouteState } from '../domain/route-state.ts';
import { isOfId } from '../domain/short-id.ts';
import { fingerprintOf } from './idempotency.ts';

/**
 * Codes and dates of an event; its note sealed.
 * The event is known by party and id: by CloudEvents an id is unique within its source, and no further.
 */
export async function newsOf(
  event: PartnerEvent,
  party: PartnerParty,
  { seal, fingerprintKey }: { seal: (note: string) => Promise<Sealed<string>>; fingerprintKey: Uint8Array },
): Promise<PartnerNews> {
  const { data, type, subject } = event;
  const base = {
    eventId: idFor(party, event.id),
    arrival: randomUUID().slice(0, 8),
    content: fingerprintOf({ type, subject, data }, fingerprintKey).slice(0, 8),
    party,
    kind: event.type.split('.')[2] as PartnerNews['kind'],
    ...('requestId' in data && { requestId: data.requestId }),
    ...('note' in data && data.note !== undefined && { note: await seal(data.note) }),
  };
  switch (event.type) {
    case 'nl.uitstroomroutes.step-completed.v1':
      return { ...base, ...(event.data.result && { result: event.data.result }) };
    case 'nl.uitstroomroutes.step-refused.v1':
      return { ...base, reason: event.data.reason };
    case 'nl.uitstroomroutes.offer-made.v1': {
      const { offerId, housingForm, area, monthlyRent, lease = 'own' } = event.data;
      const more = { ...(area && { area }), ...(monthlyRent && { monthlyRent }) };
      return { ...base, offer: { offerId, housingForm, ...more, lease } };
    }
    case 'nl.uitstroomroutes.offer-withdrawn.v1':
      return { ...base, offerId: event.data.offerId, reason: event.data.reason };
    case 'nl.uitstroomroutes.concern-raised.v1':
      return { ...base, reason: event.data.kind };
    case 'nl.uitstroomroutes.debt-progress.v1':
      return { ...base, progress: event.data };
    case 'nl.uitstroomroutes.commitment-given.v1':
    case 'nl.uitstroomroutes.commitment-declined.v1':
    case 'nl.uitstroomroutes.commitment-broken.v1':
      return base;
  }
}

/** What of the person it tells. */
export function dataOfNews({ offer, offerId, progress, note }: PartnerNews): DataKind[] {
  return [
    'course',
    ...(offer || offerId ? ['offer' as const] : []),
    ...(offer ? ['housing-form' as const] : []),
    ...(progress ? ['debts' as const] : []),
    ...(note ? ['reasons' as const] : []),
  ];
}

/** It was judged; what came of it is kept no more. */
const outcomeNotKept = 'judged-outcome-not-kept';

/**
 * How a route judged an event; undefined when it does not know it (any more).
 * @param party - whose event it must be; left out for operations: the first partner's with this id
 */
export function receiptOf(
  state: RouteState,
  eventId: string,
  party: PartnerParty | undefined,
): EventReceipt | undefined {
  const ids = (party ? [party] : PartnerParty.options).map((each) => idFor(each, eventId));
  const judged = state.receipts.find((each) => ids.some((id) => isOfId(each.eventId, id)));
  // What came early and was applied since, or was applied so long ago that its receipt is gone.
  const step = Object.values(state.steps).find((each) => ids.some((id) => isClosedBy(each, id)));
  if (step) return { eventId, receipt: 'applied', ...(step.closedAt && { judgedAt: step.closedAt }) };
  if (judged) {
    const { receipt, reason, at } = judged;
    return { eventId, receipt, ...(reason && { reason }), judgedAt: at };
  }
  if (state.inbox.some((each) => ids.includes(each.eventId))) return { eventId, receipt: 'early' };
  // Judged, but so many others since that nobody can say how. The receipt is what it would get if it came again; the
  // reason says that it need not have come twice.
  const wasJudged = ids.some((id) => isKnown(state, id));
  return wasJudged ? { eventId, receipt: 'duplicate', reason: outcomeNotKept } : undefined;
}

const idFor = (party: PartnerParty, eventId: string): string => `${party}:${eventId}`;
