/** One route: the whole view, why it stands still, and what happened. */
import { Timeline, WaitList } from '../../contracts/views.ts';
import type { RouteState, TimelineRecord } from '../../domain/route-state.ts';
import { timelineView, waitsView } from '../../domain/view.ts';
import { isSealed, PersonKeyMissing, type Sealer } from '../../platform/sealer.ts';
import type { Caller } from '../access.ts';
import { operation, readsRoute } from '../operation.ts';
import {
  deciders,
  etagOf,
  EtagHeader,
  isKnown,
  OneRoute,
  viewReply,
  viewResponse,
  visibleState,
  lookersAndPerson,
} from './parts.ts';

export const getRoute = operation({
  method: 'get',
  path: '/routes/{routeId}',
  operationId: 'getRoute',
  summary: 'Shows a route: tracks, steps, offers and what it waits for',
  tag: 'routes',
  roles: lookersAndPerson,
  params: OneRoute,
  headers: EtagHeader,
  speaks: true,
  responses: {
    200: viewResponse('The route'),
    304: { description: 'Not changed since', headers: { ETag: 'Revision and language of the view' } },
  },
  problems: readsRoute,
  async handle({ caller, params, headers, language, deps }) {
    const state = await visibleState(deps.gateway, caller, params.routeId);
    const etag = etagOf(state, language);
    if (isKnown(etag, headers['If-None-Match'])) return { status: 304, headers: { ETag: etag } };
    return viewReply(state, language);
  },
});

export const getWaits = operation({
  method: 'get',
  path: '/routes/{routeId}/waits',
  operationId: 'getWaits',
  summary:
    'Says why a route stands still: on whom, since when, due when, on which basis, and the next lawful move',
  tag: 'routes',
  roles: lookersAndPerson,
  params: OneRoute,
  speaks: true,
  responses: { 200: { description: 'Whether it is on hold, and everything it waits for', schema: WaitList } },
  problems: readsRoute,
  async handle({ caller, params, language, deps }) {
    const state = await visibleState(deps.gateway, caller, params.routeId);
    return { status: 200, body: waitsView(state, language) };
  },
});

export const getTimeline = operation({
  method: 'get',
  path: '/routes/{routeId}/timeline',
  operationId: 'getTimeline',
  summary:
    'Tells what happened, in order, by whom; to who decides about the route also why, and that access is logged',
  tag: 'routes',
  roles: lookersAndPerson,
  data: ['course', 'reasons'],
  params: OneRoute,
  speaks: true,
  responses: { 200: { description: 'Everything that happened', schema: Timeline } },
  problems: readsRoute,
  async handle({ caller, params, language, deps }) {
    const state = await visibleState(deps.gateway, caller, params.routeId);
    const notes = await notesFor(caller, state, deps.sealer);
    return { status: 200, body: { items: timelineView(state, language, notes) } };
  },
});

/** What was written with what happened, opened for who decides about the route; of a person who was erased, nothing. */
async function notesFor(
  { role }: Caller,
  { timeline }: RouteState,
  sealer: Sealer,
): Promise<ReadonlyMap<TimelineRecord, string>> {
  const notes = new Map<TimelineRecord, string>();
  if (!deciders.includes(role)) return notes;
  try {
    for (const entry of timeline)
      // Operations can't seal what they give a route in the Temporal UI: docs/runbook.md has them write a ticket's number.
      if (entry.note) notes.set(entry, isSealed(entry.note) ? await sealer.open(entry.note) : entry.note.jwe);
  } catch (error) {
    if (!(error instanceof PersonKeyMissing)) throw error;
  }
  return notes;
}
