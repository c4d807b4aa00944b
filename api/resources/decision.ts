/** The intake's decision. */
import { DecisionBody } from '../../contracts/commands.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { deciders, KeyHeader, OneRoute, viewResponse } from './parts.ts';

export const takeDecision = operation({
  method: 'post',
  path: '/routes/{routeId}/decision',
  operationId: 'takeDecision',
  summary: 'Decides on the application (Wmo 2015 art. 2.3.5)',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: KeyHeader,
  body: { schema: DecisionBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'decision-not-open'],
  handle: (call) =>
    give(call, 'decide', async (seal) => ({
      kind: 'decide',
      decision: { ...call.body, reason: await seal(call.body.reason) },
    })),
});
