/** Repairs of single steps. */
import { z } from 'zod';
import { CompleteBody, ReasonBody } from '../../contracts/commands.ts';
import { RouteId, StepIdText } from '../../contracts/ids.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { CommandHeaders, lookers, viewResponse } from './parts.ts';

/** What the repairs have in common. */
const repair = {
  method: 'post',
  tag: 'commands',
  roles: lookers,
  params: z.object({ routeId: RouteId, stepId: StepIdText }),
  headers: CommandHeaders,
  speaks: true,
  responses: { 200: viewResponse('The route') },
} as const;

export const redoStep = operation({
  ...repair,
  path: '/routes/{routeId}/steps/{stepId}/redo',
  operationId: 'redoStep',
  summary: 'Does a step anew, as a new attempt; what is behind the route is set aside and done again',
  body: { schema: ReasonBody },
  problems: [...commandsRoute, 'step-not-open', 'step-not-redoable'],
  handle: (call) =>
    give(call, 'redo', async (seal) => ({
      kind: 'redo',
      stepId: call.params.stepId,
      reason: await seal(call.body.reason),
    })),
});

export const skipStep = operation({
  ...repair,
  path: '/routes/{routeId}/steps/{stepId}/skip',
  operationId: 'skipStep',
  summary: 'Skips a step: the first call asks, the same call by somebody else confirms (four eyes)',
  body: { schema: ReasonBody },
  problems: [...commandsRoute, 'step-not-open', 'step-not-skippable', 'early-discharge', 'four-eyes'],
  handle: (call) =>
    give(call, 'skip', async (seal) => ({
      kind: 'skip',
      stepId: call.params.stepId,
      reason: await seal(call.body.reason),
    })),
});

export const completeStep = operation({
  ...repair,
  path: '/routes/{routeId}/steps/{stepId}/complete',
  operationId: 'completeStep',
  summary: "Completes a step on a partner's behalf",
  body: { schema: CompleteBody },
  problems: [...commandsRoute, 'step-not-open', 'step-not-completable'],
  handle: (call) =>
    give(call, 'complete', async (seal) => ({
      kind: 'complete',
      stepId: call.params.stepId,
      reason: await seal(call.body.reason),
      ...(call.body.result && { result: call.body.result }),
    })),
});
