/**
 * What a route has to tell others besides its requests: a request that is off, a term that nears or has passed. It
 * waits in the state until it was sent, so that no crash and no new run loses it; each has a key, so that sending it
 * twice tells it once.
 */
import type { PartnerParty, Recipient } from '../contracts/vocabulary.ts';
import { requestIdOf } from './request-id.ts';
import type { RouteState, StepRecord } from './route-state.ts';
import { isOutside, steps, type StepId } from './steps.ts';

export type NoticeKind = 'reminder' | 'overdue' | 'escalated';

export interface Notice {
  readonly what: 'notice';
  /** The same at each sending. */
  readonly key: string;
  readonly kind: NoticeKind;
  readonly to: Recipient;
  readonly stepId: StepId;
  readonly dueAt: string;
  readonly rule: string;
}

export interface Release {
  readonly what: 'release';
  readonly key: string;
  readonly party: PartnerParty;
}

export type Outgoing = Notice | Release;

/** The release of a step's request, when a partner may have it. Its key is the request's. */
export function releaseOf(state: RouteState, stepId: StepId, record: StepRecord): Release[] {
  const { kind, party } = steps[stepId];
  // A partner that refused has nothing left to take back.
  const asked = record.status === 'open' || record.status === 'technical';
  if (kind !== 'request' || !asked || !record.sentAt || !isOutside(party)) return [];
  return [{ what: 'release', key: requestIdOf(state.routeId, stepId, record.attempt), party }];
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
  const key = `${requestIdOf(state.routeId, stepId, attempt)}:${kind}:${nth}`;
  return [{ what: 'notice', key, kind, to, stepId, dueAt, rule }];
}

/** Something was sent, or given up. */
export function sent(state: RouteState, key: string): RouteState {
  return { ...state, outbox: state.outbox.filter((each) => each.key !== key) };
}
