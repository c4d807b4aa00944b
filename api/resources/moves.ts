/** Moves of a person. */
import { MoveBody } from '../../contracts/commands.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { formOfRoute } from './housing-form-of-route.ts';
import { CommandHeaders, deciders, notAfterToday, OneRoute, viewResponse } from './parts.ts';

export const recordMove = operation({
  method: 'post',
  path: '/routes/{routeId}/moves',
  operationId: 'recordMove',
  summary:
    'Records that the person moved; the keys count without this. A forced move starts the clock of CTI again',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: MoveBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: commandsRoute,
  async handle(call) {
    const { to, date } = call.body;
    await formOfRoute(call, to, '/to');
    notAfterToday(date, '/date', call.deps);
    return give(call, 'record-move', async () => ({ kind: 'record-move', move: call.body }));
  },
});
