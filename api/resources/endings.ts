/** Ending a route before its time, handing a track to a named owner, and opening a track again after a relapse. */
import { z } from 'zod';
import { ClosureBody, ReopenBody } from '../../contracts/commands.ts';
import { HandOverTrackBody } from '../../contracts/concern.ts';
import { RouteId } from '../../contracts/ids.ts';
import { Track } from '../../contracts/vocabulary.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { CommandHeaders, deciders, OneRoute, viewResponse } from './parts.ts';

export const closeRoute = operation({
  method: 'post',
  path: '/routes/{routeId}/closure',
  operationId: 'closeRoute',
  summary:
    'Ends a route before its time, also by death: open requests are withdrawn, the file is handed over',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: ClosureBody },
  speaks: true,
  responses: { 202: viewResponse('The route, on its way to its end') },
  problems: [...commandsRoute, 'absence-not-so', 'absence-too-short'],
  handle: async (call) => ({
    ...(await give(call, 'close-early', async (seal) => ({
      kind: 'close-early',
      reason: await seal(call.body.reason),
      ...(call.body.ending && { ending: call.body.ending }),
    }))),
    status: 202,
  }),
});

export const handOverTrack = operation({
  method: 'post',
  path: '/routes/{routeId}/tracks/{track}/hand-over',
  operationId: 'handOverTrack',
  summary: 'Hands a track that outlasts the others to a named owner: the route waits for it no longer',
  tag: 'commands',
  roles: deciders,
  params: z.object({ routeId: RouteId, track: Track.extract(['debt', 'aftercare']) }),
  headers: CommandHeaders,
  body: { schema: HandOverTrackBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'track-not-ownable'],
  handle: (call) =>
    give(call, 'hand-over-track', async (seal) => ({
      kind: 'hand-over-track',
      track: call.params.track,
      owner: call.body.owner,
      reason: await seal(call.body.reason),
    })),
});

export const reopenTrack = operation({
  method: 'post',
  path: '/routes/{routeId}/reopenings',
  operationId: 'reopenTrack',
  summary: 'Opens a track again after a relapse, from a step on; what was reached elsewhere is kept',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: ReopenBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'track-not-reopenable'],
  handle: (call) =>
    give(call, 'reopen', async (seal) => ({
      kind: 'reopen',
      track: call.body.track,
      ...(call.body.from && { from: call.body.from }),
      reason: await seal(call.body.reason),
    })),
});
