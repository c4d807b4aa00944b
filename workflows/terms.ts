/** The one timer of a route: it stands at the nearest reminder, term or end of a period. */
import { condition } from '@temporalio/workflow';
import { nextMoment, passMoments } from '../domain/moments.ts';
import type { Route } from './route.ts';

/**
 * Lets the calendar act on the route, until the run ends.
 * @param endOfRun - moment (ms since 1970) at which the run is old: the timer wakes the route then as well, so that
 *   it learns of new code even when nobody tells it anything
 */
export async function keepTerms(route: Route, endOfRun: number): Promise<never> {
  for (;;) {
    const next = nextMoment(route.state);
    const wakeAt = Math.min(next ? Date.parse(next) : Infinity, endOfRun);
    const pause = Math.max(wakeAt - Date.now(), 1);
    // Set anew only for an earlier moment: a timer that turns out needless costs less than one cancelled each time.
    await condition(() => isEarlier(nextMoment(route.state), wakeAt), pause, { summary: summaryOf(next) });
    route.change(passMoments);
    if (Date.now() >= endOfRun) await condition(() => false); // the run continues as new at its next quiet moment
  }
}

const isEarlier = (moment: string | undefined, than: number) =>
  moment !== undefined && Date.parse(moment) < than;
const summaryOf = (next: string | undefined): string => (next ? `Termijn ${next}` : 'Einde van deze run');
