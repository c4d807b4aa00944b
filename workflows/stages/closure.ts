/** Closure: the file goes to the record system, everything was told, and the route is closed. */
import { changed } from '../../domain/route-state.ts';
import { outboxEmpty } from '../outbox.ts';
import type { Route } from '../route.ts';
import { step } from '../step.ts';

export async function closure(route: Route): Promise<void> {
  // The run in which it was closed could not be the last one: it had to be left.
  if (route.state.closedAt) return;
  await Promise.all([step(route, 'closure.file'), outboxEmpty(route)]);
  route.change((state, now) =>
    changed(state, now, { what: 'route-closed', by: 'record-system' }, { closedAt: now }),
  );
}
