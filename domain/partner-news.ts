/**
 * Partner news: judged once, never lost, always with a receipt. Both ways in (Update and Signal) end here, and a
 * second arrival changes nothing.
 */
import type { Receipt } from '../contracts/vocabulary.ts';
import { finished } from './finish-step.ts';
import type { PartnerNews } from './news.ts';
import { parseRequestId } from './request-id.ts';
import { changed, withStep, type JudgedNews, type RouteState, type StepRecord } from './route-state.ts';
import { steps, type StepId } from './steps.ts';

export interface Judgement {
  readonly receipt: Exclude<Receipt, 'queued'>;
  readonly reason?: string;
}

/**
 * How many judgements are kept for a later look. Steps know the event that closed them for good, and the inbox its
 * own, so this bounds only how long a partner can ask after news that changed nothing.
 */
export const receiptsKept = 100;

/** Judges one piece of news and applies it. */
export function receive(
  state: RouteState,
  news: PartnerNews,
  now: string,
): { state: RouteState; judgement: Judgement } {
  const { state: next, ...judgement } = judge(state, news, now);
  // A known event keeps its first judgement: that is the one somebody may ask for.
  if (judgement.receipt === 'duplicate') return { state, judgement };
  const judged: JudgedNews = { eventId: news.eventId, ...judgement, at: now };
  return { state: { ...next, receipts: [...next.receipts, judged].slice(-receiptsKept) }, judgement };
}

type Verdict = Judgement & { state: RouteState };

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
      return { state, receipt: 'late', reason: 'no-open-round' };
  }
}

function isKnown(state: RouteState, eventId: string): boolean {
  return (
    state.receipts.some((judged) => judged.eventId === eventId) ||
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
  if (!record || record.status === 'blocked' || attempt > record.attempt) {
    // One answer a request waits; a second event about the same one would have nothing left to say.
    if (state.inbox.some((waiting) => waiting.requestId === news.requestId))
      return { state, receipt: 'late', reason: 'already-answered' };
    return { state: changed(state, now, undefined, { inbox: [...state.inbox, news] }), receipt: 'early' };
  }
  if (attempt < record.attempt) return { state, receipt: 'late', reason: 'superseded' };
  if (record.status === 'done' || record.status === 'refused' || record.status === 'withdrawn')
    return { state, receipt: 'late', reason: 'already-answered' };
  return { state: answered(state, stepId, record, news, now), receipt: 'applied' };
}

function answered(
  state: RouteState,
  stepId: StepId,
  record: StepRecord,
  news: PartnerNews,
  now: string,
): RouteState {
  const { overdue: _, reminded: __, unreachable: ___, reason: ____, ...settled } = record;
  const refused = news.kind === 'step-refused';
  const closed: StepRecord = {
    ...settled,
    status: refused ? 'refused' : 'done',
    closedAt: now,
    eventId: news.eventId,
    ...(news.result && { result: news.result }),
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
  return changed(state, now, entry, {
    ...withStep(state, stepId, closed),
    ...(news.offer && { offers: [...state.offers, { ...news.offer, status: 'open' as const, madeAt: now }] }),
    ...(news.result?.debts && { debts: news.result.debts }),
    ...(news.result?.threat && { threat: news.result.threat }),
  });
}

function judgeWithdrawal(state: RouteState, news: PartnerNews, now: string): Verdict {
  if (news.party !== 'housing-corporation') return { state, receipt: 'late', reason: 'not-your-step' };
  const offer = state.offers.find(({ offerId }) => offerId === news.offerId);
  if (!offer || offer.status !== 'open') return { state, receipt: 'late', reason: 'offer-not-open' };
  const entry = { what: 'offer-withdrawn', by: news.party, ...(news.reason && { reason: news.reason }) };
  const offers = state.offers.map((each) =>
    each === offer ? { ...each, status: 'withdrawn' as const } : each,
  );
  const withdrawn = changed(state, now, entry, { offers });
  const asked = state.steps['housing.offer-answer']?.status === 'open';
  return {
    state: asked ? finished(withdrawn, 'housing.offer-answer', news.party, now) : withdrawn,
    receipt: 'applied',
  };
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
  const inbox = state.inbox.filter((waiting) => waiting !== news);
  return answered({ ...state, inbox }, stepId, record, news, now);
}
