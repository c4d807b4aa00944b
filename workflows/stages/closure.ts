/**
 * Closure: each concern has somebody who looks after it, the file goes to the record system, everything was told, and the
 * route is closed; then the personal data is deleted here.
 */
import { hasOpenConcern } from '../../domain/concerns.ts';
import { deletionDue } from '../../domain/personal-data.ts';
import { changed } from '../../domain/route-state.ts';
import { outboxEmpty } from '../outbox.ts';
import type { Route } from '../route.ts';
import { step } from '../step.ts';

export async function closure(route: Route): Promise<void> {
  // Where it is closed already, the run in which it was could not be the last one: it had to be left.
  if (!route.state.closedAt) await closed(route);
  route.change(deletionDue);
  await outboxEmpty(route);
}

async function closed(route: Route): Promise<void> {
  // An owner of what is left stands in the file.
  while (hasOpenConcern(route.state)) await concernsSettled(route);
  await Promise.all([step(route, 'closure.file'), outboxEmpty(route)]);
  while (hasOpenConcern(route.state)) await concernsSettled(route);
  route.change((state, now) =>
    changed(state, now, { what: 'route-closed', by: 'record-system' }, { closedAt: now }),
  );
}

/** Waits until each open concern was settled, or has a named owner. */
export async function concernsSettled(route: Route): Promise<void> {
  await route.until(() => !hasOpenConcern(route.state));
  // What a concern opened again is for the next run, which comes to it from the top.
  if (route.state.rerun) return new Promise(() => undefined);
}
