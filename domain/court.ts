/**
 * When creditors do not agree: a court may make them (Fw art. 287a), or admit the person to the statutory scheme (Fw art.
 * 284). Either takes the place of the arrangement that was refused.
 */
import { releaseOf } from './outbox.ts';
import { knows } from './edition.ts';
import { finished } from './finish-step.ts';
import { changed, isPassed, isUnderWay, type RouteState } from './route-state.ts';
import { withRepayment } from './statutory-scheme.ts';
import { again } from './step-transitions.ts';

const arrangement = 'debt.arrangement';
const byCourt = ['debt.compulsory-settlement', 'debt.statutory-scheme'] as const;

/** The debt service's code for an arrangement that failed by one or more creditors. */
export const creditorRefused = 'creditor-refused';

/** What follows in the debt track from any change by itself. */
export function withDebtTrack(state: RouteState, now: string): RouteState {
  if (state.ending || state.notNeeded.includes('debt')) return state;
  return withRepayment(withoutProtection(withRuling(withSettlementAsked(state, now), now), now), now);
}

/** Whether a court has yet to rule. */
export const isAtCourt = ({ steps }: Pick<RouteState, 'steps'>): boolean =>
  byCourt.some((id) => isUnderWay({ steps }, id) && steps[id]?.status !== 'refused');

/** A creditor refused: the court is asked to make that one settle, once by itself, later by a person. */
function withSettlementAsked(state: RouteState, now: string): RouteState {
  const record = state.steps[arrangement];
  const isAsked = state.steps['debt.compulsory-settlement'] !== undefined;
  if (record?.status !== 'refused' || record.reason !== creditorRefused) return state;
  if (isAsked || !knows(state, 4)) return state;
  const entry = { what: 'step-begun', by: 'calendar', stepId: byCourt[0], reason: creditorRefused };
  return again(changed(state, now, entry, {}), byCourt[0], now);
}

/** What the court granted since the arrangement was asked for is the arrangement. */
function withRuling(state: RouteState, now: string): RouteState {
  const record = state.steps[arrangement];
  if (!record || isPassed(record) || record.status === 'withdrawn') return state;
  const ruled = byCourt.some((id) => {
    const { status, closedAt = '' } = state.steps[id] ?? {};
    return status === 'done' && closedAt >= record.since;
  });
  if (!ruled) return state;
  const outbox = [...state.outbox, ...releaseOf(state, arrangement, record)];
  return finished({ ...state, outbox }, arrangement, 'debt-service', now);
}

/** A cooling-off period and a moratorium are there to come to an arrangement: they end with it. */
function withoutProtection(state: RouteState, now: string): RouteState {
  if (!isPassed(state.steps[arrangement])) return state;
  const left = protections.filter((id) => isUnderWay(state, id));
  return left.reduce((next, id) => finished(next, id, 'calendar', now), state);
}

const protections = ['debt.cooling-off', 'debt.moratorium'] as const;
