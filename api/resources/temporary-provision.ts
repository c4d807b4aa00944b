/** In an emergency: a temporary provision at once. */
import { TemporaryProvisionBody } from '../../contracts/commands.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { CommandHeaders, deciders, OneRoute, viewResponse } from './parts.ts';

export const beginTemporaryProvision = operation({
  method: 'post',
  path: '/routes/{routeId}/temporary-provision',
  operationId: 'beginTemporaryProvision',
  summary: 'Gives a temporary provision at once, until the decision (Wmo 2015 art. 2.3.3)',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: TemporaryProvisionBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'provision-runs', 'decision-taken'],
  handle: (call) =>
    give(call, 'begin-provision', async (seal) => {
      const { reason, note } = call.body;
      return { kind: 'begin-provision', reason, ...(note && { note: await seal(note) }) };
    }),
});
