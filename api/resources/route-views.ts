/** One route: the whole view, why it stands still, and what happened. */
import { Timeline, WaitList } from '../../contracts/views.ts';
import { timelineView, waitsView } from '../../domain/view.ts';
import { operation, readsRoute } from '../operation.ts';
import {
  etagOf,
  EtagHeader,
  isKnown,
  lookers,
  OneRoute,
  viewReply,
  viewResponse,
  visibleState,
} from './parts.ts';

export const getRoute = operation({
  method: 'get',
  path: '/routes/{routeId}',
  operationId: 'getRoute',
  summary: 'Shows a route: tracks, steps, offers and what it waits for',
  tag: 'routes',
  roles: lookers,
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
  roles: lookers,
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
  summary: 'Tells what happened, in order, by whom',
  tag: 'routes',
  roles: lookers,
  params: OneRoute,
  speaks: true,
  responses: { 200: { description: 'Everything that happened', schema: Timeline } },
  problems: readsRoute,
  async handle({ caller, params, language, deps }) {
    const state = await visibleState(deps.gateway, caller, params.routeId);
    return { status: 200, body: { items: timelineView(state, language) } };
  },
});
