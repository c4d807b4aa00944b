/** The debt track besides its steps. */
import { z } from 'zod';
import { BeginStepBody, DebtProgress } from '../../contracts/debt-progress.ts';
import { RouteId, StepIdText } from '../../contracts/ids.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { CommandHeaders, deciders, OneRoute, viewResponse } from './parts.ts';

export const recordDebtProgress = operation({
  method: 'post',
  path: '/routes/{routeId}/debt-progress',
  operationId: 'recordDebtProgress',
  summary: "Records on the debt service's behalf what creditors answered, or a month of repayment",
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: DebtProgress },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'debt-not-so'],
  handle: (call) =>
    give(call, 'record-debt-progress', async () => ({ kind: 'record-debt-progress', progress: call.body })),
});

export const beginStep = operation({
  method: 'post',
  path: '/routes/{routeId}/steps/{stepId}/begin',
  operationId: 'beginStep',
  summary:
    'Begins what only a person begins: ex officio registration, compulsory settlement, the statutory scheme, a cooling-off period, a moratorium, guidance',
  tag: 'commands',
  roles: deciders,
  params: z.object({ routeId: RouteId, stepId: StepIdText }),
  headers: CommandHeaders,
  body: { schema: BeginStepBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'step-not-beginnable', 'step-under-way', 'beyond-limit'],
  handle: (call) =>
    give(call, 'begin-step', async (seal) => ({
      kind: 'begin-step',
      stepId: call.params.stepId,
      reason: await seal(call.body.reason),
      ...(call.body.until && { until: call.body.until }),
    })),
});
