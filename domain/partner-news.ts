/**
 * Partner news: judged once, never lost, always with a receipt. Both ways in (Update and Signal) end here, and a
 * second arrival changes nothing.
 */
import type { StepStatus } from '../contracts/views.ts';
import type { Receipt } from '../contracts/vocabulary.ts';
import { judgeCommitment } from './commitment-news.ts';
import { concernRaised } from './concern-news.ts';
import { progressed } from './debt-progress.ts';
import { withoutWaiting } from './early-news.ts';
import { learned, resultOf, settled, stillDue } from './finish-step.ts';
import { knows as isOfEdition } from './edition.ts';
import { knows, remember } from './known-news.ts';
import type { PartnerNews } from './news.ts';
import { judgeWithdrawal, offerArrived, withOffer } from './offers.ts';
import { judgeEndOfPlace, judgeGrant } from './place-news.ts';
import { givenBefore, kept } from './receipts.ts';
import { parseRequestId } from './request-id.ts';
import { changed, withStep, type RouteState, type StepRecord } from './route-state.ts';
import { isOfId, shortId } from './short-id.ts';
import { isOfClosure, type StepId } from './steps.ts';
import { isStepOf, stepOf } from './template.ts';

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
  if (judgement.receipt === 'duplicate')
    return { state, judgement: judgedBefore(state, news) ?? asDuplicate(state, news) };
  const { eventId, arrival, content } = news;
  const known = remember(next.known, eventId);
  const receipt = {
    eventId: shortId(eventId),
    ...(arrival && { arrival }),
    ...(content && { content }),
    ...judgement,
    at: now,
  };
  return { state: { ...next, known, ...kept(next, receipt) }, judgement };
}

/** How this very arrival was judged when the route heard it before; undefined when it did not, as far as is kept. */
export function judgedBefore(state: RouteState, news: PartnerNews): Judgement | undefined {
  const given = givenBefore(state, news);
  if (!given || given.receipt === 'queued') return undefined;
  return { receipt: given.receipt, ...(given.reason && { reason: given.reason }) };
}

/** An event that says something else than the one that has its id was heard by nobody: whoever tells it has to know. */
function asDuplicate({ receipts }: RouteState, { eventId, content }: PartnerNews): Judgement {
  const first = receipts.find((each) => isOfId(each.eventId, eventId));
  const isOther = content !== undefined && first?.content !== undefined && first.content !== content;
  return { receipt: 'duplicate', ...(isOther && { reason: 'other-content' }) };
}

export type Verdict = Judgement & { state: RouteState };

function judge(state: RouteState, news: PartnerNews, now: string): Verdict {
  if (isKnown(state, news.eventId)) return { state, receipt: 'duplicate' };
  if (state.closedAt) {
    const late = { receipt: 'late', reason: 'route-closed' } as const;
    // A place that is granted to a closed route goes back at once.
    const goesBack = news.kind === 'place-granted' && isOfEdition(state, 5);
    return { ...(goesBack ? judgeGrant(state, news, now) : { state }), ...late };
  }
  switch (news.kind) {
    case 'step-completed':
    case 'step-refused':
    case 'offer-made':
      return judgeAnswer(state, news, now);
    case 'offer-withdrawn':
      return judgeWithdrawal(state, news, now);
    case 'concern-raised':
      return { state: concernRaised(state, news, now), receipt: 'applied' };
    case 'commitment-given':
    case 'commitment-declined':
    case 'commitment-broken':
      return judgeCommitment(state, news, now);
    case 'debt-progress':
      return judgeProgress(state, news, now);
    case 'place-granted':
      return judgeGrant(state, news, now);
    case 'place-ended':
      return judgeEndOfPlace(state, news, now);
    default:
      news.kind satisfies never;
      // An API that is newer than its workers takes in what they have never heard of.
      return { state, receipt: 'late', reason: 'kind-unknown' };
  }
}

/** Whether an event was judged before, or waits for its step. */
export function isKnown(state: RouteState, eventId: string): boolean {
  return (
    knows(state.known, eventId) ||
    state.inbox.some((waiting) => waiting.eventId === eventId) ||
    Object.values(state.steps).some((record) => isClosedBy(record, eventId))
  );
}

/** Whether it was this event that closed a step. */
export const isClosedBy = ({ eventId: kept }: StepRecord, eventId: string): boolean =>
  kept !== undefined && isOfId(kept, eventId);

/** Steps that the route goes on without: nobody answered them, and nobody has to any more. */
const neverAnswered: ReadonlySet<StepStatus> = new Set(['not-asked', 'withdrawn', 'skipped']);

function judgeProgress(state: RouteState, { party, progress }: PartnerNews, now: string): Verdict {
  if (party !== 'debt-service' || !progress) return { state, receipt: 'late', reason: 'not-your-step' };
  if (state.ending) return { state, receipt: 'late', reason: 'route-ending' };
  const next = progressed(state, progress, party, now);
  return typeof next === 'string'
    ? { state, receipt: 'late', reason: next }
    : { state: next, receipt: 'applied' };
}

function judgeAnswer(state: RouteState, news: PartnerNews, now: string): Verdict {
  const asked = parseRequestId(news.requestId ?? '');
  if (!asked || asked.routeId !== state.routeId || !isStepOf(state, asked.stepId))
    return { state, receipt: 'late', reason: 'unknown-request' };
  const { stepId, attempt } = asked;
  if (stepOf(state, stepId).party !== news.party) return { state, receipt: 'late', reason: 'not-your-step' };
  if (news.kind !== 'step-refused' && (stepId === 'housing.offer') !== (news.kind === 'offer-made'))
    return { state, receipt: 'late', reason: 'wrong-kind-of-answer' };
  const record = state.steps[stepId];
  // Also while the step is blocked: the attempt that it waits for is the next one, not one that was set aside.
  if (record && attempt < record.attempt) return { state, receipt: 'late', reason: 'superseded' };
  // What was not reached by the end never will be: nothing may wait for it.
  if (state.ending && !isOfClosure(stepId) && (!record || record.status === 'withdrawn'))
    return { state, receipt: 'late', reason: 'route-ending' };
  if (!record || record.status === 'blocked' || attempt > record.attempt)
    return judgeEarly(state, news, { stepId, attempt }, now);
  if (neverAnswered.has(record.status)) return { state, receipt: 'late', reason: 'step-not-needed' };
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
  // Nobody has to ask what only a person begins: an answer to it is early only where it is asked anew.
  const isUnasked = stepOf(state, stepId).byCommand && record?.status !== 'blocked';
  if (isUnasked || attempt > (record?.attempt ?? 1) + (isAsked ? 1 : 0))
    return { state, receipt: 'late', reason: 'unknown-request' };
  // A route that ends comes to no further step but those of its closure.
  if (state.ending && !isOfClosure(stepId)) return { state, receipt: 'late', reason: 'route-ending' };
  if (state.inbox.some((waiting) => waiting.requestId === news.requestId))
    return { state, receipt: 'late', reason: 'already-answered' };
  const inbox = [...state.inbox, asItWaits(state.inbox, news)];
  return { state: changed(state, now, undefined, { inbox }), receipt: 'early' };
}

/** How much room the notes of waiting news take at most, in characters; where one finds none, the timeline says so. */
const notesRoom = 1200;

function asItWaits(inbox: readonly PartnerNews[], news: PartnerNews): PartnerNews {
  const { note, arrival: _, content: __, ...rest } = news;
  if (!note) return rest;
  const taken = [...inbox, news].reduce((sum, each) => sum + (each.note?.jwe.length ?? 0), 0);
  return taken <= notesRoom ? { ...rest, note } : { ...rest, gone: true };
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
    eventId: shortId(news.eventId),
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
    ...(news.gone && { gone: news.gone }),
  };
  const next = changed(state, now, entry, {
    ...withStep(state, stepId, closed),
    ...(news.offer && withOffer(state, news.offer, now)),
    ...learned(state, result),
  });
  return news.offer ? offerArrived(next, news.offer, now) : next;
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
