/** Closure: partners hear which requests are off, the file goes to the record system, and the route is closed. */
import { changed } from '../../domain/route-state.ts';
import { releaseRequests } from '../release-requests.ts';
import type { Route } from '../route.ts';
import { step } from '../step.ts';

export async function closure(route: Route): Promise<void> {
  await Promise.all([releaseRequests(route), step(route, 'closure.file')]);
  route.change((state, now) =>
    changed(state, now, { what: 'route-closed', by: 'record-system' }, { closedAt: now }),
  );
}
