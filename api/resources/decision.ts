/** The intake's decision. */
import { DecisionBody } from '../../contracts/commands.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { formOfRoute } from './housing-form-of-route.ts';
import { CommandHeaders, deciders, OneRoute, viewResponse } from './parts.ts';

export const takeDecision = operation({
  method: 'post',
  path: '/routes/{routeId}/decision',
  operationId: 'takeDecision',
  summary: 'Decides on the application (Wmo 2015 art. 2.3.5)',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: DecisionBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'decision-not-open', 'ladder-needs-reason', 'four-eyes'],
  async handle(call) {
    const { housingForm, ...decision } = call.body;
    const form = housingForm === undefined ? undefined : await formOfRoute(call, housingForm);
    return give(call, 'decide', async (seal) => ({
      kind: 'decide',
      decision: {
        ...decision,
        ...(form && { housingForm: form.id }),
        ...(form && !form.direct && { ladder: true as const }),
        reason: await seal(call.body.reason),
      },
    }));
  },
});
