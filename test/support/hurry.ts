/** Goes along with a route without its months. */
import type { RouteView, Wait } from '../../contracts/views.ts';
import { isClosed, type Scene } from '../../scripts/replay/scene.ts';
import type { Habits } from './case-manager.ts';

/**
 * Does what waits for the case manager, and skips the months together with the process director, until the route is
 * there; left out: until it is closed.
 * @param options - steps of the calendar that are left alone, and how the case manager behaves
 */
export async function hurry(
  { path, director, until, system }: Scene,
  reached: (route: RouteView) => boolean = isClosed,
  { keep = [], habits = {} }: { keep?: readonly string[]; habits?: Habits } = {},
): Promise<RouteView> {
  const isMonths = ({ waitingOn, stepId }: Wait) =>
    waitingOn === 'calendar' && stepId !== undefined && !keep.includes(stepId);
  for (;;) {
    const route = await until((each) => reached(each) || each.waits.some(isMonths), habits);
    if (reached(route)) return route;
    for (const { stepId } of route.waits.filter(isMonths))
      for (const api of [system.api, director])
        await api.post(`${path}/steps/${stepId}/skip`, { reason: 'De maanden van deze proef' });
  }
}
