/**
 * A postal address is for who has no other: whether it is still to be asked for follows from the address there is. The
 * same holds for the ex officio registration that a person may begin beside a request that was refused: the municipality
 * registers who has no address and nobody to give one at an address of its own (Wet BRP art. 2.23). So an objection to the
 * refusal goes on meanwhile.
 */
import { withoutAnswers } from './early-news.ts';
import { factsOf } from './facts.ts';
import { settled } from './finish-step.ts';
import { isObjecting } from './objection-term.ts';
import { releaseOf } from './outbox.ts';
import { parseRequestId } from './request-id.ts';
import { changed, isPassed, withStep, type RouteState } from './route-state.ts';
import { rewound } from './step-transitions.ts';

const stepId = 'income.postal-address';
const exOfficio = 'income.ex-officio';
type Requested = typeof stepId | typeof exOfficio;

/** Whether its request stands refused, also while an objection to that is under way. */
export const isAddressRefused = ({ steps }: Pick<RouteState, 'steps'>): boolean =>
  steps[stepId]?.status === 'refused' || isObjecting(steps[stepId]);

/** Calls both requests off once there is an address, and asks anew when that turns out to be none while it is needed. */
export function withPostalAddress(state: RouteState, now: string): RouteState {
  const hasAddress = factsOf(state).includes('address');
  if (hasAddress) return ([stepId, exOfficio] as const).reduce((next, id) => calledOff(next, id, now), state);
  const isMissed = state.steps[stepId]?.status === 'not-asked' && !isPassed(state.steps['income.benefit']);
  if (!isMissed) return state;
  const entry = { what: 'step-needed-again', by: 'calendar', stepId } as const;
  return rewound(changed(state, now, entry, {}), [stepId], now);
}

/** Where the parties of no agreement bring about an address, only the ex officio registration is one beside the request. */
export const withExOfficio = (state: RouteState, now: string): RouteState =>
  state.steps[exOfficio] && !state.ending ? withPostalAddress(state, now) : state;

function calledOff(state: RouteState, id: Requested, now: string): RouteState {
  const record = state.steps[id];
  if (!record || record.status === 'withdrawn' || isPassed(record)) return state;
  const closed = { ...settled(record), status: 'not-asked' as const, closedAt: now };
  const isAbout = ({ requestId = '' }) => parseRequestId(requestId)?.stepId === id;
  const waited = state.inbox.filter(isAbout).map(({ requestId = '' }) => requestId);
  return changed(
    state,
    now,
    { what: 'step-not-needed', by: 'calendar', stepId: id },
    {
      ...withStep(state, id, closed),
      ...withoutAnswers(state, waited, 'step-not-needed', now),
      outbox: [...state.outbox, ...releaseOf(state, id, record)],
    },
  );
}
