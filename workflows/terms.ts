/** The one timer of a route: it stands at the nearest reminder, term or end of a period. */
import { CancellationScope, condition, isCancellation, sleep } from '@temporalio/workflow';
import { nextMoment, nextMomentOf, passMoments } from '../domain/moments.ts';
import { stepText } from '../domain/texts.ts';
import { atRest } from './at-rest.ts';
import { isBehind } from './clock.ts';
import type { Route } from './route.ts';

/**
 * Lets the calendar act on the route, until the run ends.
 * @param endOfRun - moment (ms since 1970) at which the run is old: the timer wakes the route then as well, so that
 *   it learns of new code even when nobody tells it anything
 */
export async function keepTerms(route: Route, endOfRun: number): Promise<never> {
  let alarm: Alarm | undefined;
  for (;;) {
    await settled(route);
    const wakeAt = nearest(route, endOfRun);
    // Set anew only for an earlier moment: a timer that turns out needless costs less than one cancelled each time.
    if (!alarm || wakeAt < alarm.at) {
      alarm?.off();
      alarm = alarmAt(wakeAt, summaryOf(route, wakeAt < endOfRun));
    }
    const { at, rang } = alarm;
    await condition(() => rang() || (route.askedAtOnce === 0 && nearest(route, endOfRun) < at));
    if (!rang()) continue;
    alarm = undefined;
    route.arrived();
    if (isBehind(at)) route.isBehind = true;
    else route.change(passMoments);
    if (route.isBehind || at >= endOfRun) await condition(() => false); // the run continues as new at its next quiet moment
  }
}

/** At rest, and no partner is asked at once: a request that it takes in this very moment needs no timer. */
async function settled(route: Route): Promise<void> {
  do {
    await condition(() => route.askedAtOnce === 0);
    await atRest(route);
  } while (route.askedAtOnce > 0);
}

/** What the timer is for: the step comes first, as in the summaries of requests. */
function summaryOf({ state }: Route, isTerm: boolean): string {
  if (!isTerm) return 'Einde van deze run';
  const stepId = nextMomentOf(state);
  return `${stepId ? stepText(stepId, 'nl') : 'Route in de wacht'} (termijn ${nextMoment(state)!})`;
}

function nearest({ state }: Route, endOfRun: number): number {
  const next = nextMoment(state);
  return next ? Math.min(Date.parse(next), endOfRun) : endOfRun;
}

interface Alarm {
  readonly at: number;
  readonly rang: () => boolean;
  readonly off: () => void;
}

function alarmAt(at: number, summary: string): Alarm {
  const scope = new CancellationScope();
  let hasRung = false;
  const ring = async () => {
    await sleep(Math.max(at - Date.now(), 1), { summary });
    hasRung = true;
  };
  scope.run(ring).catch((error: unknown) => {
    if (!isCancellation(error)) throw error;
  });
  return { at, rang: () => hasRung, off: () => scope.cancel() };
}
