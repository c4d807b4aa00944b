/** Social exclusion, as the person answered what they were asked about it. */
import { SocialExclusionBody } from '../../contracts/social-exclusion.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { CommandHeaders, deciders, OneRoute, viewResponse } from './parts.ts';

export const recordSocialExclusion = operation({
  method: 'put',
  path: '/routes/{routeId}/social-exclusion',
  operationId: 'recordSocialExclusion',
  summary: 'Records how far the person is shut out, on four sides; the first answers stay beside the last',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: SocialExclusionBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: commandsRoute,
  handle: (call) =>
    give(call, 'record-exclusion', async () => ({ kind: 'record-exclusion', answers: call.body })),
});
