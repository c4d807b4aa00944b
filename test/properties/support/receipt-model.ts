/**
 * What the receipt of a piece of news has to be: a second, smaller account of the rules than the domain's, over what
 * anybody can see of a route: how each step stands, under which attempt, which offers are open, and what was told
 * before.
 */
import type { PartnerNews } from '../../../domain/news.ts';
import type { Judgement } from '../../../domain/partner-news.ts';
import { isPassed, type RouteState } from '../../../domain/route-state.ts';
import { steps, type ProcessStepId, type StepId } from '../../../domain/steps.ts';
import { partyOf } from '../../../domain/template.ts';

const late = (reason: string): Judgement => ({ receipt: 'late', reason });
const applied: Judgement = { receipt: 'applied' };

/** @param judged - every event id that this route was ever told */
export function expectedReceipt(
  state: RouteState,
  news: PartnerNews,
  judged: ReadonlySet<string>,
): Judgement {
  if (judged.has(news.eventId)) return { receipt: 'duplicate' };
  if (state.closedAt) return late('route-closed');
  if (news.kind.startsWith('commitment')) return commitmentTold(state, news);
  if (news.kind === 'concern-raised') return applied;
  if (news.kind === 'place-granted' || news.kind === 'place-ended') return placeTold(state, news);
  if (news.kind !== 'offer-withdrawn') return answerTo(state, news);
  if (news.party !== 'housing-corporation') return late('not-your-step');
  const offer = state.offers.findLast(({ offerId }) => offerId === news.offerId);
  if (offer?.status === 'open') return applied;
  // Until its keys are handed over, the home that was accepted can be taken back.
  const passed = (stepId: StepId) => isPassed(state.steps[stepId]);
  const isHomeToBe =
    offer?.status === 'accepted' &&
    offer === state.offers.at(-1) &&
    passed('housing.offer') &&
    passed('housing.offer-answer') &&
    !passed('housing.key-handover');
  if (isHomeToBe && !state.ending) return applied;
  // It may have overtaken its offer.
  const waiting = state.inbox.filter(({ kind }) => kind === 'offer-withdrawn');
  const isFirst = waiting.length < 10 && waiting.every(({ offerId }) => offerId !== news.offerId);
  return !offer && !state.ending && isFirst ? { receipt: 'early' } : late('offer-not-open');
}

/** No round is asked here; only support that was committed to, and not ended yet, can be. */
function commitmentTold(state: RouteState, { kind, party, requestId }: PartnerNews): Judgement {
  const [routeId, stepId, attempt] = requestId?.split(':') ?? [];
  const isSupport = routeId === state.routeId && stepId === 'housing.support' && party === 'support-provider';
  if (!isSupport || kind !== 'commitment-broken') return late('no-open-round');
  const record = state.steps['housing.support'];
  const stands = record?.status === 'done' && record.attempt === Number(attempt) && !record.endedAt;
  return stands ? applied : late('not-promised');
}

/** A grant counts when it is waited for, or is another place; an end, when that place is held and is no home yet. */
function placeTold(state: RouteState, { kind, place, ended }: PartnerNews): Judgement {
  if (kind === 'place-ended') {
    const isHeld = state.place?.reservationId === ended!.reservationId && ended!.until !== undefined;
    const waits =
      !state.place && ended!.until === undefined && state.steps['housing.place']?.status === 'open';
    return (isHeld && !state.place.realised) || waits ? applied : late('superseded');
  }
  const isHeld = state.place?.reservationId === place!.reservationId;
  if (state.ending) return late('route-ending');
  // After a transfer to another region, its earlier one has no place for it any more.
  if (state.transfer?.sender && place!.region !== state.region && !isHeld) return late('superseded');
  const status = state.steps['housing.place']?.status ?? 'done';
  const isWaitedFor = !['done', 'skipped', 'not-asked', 'withdrawn'].includes(status);
  if (isHeld && !isWaitedFor) return late('already-answered');
  // Whoever has the keys needs another place only where one is asked for.
  const hasHome = isPassed(state.steps['housing.key-handover']);
  return hasHome && !isWaitedFor ? late('step-not-needed') : applied;
}

/** A step of the process, or one that the route's template adds. */
const isOfRoute = ({ template }: RouteState, stepId: StepId): boolean =>
  stepId in steps || Object.hasOwn(template?.extra ?? {}, stepId);

function answerTo(state: RouteState, news: PartnerNews): Judgement {
  const [routeId, id, attemptText] = news.requestId?.split(':') ?? [];
  const stepId = id as StepId;
  const attempt = Number(attemptText);
  if (routeId !== state.routeId || !isOfRoute(state, stepId) || !/^[1-9]\d*$/.test(attemptText ?? ''))
    return late('unknown-request');
  if (partyOf(stepId) !== news.party) return late('not-your-step');
  if (news.kind !== 'step-refused' && (news.kind === 'offer-made') !== (stepId === 'housing.offer'))
    return late('wrong-kind-of-answer');
  const record = state.steps[stepId];
  const isNext = attempt >= (record?.attempt ?? 1);
  if (isNext && state.ending && stepId !== 'closure.file' && (!record || record.status === 'withdrawn'))
    return late('route-ending');
  const isBehind = record !== undefined && record.status !== 'blocked';
  /** The attempt that comes next: the only one that can be answered before it was asked. */
  const next = record ? record.attempt + (isBehind ? 1 : 0) : 1;
  if (attempt > next) return late('unknown-request');
  // What only a person begins is not asked by itself: an answer comes early only where it was set aside.
  if (attempt === next && steps[stepId as ProcessStepId]?.byCommand && record?.status !== 'blocked')
    return late('unknown-request');
  if (attempt === next) {
    if (state.ending && stepId !== 'closure.file') return late('route-ending');
    const waits = state.inbox.some(({ requestId }) => requestId === news.requestId);
    return waits ? late('already-answered') : { receipt: 'early' };
  }
  if (attempt < (record?.attempt ?? 0)) return late('superseded');
  if (['not-asked', 'withdrawn', 'skipped'].includes(record?.status ?? '')) return late('step-not-needed');
  const isOpen = record?.status === 'open' || record?.status === 'technical';
  return isOpen ? applied : late('already-answered');
}
