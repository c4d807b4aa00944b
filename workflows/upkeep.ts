/** What is done whenever the route has come to rest: it is shown, and its one timer is set. */
import { leaveIfSplit } from './ask-at-once.ts';
import { wheneverAtRest } from './at-rest.ts';
import { publish } from './publish.ts';
import type { Route } from './route.ts';
import { Alarm } from './terms.ts';

/**
 * Runs beside the stages until the run ends: one upsert per real change, one timer.
 * @param endOfRun - moment (ms since 1970) at which the run is old: the timer wakes the route then as well, so that
 *   it learns of new code even when nobody tells it anything
 */
export function keepUp(route: Route, endOfRun: number): Promise<never> {
  const alarm = new Alarm(route, endOfRun);
  publish(route);
  return wheneverAtRest(route, () => {
    leaveIfSplit(route);
    if (alarm.hasRung) alarm.keep(); // before what is shown: so it stands in the histories of routes under way
    publish(route);
    alarm.keep();
    return route.rests();
  });
}
