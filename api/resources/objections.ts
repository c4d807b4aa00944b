/** Objection to a refusal of a public body. */
import { z } from 'zod';
import { ObjectionBody } from '../../contracts/commands.ts';
import { RouteId, StepIdText } from '../../contracts/ids.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { CommandHeaders, deciders, notAfterToday, viewResponse } from './parts.ts';

export const objectToRefusal = operation({
  method: 'post',
  path: '/routes/{routeId}/steps/{stepId}/objection',
  operationId: 'objectToRefusal',
  summary:
    'Lodges an objection to a refusal, once, within the term of Awb art. 6:7: the party is asked for a decision on it',
  tag: 'commands',
  roles: deciders,
  params: z.object({ routeId: RouteId, stepId: StepIdText }),
  headers: CommandHeaders,
  body: { schema: ObjectionBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [
    ...commandsRoute,
    'step-not-open',
    'not-a-decision',
    'step-not-refused',
    'objection-decided',
    'objection-too-late',
    'objection-before-decision',
  ],
  async handle(call) {
    const { reason, lodgedOn } = call.body;
    if (lodgedOn) notAfterToday(lodgedOn, '/lodgedOn', call.deps);
    const { stepId } = call.params;
    return give(call, 'object', async (seal) => ({
      kind: 'object',
      stepId,
      reason: await seal(reason),
      ...(lodgedOn && { lodgedOn }),
    }));
  },
});
