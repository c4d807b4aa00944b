/** What could not be told: nobody took it for as long as it was tried, or it was turned down for good. */
import { knows } from './edition.ts';
import { erasureUntold } from './erasure.ts';
import { sent, type Outgoing } from './outbox.ts';
import { off } from './round-end.ts';
import { askingRound, parseCommitmentId } from './round.ts';
import { changed, type RouteState } from './route-state.ts';

/** Nobody waits for what can't be told; the timeline says so. A round in which a party can't be asked is off. */
export function untold(state: RouteState, outgoing: Outgoing, now: string): RouteState {
  const { what } = outgoing;
  if (what === 'erasure') return erasureUntold(state, outgoing, now);
  const next = changed(
    sent(state, outgoing.key),
    now,
    what === 'notice'
      ? { what: 'notice-untold', by: outgoing.to, stepId: outgoing.stepId, reason: outgoing.kind }
      : what === 'route-notice'
        ? { what: 'route-notice-untold', by: 'calendar', reason: outgoing.key.split(':')[0]! }
        : { what: `${what}-untold`, by: 'party' in outgoing ? outgoing.party : 'housing-agreement' },
    {},
  );
  if (what !== 'commitment') return next;
  const round = askingRound(next);
  const isIts = round?.nr === parseCommitmentId(outgoing.requestId)?.nr;
  return round && isIts && knows(state, 2) ? off(next, round, 'not-asked', now) : next;
}
