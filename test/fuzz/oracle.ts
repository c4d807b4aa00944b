/**
 * Whether the receipts of one route are right. Where things were under way at the same time several orders are
 * possible; a receipt is right when there is one that explains it. What is checked is what every order has in common:
 *
 * - an event gets one receipt of its own; any other is `duplicate`, and that only after or beside another delivery
 * - of all answers to one request (route, step, attempt) exactly one counts: `applied` or `early`. Each other is
 *   `late`, for a reason that had begun before it was answered: another answer, a redo, the end of the route
 * - what was over before an event was sent can not be otherwise afterwards: no answer to a superseded attempt counts,
 *   no answer is early to a step that was seen open, nothing counts on a closed route
 */
import type { Receipt } from '../../contracts/vocabulary.ts';
import { stepsOf } from '../faults/matrix.ts';
import type { Life } from './life.ts';
import type { Told } from './told.ts';

/** How an event was judged in the end; undefined when nobody can tell any more. */
export interface Verdict {
  readonly receipt: Exclude<Receipt, 'queued' | 'duplicate'>;
  readonly reason: string | undefined;
}

/** The one judgement of an event: what its sender was told, else what it was told when it asked. */
export function verdictOf({ deliveries, asked }: Told): Verdict | undefined {
  const own = deliveries.find(({ receipt }) => receipt !== 'queued' && receipt !== 'duplicate') ?? asked;
  return own as Verdict | undefined;
}

/** Whether an answer is the one that counts. */
export const counts = (event: Told): boolean => {
  const receipt = verdictOf(event)?.receipt;
  return receipt === 'applied' || receipt === 'early';
};

/** The same, or nobody can tell any more: it may have waited when the route ended. */
const mayHaveCounted = (event: Told): boolean =>
  counts(event) || [undefined, 'route-ending'].includes(verdictOf(event)?.reason);

/** The moment by which an event was judged for certain. */
export function judgedBy({ deliveries }: Told): number {
  const judged = deliveries.filter(({ receipt }) => receipt !== 'queued');
  return Math.min(...judged.map(({ answeredAt }) => answeredAt));
}

export const nameOf = ({ party, id, kind, stepId, attempt }: Told): string =>
  `${kind} ${party}:${id}${stepId ? ` (${stepId}:${attempt})` : ''}`;

/** What is wrong with the receipts of a route; nothing when all are right. */
export function wrongReceipts(life: Life): string[] {
  const closing = life.deeds.find(({ what }) => what === 'close');
  const closed = life.looks.find(({ view }) => view.closedAt);
  return life.told.flatMap((event) => {
    const wrong = [...wrongDeliveries(event)];
    const verdict = verdictOf(event);
    if (!verdict) return wrong;
    const { receipt, reason } = verdict;
    const isRouteClosed = receipt === 'late' && reason === 'route-closed';
    if (isRouteClosed && !(closing && closing.sentAt < judgedBy(event))) wrong.push('closed before its time');
    if (closed && event.firstSentAt > closed.answeredAt && !isRouteClosed)
      wrong.push('counted after the end');
    if (!isRouteClosed) wrong.push(...wrongVerdict(life, event, verdict));
    return wrong.map(
      (what) => `${nameOf(event)}: ${what}; ${receipt} ${reason ?? ''} ${JSON.stringify(event.deliveries)}`,
    );
  });
}

/**
 * The event that ended the route, in calls that overlap: of a call that was not answered before the end nobody can tell
 * whether it was the one that the route heard, and so it hears how its event was judged.
 */
const isOfTheEnd = ({ stepId }: Told, own: Told['deliveries']): boolean =>
  stepId === 'closure.file' &&
  own.every((each) => isSame(own[0]!, each) && own.every((other) => each.sentAt < other.answeredAt));

function wrongDeliveries(event: Told): string[] {
  const { deliveries, asked } = event;
  const own = deliveries.filter(({ receipt }) => receipt !== 'queued' && receipt !== 'duplicate');
  // A route that has ended writes nothing down any more: what it never knew it calls late each time.
  const after = own.every(({ reason }) => reason === 'route-closed');
  const isTwice = own.length > 1 && !after && !isOfTheEnd(event, own);
  const wrong = isTwice ? ['judged more than once'] : [];
  if (own.length === 1 && asked && !isSame(own[0]!, asked)) wrong.push('another receipt when asked for');
  for (const delivery of deliveries.filter(({ receipt }) => receipt === 'duplicate')) {
    const others = deliveries.filter((each) => each !== delivery && each.sentAt < delivery.answeredAt);
    if (others.length === 0 && delivery.unanswered === 0) wrong.push('duplicate of nothing');
  }
  return wrong;
}

/** Who asks hears of what had waited that it was applied, or that the route ended before. */
export function isSame(told: Judged, asked: Judged): boolean {
  if (told.receipt === 'early' && asked.receipt !== 'early')
    return asked.receipt === 'applied' || ['route-ending', 'step-not-needed'].includes(asked.reason ?? '');
  return told.receipt === asked.receipt && told.reason === asked.reason;
}

interface Judged {
  readonly receipt: Receipt;
  readonly reason?: string | undefined;
}

function wrongVerdict(life: Life, event: Told, { receipt, reason }: Verdict): string[] {
  const late = (expected: string) =>
    receipt === 'late' && reason === expected ? [] : [`expected late ${expected}`];
  switch (event.kind) {
    case 'concern':
      return receipt === 'applied' ? [] : ['expected applied'];
    case 'wrong kind':
      return late('wrong-kind-of-answer');
    case 'no round':
      return late('no-open-round');
    case 'withdrawal':
      return wrongWithdrawal(life, event, receipt, reason);
    case 'answer':
    case 'refusal':
      return wrongAnswer(life, event, receipt, reason);
  }
}

function wrongAnswer(life: Life, event: Told, receipt: Receipt, reason: string | undefined): string[] {
  const { stepId, attempt } = event as Required<Told>;
  const isOver = life.deeds.some(({ what, sentAt }) => what === 'close' && sentAt < judgedBy(event));
  switch (`${receipt} ${reason ?? ''}`.trim()) {
    case 'applied':
      return supersededBefore(life, event) ? ['counted for a superseded attempt'] : [];
    case 'early':
      if (supersededBefore(life, event)) return ['waits for a superseded attempt'];
      if (endedBefore(life, event)) return ['waits for a step that will never open'];
      return openedBefore(life, event) ? ['early to a step that was open'] : [];
    case 'late route-ending':
      return isOver ? [] : ['nobody ended the route'];
    case 'late already-answered': {
      const first = life.told.find(
        (each) =>
          each !== event && each.stepId === stepId && each.attempt === attempt && mayHaveCounted(each),
      );
      return first && first.firstSentAt < judgedBy(event) ? [] : ['nobody answered before'];
    }
    case 'late step-not-needed':
      return stepId === 'income.postal-address' && addressToldBefore(life, event)
        ? []
        : ['nobody told of another address'];
    case 'late superseded':
      return bumps(life, event).some(({ sentAt }) => sentAt < judgedBy(event))
        ? []
        : ['nothing superseded it'];
    case 'late unknown-request':
      return attempt > 1 && !askedBefore(life, event) ? [] : ['that request was asked'];
    default:
      return [`no such receipt for an answer`];
  }
}

/** An answer that brings another address was on its way: a registered one, or a home. */
function addressToldBefore({ told }: Life, event: Told): boolean {
  const brings = new Set(['intake.registry-check', 'housing.key-handover']);
  return told.some(
    (each) => brings.has(each.stepId ?? '') && each.firstSentAt < judgedBy(event) && mayHaveCounted(each),
  );
}

/** What is about the home that was accepted: it falls with it. */
const ofHome = new Set([
  'housing.contract',
  'housing.key-handover',
  'housing.lease-trial',
  'housing.lease-takeover',
]);

/** What is asked anew before a home is taken; without support no keys are asked for. */
const beforeHome = new Set(['housing.offer', 'housing.offer-answer', 'housing.support']);

/** What may have begun a later attempt than that of the event. */
function bumps({ deeds, told }: Life, { stepId, attempt }: Told): { sentAt: number }[] {
  const isOfHome = ofHome.has(stepId!);
  const redone = deeds.filter(
    (deed) =>
      deed.what === 'redo' &&
      ((deed.stepId === stepId && deed.attempt! > attempt!) || (isOfHome && beforeHome.has(deed.stepId!))),
  );
  if (stepId !== 'housing.offer' && !isOfHome) return redone;
  const refusals = deeds.filter(({ what }) => what === 'refuse');
  const withdrawals = told.filter((each) => each.kind === 'withdrawal' && counts(each));
  return [...redone, ...refusals, ...withdrawals.map(({ firstSentAt }) => ({ sentAt: firstSentAt }))];
}

const seenBefore = ({ looks }: Life, { stepId, firstSentAt }: Told) =>
  looks
    .filter(({ answeredAt }) => answeredAt < firstSentAt)
    .flatMap(({ view }) => stepsOf(view).filter((step) => step.stepId === stepId));

/** A later attempt had begun before the event was sent. */
function supersededBefore(life: Life, event: Told): boolean {
  return (
    seenBefore(life, event).some(({ attempt }) => attempt > event.attempt!) ||
    life.deeds.some(
      (deed) =>
        deed.stepId === event.stepId &&
        deed.isDone &&
        deed.attempt! > event.attempt! &&
        deed.answeredAt < event.firstSentAt,
    )
  );
}

const endedBefore = ({ deeds }: Life, { stepId, firstSentAt }: Told) =>
  stepId !== 'closure.file' &&
  deeds.some(({ what, answeredAt }) => what === 'close' && answeredAt < firstSentAt);

const openedBefore = (life: Life, event: Told) =>
  seenBefore(life, event).some(({ attempt, status }) => attempt === event.attempt && status !== 'blocked');

/** The attempt, or the one before it, had begun before the event was sent. */
const askedBefore = (life: Life, event: Told) =>
  seenBefore(life, event).some(({ attempt }) => attempt + 1 >= event.attempt!);

function wrongWithdrawal(life: Life, event: Told, receipt: Receipt, reason: string | undefined): string[] {
  const rivals = life.told.filter(
    (each) => each !== event && each.offerId === event.offerId && each.kind === 'withdrawal',
  );
  if (receipt === 'applied' || receipt === 'early')
    return rivals.some(counts) ? ['the same offer withdrawn twice'] : [];
  if (reason !== 'offer-not-open') return ['no such receipt for a withdrawal'];
  const isWithdrawn = rivals.some((each) => mayHaveCounted(each) && each.firstSentAt < judgedBy(event));
  const isOff = life.deeds.some(
    ({ what, offerId, sentAt }) =>
      sentAt < judgedBy(event) && (what === 'close' || (what !== 'redo' && offerId === event.offerId)),
  );
  return isWithdrawn || isOff ? [] : ['its offer was open, or still to come'];
}
