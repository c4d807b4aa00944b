/** Housing training: what is done about a missing skill. */
import { HousingTrainingBody } from '../../contracts/housing-match.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { CommandHeaders, deciders, OneRoute, viewResponse } from './parts.ts';

export const beginHousingTraining = operation({
  method: 'post',
  path: '/routes/{routeId}/housing-training',
  operationId: 'beginHousingTraining',
  summary: 'Has the support provider train skills, as the person chose; it holds up neither offer nor keys',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: HousingTrainingBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'training-under-way'],
  handle: (call) =>
    give(call, 'begin-training', async () => ({ kind: 'begin-training', skills: call.body.skills })),
});
