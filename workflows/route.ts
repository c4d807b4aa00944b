/** The route as its stages see it: one state, moved by pure transitions. */
import { workflowInfo } from '@temporalio/workflow';
import type { PartnerNews } from '../domain/news.ts';
import type { RouteState } from '../domain/route-state.ts';
import { withStage } from '../domain/standing.ts';
import { otherVersionIsCurrent } from './other-build.ts';

export class Route {
  state: RouteState;
  /** What the search attributes of this run say now, by name; unset until they were looked at. */
  shown: ReadonlyMap<string, string> | undefined;
  /** Requests that are being sent at this moment: while there are any, the moment is not quiet. */
  requestsInFlight = 0;
  /** Those of them that go out within the workflow task itself. */
  askedAtOnce = 0;
  /** How often the route was moved in this run, or heard what moved nothing. */
  moves = 0;
  /** When it was moved last, ms since 1970. */
  movedAt = 0;
  /** The server finds this run long enough; as it stood at the last move. */
  isLong = false;
  /** Another version of the worker was made current; as it stood at the last move. */
  isOutdated = false;
  /** Somebody asked to continue as new for the sake of other code. */
  rolledOver = false;
  /** How often anything came in from outside: a message, a timer, the end of an activity. */
  arrivals = 0;
  /** The clock was found behind, see clock.ts. */
  isBehind = false;
  /** News that came while it was: for the next run to hear. */
  readonly unheard: PartnerNews[] = [];
  /** A workflow task ended while a partner was asked within it: this run may not be replayed beyond that. */
  split = false;

  constructor(state: RouteState) {
    this.state = state;
  }

  /** Counts what came in from outside. */
  arrived(): void {
    this.arrivals += 1;
  }

  /** Moves the route by a pure transition. */
  change(transition: (state: RouteState, now: string) => RouteState): void {
    const now = new Date().toISOString(); // the workflow's own time: the same in a replay
    const before = this.state;
    this.state = withStage(transition(before, now), now);
    if (this.state !== before) this.moves += 1;
    this.movedAt = Date.now();
    this.isLong = workflowInfo().continueAsNewSuggested;
    this.isOutdated = otherVersionIsCurrent();
  }
}
