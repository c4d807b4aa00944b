/** Whether the end of a route is the one that its receipts tell: nothing lost, nothing applied twice. */
import { knows } from '../../domain/known-news.ts';
import { isClosedBy } from '../../domain/partner-news.ts';
import type { RouteState, StepRecord } from '../../domain/route-state.ts';
import { isOfId, shortId } from '../../domain/short-id.ts';
import { isOutside, type StepId } from '../../domain/steps.ts';
import { partyOf, stepOf } from '../../domain/template.ts';
import type { Life } from './life.ts';
import { counts, isSame, nameOf, verdictOf } from './oracle.ts';
import type { Told } from './told.ts';

const idOf = ({ party, id }: Told): string => `${party}:${id}`;

/** Whether a route has judged an event, as its own memory says; what came after its end it never saw. */
export function isJudged(state: RouteState, event: Told): boolean {
  return knows(state.known, idOf(event)) || verdictOf(event)?.reason === 'route-closed';
}

/** What is wrong with the end of a route. */
export function wrongEnd(life: Life, state: RouteState): string[] {
  return [
    ...life.told.filter((event) => !isJudged(state, event)).map((event) => `${nameOf(event)}: lost`),
    ...wrongReceiptsKept(life, state),
    ...wrongConcerns(life, state),
    ...wrongOffers(life, state),
    ...[...groups(life)].flatMap(([request, events]) => wrongRequest(request, events, state)),
    ...unaskedFor(life, state),
  ];
}

/** The receipts that the route keeps are those that were given. */
function wrongReceiptsKept(life: Life, state: RouteState): string[] {
  return life.told.flatMap((event) => {
    const own = event.deliveries.find(({ receipt }) => receipt !== 'queued' && receipt !== 'duplicate');
    const kept = state.receipts.find(({ eventId }) => isOfId(eventId, idOf(event)));
    return !own || !kept || isSame(own, kept)
      ? []
      : [`${nameOf(event)}: told ${own.receipt}, kept ${kept.receipt}`];
  });
}

/** A timeline that left something out may have left out concerns. */
const isWhole = ({ leftOut }: RouteState) => leftOut === undefined;

/** Each concern stands in the timeline once. */
function wrongConcerns(life: Life, state: RouteState): string[] {
  const told = new Map<string, { certain: number; unknown: number }>();
  for (const event of life.told.filter(({ kind }) => kind === 'concern')) {
    const key = `${event.party} ${event.reason}`;
    const count = told.get(key) ?? { certain: 0, unknown: 0 };
    told.set(key, count);
    if (counts(event)) count.certain += 1;
    else if (!verdictOf(event)) count.unknown += 1;
  }
  const written = state.timeline.filter(({ what }) => what === 'concern-raised');
  return [...told].flatMap(([key, { certain, unknown }]) => {
    const times = written.filter(({ by, reason }) => `${by} ${reason}` === key).length;
    return (times >= certain || !isWhole(state)) && times <= certain + unknown
      ? []
      : [`${key}: raised ${certain} times, written ${times}`];
  });
}

/** The answers to one request, by `stepId:attempt`. */
function groups({ told }: Life): Map<string, Told[]> {
  const byRequest = new Map<string, Told[]>();
  for (const event of told.filter(({ kind }) => kind === 'answer' || kind === 'refusal')) {
    const request = `${event.stepId}:${event.attempt}`;
    byRequest.set(request, [...(byRequest.get(request) ?? []), event]);
  }
  return byRequest;
}

const closings = new Set(['step-completed', 'step-refused', 'offer-made']);

/** A postal address that was refused is not needed any more once there is another. */
const isNeedless = (stepId: StepId, { status }: StepRecord): boolean =>
  stepId === 'income.postal-address' && status === 'not-asked';

/** One answer counts, the step ended by it, and what it said is what the route knows. */
function wrongRequest(request: string, events: readonly Told[], state: RouteState): string[] {
  const [stepId, number] = request.split(':') as [StepId, string];
  const attempt = Number(number);
  const wrong: string[] = [];
  const counted = events.filter(counts);
  const isSure = events.every(verdictOf);
  if (counted.length > 1) wrong.push(`${counted.length} answers count: ${counted.map(nameOf).join(', ')}`);
  const ofAttempt = state.timeline.filter((entry) => entry.stepId === stepId && entry.attempt === attempt);
  const times = ofAttempt.filter(({ what }) => closings.has(what)).length;
  const wasOpened = ofAttempt.some(({ what }) => what === 'step-opened');
  if (times > 1) wrong.push(`closed ${times} times`);
  if (isSure && counted.length === 1 && wasOpened && times === 0) wrong.push('its answer is lost');
  if (isSure && counted.length === 0 && times > 0) wrong.push('closed by nobody');
  const record = state.steps[stepId];
  const winner = counted[0];
  if (record?.attempt === attempt && winner) {
    const isWaiting = state.inbox.some(({ eventId }) => eventId === idOf(winner));
    const expected = winner.kind === 'refusal' ? 'refused' : 'done';
    if (record.status === 'blocked') {
      if (!isWaiting) wrong.push('its early answer does not wait');
    } else if (record.status !== 'withdrawn' && !isNeedless(stepId, record)) {
      if (record.status !== expected) wrong.push(`${record.status}, not ${expected}`);
      if (!isClosedBy(record, idOf(winner))) wrong.push(`ended by ${record.eventId}`);
      // Of a result a step keeps what is its own to tell: a solution is the plan's.
      const solution = stepId === 'debt.plan' && winner.kind === 'answer' ? winner.id : undefined;
      if (record.result?.solution !== solution) wrong.push(`result of ${record.result?.solution}`);
    }
  }
  if (!record && winner && !state.ending && !state.inbox.some(({ eventId }) => eventId === idOf(winner)))
    wrong.push('its early answer does not wait');
  return wrong.map((what) => `${request}: ${what}`);
}

/** No step of a partner ended without an event. */
function unaskedFor(life: Life, state: RouteState): string[] {
  const known = new Set(life.told.map((event) => shortId(idOf(event))));
  return Object.entries(state.steps).flatMap(([stepId, { status, eventId }]) => {
    const byPartner =
      stepOf({}, stepId as StepId).kind === 'request' &&
      isOutside(partyOf(stepId as StepId)) &&
      (status === 'done' || status === 'refused');
    return byPartner && !(eventId && known.has(eventId)) ? [`${stepId}: ${status} without an event`] : [];
  });
}

/** Each offer stands there once, as the last that happened to it says. */
function wrongOffers(life: Life, state: RouteState): string[] {
  const { offers, timeline } = state;
  const wrong: string[] = [];
  const ids = offers.map(({ offerId }) => offerId);
  if (new Set(ids).size !== ids.length) wrong.push('an offer stands there twice');
  const withdrawals = life.told.filter(({ kind }) => kind === 'withdrawal');
  const counted = withdrawals.filter(counts);
  for (const { offerId } of counted) {
    const status = offers.find((offer) => offer.offerId === offerId)?.status;
    if (status !== undefined && status !== 'withdrawn')
      wrong.push(`offer ${offerId} withdrawn, but ${status}`);
  }
  const written = timeline.filter(({ what }) => what === 'offer-withdrawn').length;
  const made = counted.filter(({ offerId }) => ids.includes(offerId!)).length;
  if (isWhole(state) && withdrawals.every(verdictOf) && written !== made)
    wrong.push(`${made} offers withdrawn, ${written} written`);
  return wrong;
}
