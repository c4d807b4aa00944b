/** Repairs of single steps. */
import { z } from 'zod';
import { RedoBody } from '../../contracts/commands.ts';
import { RouteId, StepIdText } from '../../contracts/ids.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { KeyHeader, lookers, viewResponse } from './parts.ts';

export const redoStep = operation({
  method: 'post',
  path: '/routes/{routeId}/steps/{stepId}/redo',
  operationId: 'redoStep',
  summary: 'Asks a step again, as a new attempt',
  tag: 'commands',
  roles: lookers,
  params: z.object({ routeId: RouteId, stepId: StepIdText }),
  headers: KeyHeader,
  body: { schema: RedoBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'step-not-redoable'],
  handle: (call) =>
    give(call, 'redo', async (seal) => ({
      kind: 'redo',
      stepId: call.params.stepId,
      reason: await seal(call.body.reason),
    })),
});
