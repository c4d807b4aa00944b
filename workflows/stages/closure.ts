/**
 * Closure: each concern has somebody who looks after it, a request to erase was decided on, the file goes to the record system, everything was told, and the
 * route is closed; then the personal data is deleted here.
 */
import { outgoingOf } from '../../domain/concern-terms.ts';
import { hasOpenConcern } from '../../domain/concerns.ts';
import { knows } from '../../domain/edition.ts';
import { isErasureAsked } from '../../domain/erasure.ts';
import { deletionDue } from '../../domain/personal-data.ts';
import { changed, isPassed, type RouteState } from '../../domain/route-state.ts';
import { outboxEmpty } from '../outbox.ts';
import type { Route } from '../route.ts';
import { step } from '../step.ts';

export async function closure(route: Route): Promise<void> {
  // Where it is closed already, the run in which it was could not be the last one: it had to be left.
  if (!route.state.closedAt) await closed(route);
  // Runs of before were over with that, whatever was still to be told.
  if (!knows(route.state, 5)) return;
  route.change(deletionDue);
  await outboxEmpty(route);
}

async function closed(route: Route): Promise<void> {
  // An owner of what is left stands in the file.
  while (isUndecided(route.state)) await decided(route);
  await Promise.all([step(route, 'closure.file'), outboxEmpty(route)]);
  while (isUndecided(route.state)) await decided(route);
  if (knows(route.state, 5)) await nothingIsLeft(route);
  route.change((state, now) =>
    changed(state, now, { what: 'route-closed', by: 'record-system' }, { closedAt: now }),
  );
}

/** The file was taken, no concern came in meanwhile, and what followed from both was told as well. */
async function nothingIsLeft(route: Route): Promise<void> {
  const isDone = () =>
    isPassed(route.state.steps['closure.file']) &&
    outgoingOf(route.state).length === 0 &&
    !isUndecided(route.state);
  while (!isDone()) await route.until(isDone);
  // A file that is to be handed over anew is for the next run, which comes to it from the top.
  if (route.state.rerun) return new Promise(() => undefined);
}

/** A concern is open, or the person asked for their data to be erased: somebody decides about that before the route closes. */
const isUndecided = (state: RouteState): boolean => hasOpenConcern(state) || isErasureAsked(state);

/** Waits until each open concern was settled, or has a named owner. */
export async function concernsSettled(route: Route): Promise<void> {
  await waited(route, hasOpenConcern);
}

async function decided(route: Route): Promise<void> {
  await waited(route, isUndecided);
}

async function waited(route: Route, isOpen: (state: RouteState) => boolean): Promise<void> {
  await route.until(() => !isOpen(route.state));
  // What a concern opened again is for the next run, which comes to it from the top.
  if (route.state.rerun) return new Promise(() => undefined);
}
