/** A postal address is for who has no other: whether it is still to be asked for follows from the address there is. */
import { withoutAnswers } from './early-news.ts';
import { factsOf } from './facts.ts';
import { settled } from './finish-step.ts';
import { releaseOf } from './outbox.ts';
import { parseRequestId } from './request-id.ts';
import { changed, isPassed, withStep, type RouteState, type StepRecord } from './route-state.ts';
import { rewound } from './step-transitions.ts';

const stepId = 'income.postal-address';

/** Calls the request off once there is an address, and asks anew when that turns out to be none while it is needed. */
export function withPostalAddress(state: RouteState, now: string): RouteState {
  const record = state.steps[stepId];
  if (!record || record.status === 'withdrawn') return state;
  const hasAddress = factsOf(state).includes('address');
  if (hasAddress && !isPassed(record)) return calledOff(state, record, now);
  const isMissed = record.status === 'not-asked' && !isPassed(state.steps['income.benefit']);
  if (hasAddress || !isMissed) return state;
  const entry = { what: 'step-needed-again', by: 'calendar', stepId } as const;
  return rewound(changed(state, now, entry, {}), [stepId], now);
}

function calledOff(state: RouteState, record: StepRecord, now: string): RouteState {
  const closed = { ...settled(record), status: 'not-asked' as const, closedAt: now };
  const isAbout = ({ requestId = '' }) => parseRequestId(requestId)?.stepId === stepId;
  const waited = state.inbox.filter(isAbout).map(({ requestId = '' }) => requestId);
  return changed(
    state,
    now,
    { what: 'step-not-needed', by: 'calendar', stepId },
    {
      ...withStep(state, stepId, closed),
      ...withoutAnswers(state, waited, 'step-not-needed', now),
      outbox: [...state.outbox, ...releaseOf(state, stepId, record)],
    },
  );
}
