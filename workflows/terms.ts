/** The one timer of a route: it stands at the nearest reminder, term or end of a period. */
import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { knows } from '../domain/edition.ts';
import { nextMoment, nextMomentOf, passMoments } from '../domain/moments.ts';
import { clock, stepText } from '../domain/texts.ts';
import type { RouteState } from '../domain/route-state.ts';
import type { Route } from './route.ts';

/** Lets the calendar act on the route. */
export class Alarm {
  readonly #route: Route;
  readonly #endOfRun: number;
  /** It is set while the SDK looks at conditions, which is in no scope. */
  readonly #parent = CancellationScope.current();
  /** The state that it was set for. */
  #kept: RouteState | undefined;
  /** The moment it is set for, ms since 1970. */
  #setFor = Infinity;
  #off = (): void => undefined;
  /** The run has reached its end, and continues as new at its next quiet moment. */
  #isOld = false;
  /** Whether it rang since it was set. */
  hasRung = false;

  constructor(route: Route, endOfRun: number) {
    this.#route = route;
    this.#endOfRun = endOfRun;
  }

  /**
   * Sets it to the nearest moment of the route as it is. Anew only for an earlier one: a timer that turns out needless
   * costs less than one that is cancelled each time. Not while a partner is asked at once: a request that is taken
   * needs none.
   */
  keep(): void {
    const { state, askedAtOnce } = this.#route;
    if (this.#isEnding() || askedAtOnce > 0 || this.#kept === state) return;
    this.#kept = state;
    const next = nextMoment(state);
    const term = next ? Date.parse(next) : Infinity;
    const end = this.#isOld ? Infinity : this.#endOfRun;
    const at = Math.min(term, end);
    if (at >= this.#setFor) return;
    this.#off();
    this.#set(at, term < end ? summaryOf(this.#route, next!) : 'Einde van deze run');
  }

  /** An old run goes on for as long as a partner does not take a request, and its terms with it. */
  #isEnding(): boolean {
    const { state, requestsInFlight } = this.#route;
    if (knows(state, 3)) return this.#route.isToBeLeft || this.#route.endsNow();
    return this.#isOld && (requestsInFlight === 0 || !knows(state, 2));
  }

  #set(at: number, summary: string): void {
    this.#setFor = at;
    this.hasRung = false;
    const scope = new CancellationScope({ cancellable: true, parent: this.#parent });
    this.#off = () => scope.cancel();
    scope
      .run(() => sleep(Math.max(at - Date.now(), 1), { summary }))
      .then(
        () => this.#ring(),
        (error: unknown) => {
          if (!isCancellation(error)) throw error;
        },
      );
  }

  #ring(): void {
    this.#setFor = Infinity;
    this.#off = () => undefined;
    this.hasRung = true;
    this.#kept = undefined;
    this.#isOld = Date.now() >= this.#endOfRun;
    const isNew = knows(this.#route.state, 3);
    if (isNew) this.#route.arrived();
    this.#route.change(passMoments);
    if (!isNew) this.#route.arrived();
  }
}

/** What the timer is for: the step comes first, as in the summaries of requests. */
function summaryOf({ state }: Route, moment: string): string {
  const of = nextMomentOf(state);
  const what =
    of === 'home-promise'
      ? 'Belofte van een woning'
      : of === 'concern'
        ? 'Signaal'
        : of === 'transfer'
          ? 'Overdracht naar een andere gemeente'
          : of === 'erasure'
            ? 'Verzoek om te wissen'
            : of
              ? stepText(state, of, 'nl')
              : state.hold
                ? 'Route in de wacht'
                : 'Wederzijdse toezeggingen';
  return `${what} (termijn ${clock(moment, state)})`;
}
