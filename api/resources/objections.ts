/** A refusal of a public body: objection, and ex officio registration at a postal address. */
import { z } from 'zod';
import { ObjectionBody, ReasonBody } from '../../contracts/commands.ts';
import { RouteId, StepIdText } from '../../contracts/ids.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { deciders, KeyHeader, notAfterToday, OneRoute, viewResponse } from './parts.ts';

/** What both have in common. */
const command = {
  method: 'post',
  tag: 'commands',
  roles: deciders,
  headers: KeyHeader,
  speaks: true,
  responses: { 200: viewResponse('The route') },
} as const;

export const objectToRefusal = operation({
  ...command,
  path: '/routes/{routeId}/steps/{stepId}/objection',
  operationId: 'objectToRefusal',
  summary:
    'Lodges an objection to a refusal, once, within the term of Awb art. 6:7: the party is asked for a decision on it',
  params: z.object({ routeId: RouteId, stepId: StepIdText }),
  body: { schema: ObjectionBody },
  problems: [
    ...commandsRoute,
    'step-not-open',
    'not-a-decision',
    'step-not-refused',
    'objection-decided',
    'objection-too-late',
  ],
  async handle(call) {
    const { reason, lodgedOn } = call.body;
    if (lodgedOn) notAfterToday(lodgedOn, '/lodgedOn');
    const { stepId } = call.params;
    return give(call, 'object', async (seal) => ({
      kind: 'object',
      stepId,
      reason: await seal(reason),
      ...(lodgedOn && { lodgedOn }),
    }));
  },
});

export const askExOfficioRegistration = operation({
  ...command,
  path: '/routes/{routeId}/ex-officio-registration',
  operationId: 'askExOfficioRegistration',
  summary:
    'Asks the municipality to register the person ex officio at a postal address, once a request was refused (Wet BRP art. 2.23)',
  params: OneRoute,
  body: { schema: ReasonBody },
  problems: [...commandsRoute, 'step-not-refused', 'ex-officio-under-way'],
  handle: (call) =>
    give(call, 'ask-ex-officio', async (seal) => ({
      kind: 'ask-ex-officio',
      reason: await seal(call.body.reason),
    })),
});
