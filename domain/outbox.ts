/**
 * What a route has to tell others besides its requests: a request that is off, a term that nears or has passed. It
 * waits in the state until it was sent, so that no crash and no new run loses it; each has a key, so that sending it
 * twice tells it once.
 */
import type { TermSource } from '../contracts/views.ts';
import type { AskedParty, Fact, PartnerParty, Recipient } from '../contracts/vocabulary.ts';
import { concernTold } from './concern-terms.ts';
import { knows } from './edition.ts';
import type { GrantedPlace } from './place.ts';
import { requestIdOf } from './request-id.ts';
import type { RouteState, StepRecord } from './route-state.ts';
import { sourceOf } from './rules.ts';
import { isAsked, type StepId } from './steps.ts';
import { stepIdsOf, stepOf } from './template.ts';

export type NoticeKind =
  | 'reminder'
  | 'overdue'
  | 'escalated'
  | 'impasse'
  | 'support-ended'
  | 'preference-maximum'
  | 'accepted-offer-withdrawn'
  | 'home-promise'
  | 'home-promise-passed'
  | 'thin-network'
  | 'new-address'
  | 'objection-due-soon'
  | 'team-supervision'
  | 'case-review'
  | 'crisis-contact'
  | 'reopening-proposed'
  | 'concern-overdue'
  | 'repayment-missed';

export interface Notice {
  readonly what: 'notice';
  /** The same at each sending. */
  readonly key: string;
  readonly kind: NoticeKind;
  readonly to: Recipient;
  readonly stepId: StepId;
  readonly dueAt: string;
  readonly rule: string;
  /** Which rule set gave the date; left out where none did. */
  readonly source?: TermSource;
}

export interface Release {
  readonly what: 'release';
  readonly key: string;
  readonly party: AskedParty;
  /** Whose housing agreement it is told to; left out: that of the route's region. */
  readonly region?: string;
}

/** The place of the housing agreement has become a home, or is kept longer for the home that was accepted. */
export interface PlaceNews {
  readonly what: 'place-realised' | 'place-kept';
  readonly key: string;
  /** Left out in what waits since before it was: the place that the route has when it is sent. */
  readonly place?: GrantedPlace;
}

/** A party is asked to promise something, on condition that all others of its round do. */
export interface CommitmentRequest {
  readonly what: 'commitment';
  readonly key: string;
  /** By which the party answers. */
  readonly requestId: string;
  readonly party: PartnerParty;
  readonly facts: readonly Fact[];
  readonly answerBy: string;
}

export type RouteNoticeKind =
  | 'transfer-offered'
  | 'transfer-due-soon'
  | 'transfer-overdue'
  | 'transfer-accepted'
  | 'transfer-declined'
  | 'transfer-withdrawn'
  | 'absence-decision'
  | 'benefit-in-detention'
  | 'erasure-due-soon'
  | 'erasure-overdue'
  | 'erasure-untold';

/** Something about the route as a whole. What it is about stands in the state, so that it takes little room. */
export interface RouteNotice {
  readonly what: 'route-notice';
  /** `{kind}:{revision}`; the route's id stands before it where it is sent. */
  readonly key: string;
  /** Left out: who owns the route. Without a recipient: the process director of this municipality. */
  readonly municipality?: string;
  /** Opaque id of a person at work there. */
  readonly recipient?: string;
}

/** The person's key is to be destroyed, see personal-data.ts. */
export interface Deletion {
  readonly what: 'deletion';
  readonly key: string;
}

/** A party is asked to erase what it had of the person, see erasure.ts. */
export interface ErasureRequest {
  readonly what: 'erasure';
  readonly key: string;
  readonly party: PartnerParty;
}

export type Outgoing =
  Notice | Release | CommitmentRequest | PlaceNews | RouteNotice | Deletion | ErasureRequest;

/**
 * That the parties of a deadlock did not break it, to whom the agreement names for that.
 * @param of - the number of the round, or the name of a deadlock whose parties may not be asked
 */
export function impasseNotice(state: RouteState, of: string, name: string, now: string): Notice[] {
  const stepId = stepIdsOf(state).find((id) => state.steps[id]?.status === 'blocked');
  if (!state.agreement || !stepId) return [];
  const { id, version, impasseTo: to } = state.agreement;
  const key = `${state.routeId}:impasse:${of}`;
  return [
    { what: 'notice', key, kind: 'impasse', to, stepId, dueAt: now, rule: `${id} ${version}: ${name}` },
  ];
}

/**
 * The release of a step's request, when a partner may have it. Its key is the request's. Also one that nobody confirmed is
 * taken back: it may have arrived all the same, and the partner would work on for nothing. To one that never had it a
 * release says nothing.
 */
export function releaseOf(state: RouteState, stepId: StepId, record: StepRecord): Release[] {
  const { kind, party } = stepOf(state, stepId);
  // A partner that refused has nothing left to take back.
  const asked = record.status === 'open' || record.status === 'technical';
  // Runs of before took back what was confirmed alone, but for the ledger: who waits there for nobody would take a place.
  const mayHave = knows(state, 2) || record.sentAt !== undefined || party === 'housing-agreement';
  if (kind !== 'request' || !asked || !mayHave || !isAsked(party)) return [];
  return [{ what: 'release', key: requestIdOf(state.routeId, stepId, record.attempt), party }];
}

/** The same where the step is asked anew at once: the ledger then keeps the place that the route has or waits for. */
export function supersededOf(state: RouteState, stepId: StepId, record: StepRecord): Release[] {
  return stepOf(state, stepId).party === 'housing-agreement' ? [] : releaseOf(state, stepId, record);
}

/** A notice about a step's term. */
export function noticeOf(
  state: RouteState,
  stepId: StepId,
  record: StepRecord,
  { kind, to, nth = 1 }: { kind: NoticeKind; to: Recipient; nth?: number },
): Notice[] {
  const { dueAt, rule, attempt } = record;
  if (!dueAt || !rule) return [];
  const source = record.source ?? sourceOf(state.rules, rule);
  const key = `${requestIdOf(state.routeId, stepId, attempt)}:${kind}:${nth}`;
  return [{ what: 'notice', key, kind, to, stepId, dueAt, rule, source }];
}

/** Adds what is to be told, unless it waits already: granted, lost and granted again while the ledger is away is told once. */
export const withOutgoing = (outbox: readonly Outgoing[], told: Outgoing): readonly Outgoing[] =>
  outbox.some(({ key }) => key === told.key) ? outbox : [...outbox, told];

/** Something was sent, or given up. */
export function sent(state: RouteState, key: string): RouteState {
  return { ...concernTold(state, key), outbox: state.outbox.filter((each) => each.key !== key) };
}
