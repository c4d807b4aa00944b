/** A route on hold, and going on. */
import { HoldBody } from '../../contracts/commands.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { CommandHeaders, deciders, OneRoute, viewResponse } from './parts.ts';

export const holdRoute = operation({
  method: 'post',
  path: '/routes/{routeId}/hold',
  operationId: 'holdRoute',
  summary:
    'Lets all terms stand still until a moment, or until somebody is found; answers are taken in all the while',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: HoldBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'already-on-hold', 'hold-in-the-past'],
  handle: (call) =>
    give(call, 'hold', async (seal) => ({
      kind: 'hold',
      ...(call.body.until && { until: new Date(call.body.until).toISOString() }),
      ...(call.body.kind && { absence: call.body.kind }),
      reason: await seal(call.body.reason),
    })),
});

export const goOnWithRoute = operation({
  method: 'delete',
  path: '/routes/{routeId}/hold',
  operationId: 'goOnWithRoute',
  summary: 'Ends the hold: every date shifts by as long as it lasted',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  responses: { 204: { description: 'The route goes on' } },
  problems: [...commandsRoute, 'not-on-hold'],
  handle: async (call) => {
    await give({ ...call, body: undefined }, 'go-on', async () => ({ kind: 'go-on' }));
    return { status: 204 };
  },
});
