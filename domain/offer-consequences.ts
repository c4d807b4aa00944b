/** What follows from an offer that did not become a home: whether it counts, and what it says of its area. */
import type { OfferRefusal } from '../contracts/vocabulary.ts';
import { timeAnew } from './commitments.ts';
import { withUnsafeArea } from './excluded-areas.ts';
import type { Notice } from './outbox.ts';
import { requestIdOf } from './request-id.ts';
import { changed, type Offer, type RouteState } from './route-state.ts';

interface Consequence {
  /** Towards the maximum of the region's cooperation agreement. */
  readonly counts: boolean;
  /** No home in that area is put to the person again. */
  readonly excludesArea: boolean;
  /** The corporation did what it promised; where it promised a home, it has its time anew. */
  readonly wasFair: boolean;
}

/** A new search begins after each of them, and nobody loses their place. The reasons are the person's own. */
export const consequences: Readonly<Record<OfferRefusal | 'withdrawn' | 'lapsed', Consequence>> = {
  unsuitable: { counts: false, excludesArea: false, wasFair: false },
  unsafe: { counts: false, excludesArea: true, wasFair: true },
  preference: { counts: true, excludesArea: false, wasFair: true },
  withdrawn: { counts: false, excludesArea: false, wasFair: false },
  lapsed: { counts: false, excludesArea: false, wasFair: false },
};

/** Whether an offer counts towards the agreed maximum of refusals by preference. */
export function countsAsRefusal({ status, refusal }: Offer): boolean {
  return status === 'refused' && refusal !== undefined && consequences[refusal].counts;
}

/** The person said no to this offer. */
export function afterRefusal(
  state: RouteState,
  { area }: Offer,
  reason: OfferRefusal,
  now: string,
): RouteState {
  const { counts, excludesArea, wasFair } = consequences[reason];
  const safe = excludesArea ? withUnsafeArea(state, area, now) : state;
  const fair = wasFair ? timeAnew(safe, 'housing-corporation', now) : safe;
  return counts ? counted(fair, now) : fair;
}

/**
 * How many refusals count, and how many there may be before somebody talks with the person; undefined where the route's
 * agreement has no maximum.
 */
export function preferenceRefusals(state: RouteState): { count: number; most: number } | undefined {
  const agreed = state.agreement?.preferenceRefusals;
  return agreed && { count: state.preferenceRefusals ?? 0, most: agreed.most };
}

/** Whether a talk with the person comes before the next offer. */
export function needsTalk(state: RouteState): boolean {
  const refusals = preferenceRefusals(state);
  return refusals !== undefined && refusals.count >= refusals.most;
}

/** Nobody is thrown out at the maximum: the search goes on, and somebody is told. */
function counted(state: RouteState, now: string): RouteState {
  const count = (state.preferenceRefusals ?? 0) + 1;
  const next = { ...state, preferenceRefusals: count };
  const { agreement } = state;
  const agreed = agreement?.preferenceRefusals;
  if (!agreement || !agreed || count !== agreed.most) return next;
  const stepId = 'housing.offer-answer' as const;
  const attempt = state.steps[stepId]?.attempt ?? 1;
  const notice: Notice = {
    what: 'notice',
    key: `${requestIdOf(state.routeId, stepId, attempt)}:preference-maximum`,
    kind: 'preference-maximum',
    to: agreed.to,
    stepId,
    dueAt: now,
    rule: `${agreement.id} ${agreement.version}`,
  };
  const entry = { what: 'preference-maximum-reached', by: 'calendar' };
  return changed(next, now, entry, { outbox: [...next.outbox, notice] });
}
