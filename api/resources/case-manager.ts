/** Who owns a route. */
import { CaseManagerBody } from '../../contracts/commands.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { CommandHeaders, deciders, OneRoute, viewResponse } from './parts.ts';

export const changeCaseManager = operation({
  method: 'put',
  path: '/routes/{routeId}/case-manager',
  operationId: 'changeCaseManager',
  summary: 'Hands the route over to another case manager',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: CaseManagerBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'same-case-manager'],
  handle: (call) =>
    give(call, 'change-case-manager', async (seal) => ({
      kind: 'change-case-manager',
      caseManager: call.body.caseManager,
      ...(call.body.reason && { reason: await seal(call.body.reason) }),
    })),
});
