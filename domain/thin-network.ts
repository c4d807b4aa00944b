/** A thin network at the transfer of care: an alarm (CTI), never a failure; the case manager is told once. */
import type { NormView } from '../contracts/cti-views.ts';
import { clockOf, hasBegun, isUnderClock, withCti } from './cti.ts';
import type { Notice } from './outbox.ts';
import { changed, type RouteState } from './route-state.ts';
import { countOf, normOf } from './rules.ts';
import { acceptedOf } from './supporters.ts';

const stepId = 'cti.transfer-of-care' as const;

export interface ThinNetwork {
  readonly stepId: typeof stepId;
  /** When the transfer of care began. */
  readonly since: string;
  readonly accepted: number;
  readonly norm: NormView;
}

/** The alarm while it lasts: from the begin of the transfer of care until its meeting. */
export function thinNetworkOf(state: RouteState): ThinNetwork | undefined {
  const norm = normOf(state.rules, 'cti.supporters');
  const transfer = state.steps[stepId];
  if (!norm || !hasBegun(transfer) || !isUnderClock(state)) return undefined;
  const accepted = acceptedOf(state);
  return accepted < countOf(norm) ? { stepId, since: transfer.since, accepted, norm } : undefined;
}

/** Tells the case manager once for each clock: what follows after any change by itself. */
export function withThinNetworkTold(state: RouteState, now: string): RouteState {
  const clock = clockOf(state);
  if (state.cti?.thinTold === clock) return state;
  const thin = thinNetworkOf(state);
  if (!thin) return state;
  const { norm: rule, ruleSet, version, basis } = thin.norm;
  const notice: Notice = {
    what: 'notice',
    key: `${state.routeId}:thin-network:${clock}`,
    kind: 'thin-network',
    to: 'case-manager',
    stepId,
    dueAt: state.steps[stepId]?.dueAt ?? now,
    rule,
    source: { rule, ruleSet, version, basis },
  };
  const entry = { what: 'network-thin', by: 'calendar', stepId };
  const outbox = [...state.outbox, notice];
  return changed(state, now, entry, { ...withCti(state, { thinTold: clock }), outbox });
}
