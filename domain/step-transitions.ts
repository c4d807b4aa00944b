/** How one step moves: blocked, open, done, refused, technical, withdrawn. */
import type { Track } from '../contracts/vocabulary.ts';
import { withoutAnswers } from './early-news.ts';
import { lacksConsent } from './consent.ts';
import { canBegin, missingFacts } from './facts.ts';
import { beginOf } from './follow.ts';
import { finished, withdrawn } from './finish-step.ts';
import { datesOf, runningTerm } from './intake-terms.ts';
import { beginOfObjection, objectionOf } from './objection-term.ts';
import { ongoingTerm, termOfAttempt } from './ongoing-term.ts';
import { isOvertaken, notAsked } from './not-asked.ts';
import { supersededOf, type Release } from './outbox.ts';
import { applyInbox } from './partner-news.ts';
import { takenUp } from './refused-application.ts';
import { requestIdOf } from './request-id.ts';
import {
  changed,
  isRunning,
  startOfRoute,
  withStep,
  type Offer,
  type RouteState,
  type StartOfRoute,
  type StepRecord,
} from './route-state.ts';
import { ruleOf } from './rules.ts';
import type { StepId } from './steps.ts';
import { termFor } from './terms.ts';
import { partyOf, stepIdsOf, stepOf } from './template.ts';

/** A route as it begins: it says from its first moment on that it waits for the person to be identified. */
export function begin(given: StartOfRoute): RouteState {
  const first: readonly StepId[] = ['intake.identity', 'intake.personal-plan'];
  return first.reduce((state, stepId) => reach(state, stepId, given.now), startOfRoute(given));
}

/**
 * A new attempt at a step, with the dates of its rule, or of a term that goes on or runs already.
 * @param objection - what makes it one; left out: it is one where the attempt before it was and nobody has answered that
 */
export function attemptAt(
  state: RouteState,
  stepId: StepId,
  attempt: number,
  now: string,
  objection = objectionOf(state.steps[stepId]),
): StepRecord {
  if (objection.objectsTo !== undefined) return objectionAt(state, stepId, { attempt, ...objection }, now);
  const rule = ruleOf(state, stepId);
  const begin = beginOf(state, stepId, now);
  const running = runningTerm(state, rule, attempt);
  const own = running ? datesOf(state, running, now) : termFor(state.rules, rule, begin);
  const since = own ? begin.from : now;
  const before = running && running.since !== since ? { termSince: running.since } : {};
  return { status: 'open', attempt, since, ...before, ...termOfAttempt(state, stepId, rule, own) };
}

function objectionAt(
  state: RouteState,
  stepId: StepId,
  attempt: Pick<StepRecord, 'attempt' | 'objectsTo'>,
  now: string,
): StepRecord {
  const { rule, from } = beginOfObjection(state, stepId, now);
  const term = termOfAttempt(state, stepId, rule, termFor(state.rules, rule, { from }));
  return { status: 'open', ...attempt, since: now, ...(from !== now && { termSince: from }), ...term };
}

/**
 * The process has come to a step: it opens when the facts it needs are there, else it is blocked. News that came
 * early is applied at once. A step that was reached before stays as it is; one that was put in front of where the
 * route is counts as passed; one that was withdrawn with its track, and is needed after all, begins anew.
 */
export function reach(state: RouteState, stepId: StepId, now: string): RouteState {
  const record = state.steps[stepId];
  const isOff = record?.status === 'withdrawn';
  if (record && !isOff && record.status !== 'blocked') return state;
  if (isOvertaken(state, stepId)) return notAsked(state, stepId, now);
  const attempt = (record?.attempt ?? 1) + (isOff ? 1 : 0);
  if (!canBegin(state, stepId)) {
    if (record && !isOff && !record.aside) return state;
    const entry = { what: 'step-blocked', by: stepOf(state, stepId).party, stepId };
    // A term that goes on goes on while its step can't begin.
    const ongoing = !isOff && record?.ongoing ? { ongoing: record.ongoing } : {};
    const kept = isOff ? {} : objectionOf(record);
    const blocked = { status: 'blocked' as const, attempt, since: now, ...ongoing, ...kept };
    return changed(state, now, entry, withStep(state, stepId, blocked));
  }
  const open = opened(state, stepId, attemptAt(state, stepId, attempt, now), now);
  // The ledger may have been asked, and have granted, in a workflow task of which nothing else is left.
  if (stepId === 'housing.place' && state.place && !state.place.realised) {
    const asked = [requestIdOf(state.routeId, stepId, attempt)];
    const answered = { ...open, ...withoutAnswers(open, asked, 'already-answered', now) };
    return finished(answered, stepId, 'housing-agreement', now);
  }
  return applyInbox(open, stepId, now);
}

function opened(state: RouteState, stepId: StepId, record: StepRecord, now: string): RouteState {
  const { attempt, dueAt, rule, source } = record;
  const entry = {
    what: 'step-opened',
    by: stepOf(state, stepId).party,
    stepId,
    attempt,
    ...(dueAt && { dueAt }),
    ...(rule && { rule }),
    ...(source && { source }),
  };
  return changed(state, now, entry, withStep(state, stepId, record));
}

/**
 * Asks a step that is not behind the route once more: the attempt counts up, so that its request gets a new key, and
 * the partner hears that the earlier one is off. One that lacks consent waits for it.
 */
export function again(
  before: RouteState,
  stepId: StepId,
  now: string,
  objection?: Pick<StepRecord, 'objectsTo'>,
): RouteState {
  const state = stepId === 'intake.decision' ? takenUp(before) : before;
  const record = state.steps[stepId];
  const attempt = (record?.attempt ?? 0) + 1;
  const told = record
    ? { ...state, outbox: [...state.outbox, ...supersededOf(state, stepId, record)] }
    : state;
  if (lacksConsent(state, stepId)) {
    const entry = { what: 'step-blocked', by: partyOf(stepId), stepId };
    return changed(told, now, entry, withStep(told, stepId, { status: 'blocked', attempt, since: now }));
  }
  return applyInbox(
    opened(told, stepId, attemptAt(state, stepId, attempt, now, objection), now),
    stepId,
    now,
  );
}

/**
 * Sets steps aside, so that the process comes to them once more, under the next attempt. The partner of one that is
 * under way hears that its request is off.
 */
export function setAside(before: RouteState, stepIds: readonly StepId[], now: string): RouteState {
  const state = stepIds.includes('intake.decision') ? takenUp(before) : before;
  const parts = { ...state.steps };
  const releases: Release[] = [];
  for (const id of stepIds) {
    const record = parts[id];
    if (!record) continue;
    const ongoing = ongoingTerm(state, id);
    parts[id] = {
      status: 'blocked',
      attempt: record.attempt + 1,
      since: now,
      aside: true,
      ...objectionOf(record),
      ...(ongoing && { ongoing }),
    };
    releases.push(...supersededOf(state, id, record));
  }
  const outbox = releases.length > 0 ? [...state.outbox, ...releases] : state.outbox;
  return changed(state, now, undefined, { steps: parts, outbox });
}

/**
 * Sets passed steps aside from outside the process: the next run starts its stages from the top and comes to them.
 * Keys that are asked for are so no longer when support falls away; an answer that is asked for anew is about the
 * home that was accepted.
 */
export function rewound(state: RouteState, stepIds: readonly StepId[], now: string): RouteState {
  const aside = setAside(state, stepIds, now);
  const keys = aside.steps['housing.key-handover'];
  const noKeys = keys && isRunning(keys) && missingFacts(aside, 'housing.key-handover').length > 0;
  const next = noKeys ? setAside(aside, ['housing.key-handover'], now) : aside;
  const isAnswerAlone = stepIds.includes('housing.offer-answer') && !stepIds.includes('housing.offer');
  return { ...next, ...(isAnswerAlone && { offers: withLatestOpen(state.offers) }), rerun: true };
}

function withLatestOpen(offers: readonly Offer[]): readonly Offer[] {
  const latest = offers.at(-1);
  if (latest?.status !== 'accepted') return offers;
  const { answeredAt: _, ...offer } = latest;
  return [...offers.slice(0, -1), { ...offer, status: 'open' }];
}

/** The partner accepted the request of this attempt. */
export function accepted(state: RouteState, stepId: StepId, attempt: number, now: string): RouteState {
  const record = state.steps[stepId];
  if (!record || record.attempt !== attempt || record.sentAt || record.status !== 'open') return state;
  const { unreachable: _, ...reachable } = record;
  const entry = { what: 'request-accepted', by: stepOf(state, stepId).party, stepId, attempt };
  return changed(state, now, entry, withStep(state, stepId, { ...reachable, sentAt: now }));
}

/** The request can't succeed as it is: the step is technical until somebody mends it; the route lives on. */
export function failedTechnically(
  state: RouteState,
  stepId: StepId,
  attempt: number,
  reason: string,
  now: string,
): RouteState {
  const record = state.steps[stepId];
  if (!record || record.attempt !== attempt || record.status !== 'open') return state;
  const entry = { what: 'step-technical', by: stepOf(state, stepId).party, stepId, attempt, reason };
  return changed(state, now, entry, withStep(state, stepId, { ...record, status: 'technical', reason }));
}

/** A track that this person's route can do without: what is open of it is withdrawn. */
export function withoutTrack(state: RouteState, track: Track, now: string): RouteState {
  if (state.notNeeded.includes(track)) return state;
  const entry = { what: 'track-not-needed', by: 'calendar', reason: track };
  const ofTrack = stepIdsOf(state).filter((id) => stepOf(state, id).track === track);
  return changed(state, now, entry, {
    notNeeded: [...state.notNeeded, track],
    ...withdrawn(state, ofTrack, now),
  });
}
