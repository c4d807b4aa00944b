/** Concerns: recorded on behalf of who told of one, and settled. The route's view lists them. */
import { z } from 'zod';
import { ConcernBody, ConcernId, SettleConcernBody } from '../../contracts/concern.ts';
import { RouteId } from '../../contracts/ids.ts';
import { shortId } from '../../domain/short-id.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { CommandHeaders, deciders, OneRoute, viewResponse } from './parts.ts';

export const raiseConcern = operation({
  method: 'post',
  path: '/routes/{routeId}/concerns',
  operationId: 'raiseConcern',
  summary: 'Records a concern on behalf of a GP, a neighbour, the neighbourhood team; weighed by rules',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: ConcernBody },
  speaks: true,
  responses: { 201: viewResponse('The route, with what followed from the concern') },
  problems: commandsRoute,
  async handle(call) {
    const { kind: concern, from, note } = call.body;
    const reply = await give(call, 'raise-concern', async (seal, commandId) => ({
      kind: 'raise-concern',
      concernId: shortId(`${call.params.routeId}:${commandId}`),
      concern,
      from,
      ...(note && { note: await seal(note) }),
    }));
    return { ...reply, status: 201 };
  },
});

export const settleConcern = operation({
  method: 'post',
  path: '/routes/{routeId}/concerns/{concernId}/settle',
  operationId: 'settleConcern',
  summary:
    'Records what became of a concern: contact, a track opened again, nothing needed, or a named owner',
  tag: 'commands',
  roles: deciders,
  params: z.object({ routeId: RouteId, concernId: ConcernId }),
  headers: CommandHeaders,
  body: { schema: SettleConcernBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'concern-unknown', 'concern-settled', 'track-not-reopenable'],
  handle: (call) =>
    give(call, 'settle-concern', async (seal) => {
      const { concernId } = call.params;
      return { kind: 'settle-concern', concernId, ...call.body, reason: await seal(call.body.reason) };
    }),
});
