/**
 * Personal data leaves with the file (Wmo 2015 art. 5.3.4: the municipality keeps it, in its record system). What stays here
 * is deleted by destroying the key of the person: no history, backup or log can be read any more where it speaks of them.
 */
import { knows } from './edition.ts';
import { sent, type Outgoing } from './outbox.ts';
import { changed, type RouteState } from './route-state.ts';

/** Asks for the deletion once the route is closed; runs of before do not know it. */
export function deletionDue(state: RouteState): RouteState {
  return knows(state, 5) && state.closedAt ? asksDeletion(state) : state;
}

/** Asks for the deletion, unless it was done or is asked for already. */
export function asksDeletion(state: RouteState): RouteState {
  if (state.deletedAt || state.outbox.some(isDeletion)) return state;
  const key = `${state.routeId}:deletion`;
  return { ...state, outbox: [...state.outbox, { what: 'deletion', key }] };
}

const isDeletion = ({ what }: Outgoing): boolean => what === 'deletion';

/** Nobody can read what was written about the person any more. */
export function dataDeleted(state: RouteState, key: string, now: string): RouteState {
  const entry = { what: 'personal-data-deleted', by: 'calendar' };
  return changed(sent(state, key), now, entry, { deletedAt: now });
}
