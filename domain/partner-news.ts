/**
 * Partner news: judged once, never lost, always with a receipt. Both ways in (Update and Signal) end here, and a
 * second arrival changes nothing.
 */
import type { Receipt } from '../contracts/vocabulary.ts';
import { judgeCommitment } from './commitment-news.ts';
import { finished, learned, resultOf, settled, stillDue } from './finish-step.ts';
import { knows, remember } from './known-news.ts';
import type { OfferedHome, PartnerNews } from './news.ts';
import { judgeEndOfPlace, judgeGrant } from './place-news.ts';
import { kept, rejudged } from './receipts.ts';
import { parseRequestId } from './request-id.ts';
import { changed, withStep, type Offer, type RouteState, type StepRecord } from './route-state.ts';
import { steps, type StepId } from './steps.ts';

export interface Judgement {
  readonly receipt: Exclude<Receipt, 'queued'>;
  readonly reason?: string;
}

/** Judges one piece of news and applies it. */
export function receive(
  state: RouteState,
  news: PartnerNews,
  now: string,
): { state: RouteState; judgement: Judgement } {
  const { state: next, ...judgement } = judge(state, news, now);
  // A known event keeps its first judgement: that is the one somebody may ask for.
  if (judgement.receipt === 'duplicate') return { state, judgement };
  const known = remember(next.known, news.eventId);
  const receipt = { eventId: news.eventId, ...judgement, at: now };
  return { state: { ...next, known, ...kept(next, receipt) }, judgement };
}

export type Verdict = Judgement & { state: RouteState };

function judge(state: RouteState, news: PartnerNews, now: string): Verdict {
  if (isKnown(state, news.eventId)) return { state, receipt: 'duplicate' };
  if (state.closedAt) return { state, receipt: 'late', reason: 'route-closed' };
  switch (news.kind) {
    case 'step-completed':
    case 'step-refused':
    case 'offer-made':
      return judgeAnswer(state, news, now);
    case 'offer-withdrawn':
      return judgeWithdrawal(state, news, now);
    case 'concern-raised': {
      const entry = {
        what: 'concern-raised',
        by: news.party,
        ...(news.reason && { reason: news.reason }),
        ...(news.note && { note: news.note }),
      };
      return { state: changed(state, now, entry, {}), receipt: 'applied' };
    }
    case 'commitment-given':
    case 'commitment-declined':
    case 'commitment-broken':
      return judgeCommitment(state, news, now);
    case 'place-granted':
      return judgeGrant(state, news, now);
    case 'place-ended':
      return judgeEndOfPlace(state, news, now);
  }
}

/** Whether an event was judged before, or waits for its step. */
export function isKnown(state: RouteState, eventId: string): boolean {
  return (
    knows(state.known, eventId) ||
    state.inbox.some((waiting) => waiting.eventId === eventId) ||
    Object.values(state.steps).some((record) => record.eventId === eventId)
  );
}

function judgeAnswer(state: RouteState, news: PartnerNews, now: string): Verdict {
  const asked = parseRequestId(news.requestId ?? '');
  if (!asked || asked.routeId !== state.routeId) return { state, receipt: 'late', reason: 'unknown-request' };
  const { stepId, attempt } = asked;
  if (steps[stepId].party !== news.party) return { state, receipt: 'late', reason: 'not-your-step' };
  if (news.kind !== 'step-refused' && (stepId === 'housing.offer') !== (news.kind === 'offer-made'))
    return { state, receipt: 'late', reason: 'wrong-kind-of-answer' };
  const record = state.steps[stepId];
  // Also while the step is blocked: the attempt that it waits for is the next one, not one that was set aside.
  if (record && attempt < record.attempt) return { state, receipt: 'late', reason: 'superseded' };
  // What was not reached by the end never will be: nothing may wait for it.
  if (state.ending && steps[stepId].track !== 'closure' && (!record || record.status === 'withdrawn'))
    return { state, receipt: 'late', reason: 'route-ending' };
  if (!record || record.status === 'blocked' || attempt > record.attempt)
    return judgeEarly(state, news, { stepId, attempt }, now);
  if (record.status === 'not-asked') return { state, receipt: 'late', reason: 'step-not-needed' };
  if (record.status !== 'open' && record.status !== 'technical')
    return { state, receipt: 'late', reason: 'already-answered' };
  return { state: answered(state, stepId, record, news, now), receipt: 'applied' };
}

/**
 * An answer to what was not asked yet waits, one for each request: a second event about the same one would have
 * nothing left to say. Only the attempt that comes next can be answered early: the inbox stays small whatever is sent.
 */
function judgeEarly(
  state: RouteState,
  news: PartnerNews,
  { stepId, attempt }: { stepId: StepId; attempt: number },
  now: string,
): Verdict {
  const record = state.steps[stepId];
  const isAsked = record !== undefined && record.status !== 'blocked';
  if (attempt > (record?.attempt ?? 1) + (isAsked ? 1 : 0))
    return { state, receipt: 'late', reason: 'unknown-request' };
  // A route that ends comes to no further step but those of its closure.
  if (state.ending && steps[stepId].track !== 'closure')
    return { state, receipt: 'late', reason: 'route-ending' };
  if (state.inbox.some((waiting) => waiting.requestId === news.requestId))
    return { state, receipt: 'late', reason: 'already-answered' };
  const inbox = [...state.inbox, withoutLongNote(state.inbox, news)];
  return { state: changed(state, now, undefined, { inbox }), receipt: 'early' };
}

/** How much room the notes of waiting news take at most, in characters; one that finds none is left to the histories. */
const notesRoom = 2000;

function withoutLongNote(inbox: readonly PartnerNews[], news: PartnerNews): PartnerNews {
  const { note, ...rest } = news;
  const taken = [...inbox, news].reduce((sum, each) => sum + (each.note?.jwe.length ?? 0), 0);
  return note && taken > notesRoom ? rest : news;
}

function answered(
  state: RouteState,
  stepId: StepId,
  record: StepRecord,
  news: PartnerNews,
  now: string,
): RouteState {
  const refused = news.kind === 'step-refused';
  const result = resultOf(stepId, news.result);
  const closed: StepRecord = {
    ...(refused ? stillDue(record) : settled(record)),
    status: refused ? 'refused' : 'done',
    closedAt: now,
    eventId: news.eventId,
    ...(result && { result }),
    ...(news.reason && { reason: news.reason }),
  };
  const entry = {
    what: refused ? 'step-refused' : news.kind === 'offer-made' ? 'offer-made' : 'step-completed',
    by: news.party,
    stepId,
    attempt: record.attempt,
    ...(news.reason && { reason: news.reason }),
    ...(news.note && { note: news.note }),
  };
  const next = changed(state, now, entry, {
    ...withStep(state, stepId, closed),
    ...(news.offer && { offers: withOffer(state.offers, news.offer, now) }),
    ...learned(state, result),
  });
  const withdrawal = news.offer && waitingWithdrawal(next, news.offer.offerId);
  if (!withdrawal) return next;
  return withdrawn(withoutWaiting(next, withdrawal, now), withdrawal, now);
}

/** How many offers travel with the route, the latest; its histories hold all of them. */
export const offersKept = 8;

/** One offer at a time: one that nobody answered makes room for the next. */
function withOffer(offers: readonly Offer[], made: OfferedHome, now: string): Offer[] {
  const before = offers.map((each): Offer =>
    each.status === 'open' ? { ...each, status: 'withdrawn' } : each,
  );
  return [...before, { ...made, status: 'open' as const, madeAt: now }].slice(-offersKept);
}

/** What waited is applied now. */
function withoutWaiting(state: RouteState, news: PartnerNews, now: string): RouteState {
  const inbox = state.inbox.filter((waiting) => waiting !== news);
  return { ...state, inbox, ...rejudged(state, [news], { receipt: 'applied', at: now }) };
}

/** More withdrawals than these do not wait for their offers: no corporation has so many on their way to one person. */
const withdrawalsWaiting = 10;

const waitingWithdrawal = ({ inbox }: RouteState, of: string | undefined) =>
  inbox.find(({ kind, offerId }) => kind === 'offer-withdrawn' && offerId === of);

/**
 * A withdrawal may overtake its offer, or the offer itself waits for its step: then both wait, and are both applied. A
 * corporation may offer the same home again, under the same id: what is meant is the latest.
 */
function judgeWithdrawal(state: RouteState, news: PartnerNews, now: string): Verdict {
  if (news.party !== 'housing-corporation') return { state, receipt: 'late', reason: 'not-your-step' };
  const offer = state.offers.findLast(({ offerId }) => offerId === news.offerId);
  if (offer?.status === 'open') return { state: withdrawn(state, news, now), receipt: 'applied' };
  const waiting = state.inbox.filter(({ kind }) => kind === 'offer-withdrawn').length;
  const mayWait = !offer && !state.ending && waiting < withdrawalsWaiting;
  if (!mayWait || waitingWithdrawal(state, news.offerId))
    return { state, receipt: 'late', reason: 'offer-not-open' };
  return { state: changed(state, now, undefined, { inbox: [...state.inbox, news] }), receipt: 'early' };
}

/** The offer is off. When the person was asked about it, the question is off as well. */
function withdrawn(state: RouteState, news: PartnerNews, now: string): RouteState {
  const offer = state.offers.findLast(({ offerId }) => offerId === news.offerId);
  const entry = { what: 'offer-withdrawn', by: news.party, ...(news.reason && { reason: news.reason }) };
  const offers = state.offers.map((each) =>
    each === offer ? { ...each, status: 'withdrawn' as const } : each,
  );
  const next = changed(state, now, entry, { offers });
  const asked = state.steps['housing.offer-answer']?.status === 'open';
  return asked ? finished(next, 'housing.offer-answer', news.party, now) : next;
}

/** Applies what waited for a step, now that it is open. */
export function applyInbox(state: RouteState, stepId: StepId, now: string): RouteState {
  const record = state.steps[stepId];
  if (!record || record.status !== 'open') return state;
  const news = state.inbox.find(({ requestId }) => {
    const asked = parseRequestId(requestId ?? '');
    return asked?.stepId === stepId && asked.attempt === record.attempt;
  });
  if (!news) return state;
  return answered(withoutWaiting(state, news, now), stepId, record, news, now);
}
