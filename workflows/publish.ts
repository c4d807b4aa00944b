/** Shows the route to operations: search attributes for the lists, current details for the one they opened. */
import { condition, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { RouteState } from '../domain/route-state.ts';
import { waitingsOf } from '../domain/standing.ts';
import { detailsText } from '../domain/texts.ts';
import { attributesOf } from './route-attributes.messages.ts';
import type { Route } from './route.ts';

/**
 * Publishes the route whenever it has settled after a change: one upsert per real change, of what differs.
 * Runs beside the stages until the run ends.
 */
export async function keepPublished(route: Route): Promise<never> {
  let shown: RouteState | undefined;
  for (;;) {
    await condition(() => route.state !== shown);
    publish(route.state, shown);
    shown = route.state;
  }
}

/** Publishes what differs between two states. */
export function publish(state: RouteState, before: RouteState | undefined): void {
  const known = before
    ? new Map(attributesOf(before).map(({ key, value }) => [key.name, text(value)]))
    : undefined;
  const differs = attributesOf(state).filter(({ key, value }) => known?.get(key.name) !== text(value));
  const real = differs.filter(({ key }) => key.name !== 'RouteChangedAt');
  if (!known || real.length > 0) upsertSearchAttributes(differs);
  setCurrentDetails(detailsText(state, waitingsOf(state), 'nl'));
}

const text = (value: unknown): string => JSON.stringify(value);
