/** The home that was accepted: what hangs on it until the keys, and what becomes of that when it is off. */
import { knows } from './edition.ts';
import type { PartnerNews } from './news.ts';
import type { Notice } from './outbox.ts';
import { requestIdOf } from './request-id.ts';
import { changed, isPassed, isRunning, type Offer, type RouteState } from './route-state.ts';
import { rewound } from './step-transitions.ts';
import { stepIds, steps, type StepId } from './steps.ts';

/** Contract, keys and lease are of one home. Support is for the person: it stands, whichever home it becomes. */
const ofHome: readonly StepId[] = [
  'housing.contract',
  'housing.key-handover',
  ...stepIds.filter((id) => steps[id].lease),
];

/** A search that is done anew needs an answer of its own, and what follows from either is of the home it was about. */
const hanging: Partial<Record<StepId, readonly StepId[]>> = {
  'housing.offer': ['housing.offer-answer', ...ofHome],
  'housing.offer-answer': ofHome,
};

/** What makes no sense any more once a step is done anew: all of it that is done or under way. */
export function hangingOn({ steps: records }: RouteState, stepId: StepId): readonly StepId[] {
  return (hanging[stepId] ?? []).filter((id) => {
    const record = records[id];
    return record !== undefined && (isPassed(record) || isRunning(record));
  });
}

/** Whether this is the home that the route is on its way into: accepted, its keys still to come, no other one sought. */
export function isHomeToBe(state: RouteState, offer: Offer): boolean {
  const passed = (id: StepId) => isPassed(state.steps[id]);
  const isAccepted = offer.status === 'accepted' && offer === state.offers.at(-1);
  const stands = passed('housing.offer') && passed('housing.offer-answer') && !passed('housing.key-handover');
  return knows(state, 2) && isAccepted && stands && !state.ending;
}

/** The corporation takes back the home that was accepted: the search goes on, and the case manager is told. */
export function homeWithdrawn(state: RouteState, offer: Offer, news: PartnerNews, now: string): RouteState {
  const stepId = 'housing.offer' as const;
  const what = 'accepted-offer-withdrawn' as const;
  const { attempt } = state.steps[stepId]!;
  const notice: Notice = {
    what: 'notice',
    key: `${requestIdOf(state.routeId, stepId, attempt)}:${what}`,
    kind: what,
    to: 'case-manager',
    stepId,
    dueAt: now,
    rule: steps[stepId].rule,
  };
  const entry = { what, by: news.party, ...(news.reason && { reason: news.reason }) };
  const offers = state.offers.map((each) =>
    each === offer ? { ...each, status: 'withdrawn' as const } : each,
  );
  const told = changed(state, now, entry, { offers, outbox: [...state.outbox, notice] });
  return rewound(told, [stepId, ...hangingOn(state, stepId)], now);
}
