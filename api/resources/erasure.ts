/** The person asks that their data be erased, and somebody decides on that. */
import { ErasureBody, ErasureDecisionBody } from '../../contracts/erasure.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import {
  deciders,
  CommandHeaders,
  notAfterToday,
  OneRoute,
  viewResponse,
  decidersAndPerson,
} from './parts.ts';

export const requestErasure = operation({
  method: 'post',
  path: '/routes/{routeId}/erasure',
  operationId: 'requestErasure',
  summary: 'Records that the person asks for their data to be erased: to be carried out within three months',
  tag: 'commands',
  roles: decidersAndPerson,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: ErasureBody },
  speaks: true,
  responses: { 202: viewResponse('The route, with the request') },
  problems: [...commandsRoute, 'erasure-asked', 'erasure-before-route'],
  handle: async (call) => {
    const { requestedOn, note } = call.body;
    if (requestedOn) notAfterToday(requestedOn, '/requestedOn', call.deps);
    const reply = await give(call, 'request-erasure', async (seal) => ({
      kind: 'request-erasure',
      ...(requestedOn && { requestedOn }),
      ...(note && { note: await seal(note) }),
    }));
    return { ...reply, status: 202 };
  },
});

export const decideErasure = operation({
  method: 'post',
  path: '/routes/{routeId}/erasure/decision',
  operationId: 'decideErasure',
  summary:
    'Grants the erasure, or refuses it on a ground; granted: parties are asked to erase, the data is destroyed, the route ends',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: ErasureDecisionBody },
  speaks: true,
  responses: { 202: viewResponse('The route; granted, on its way to its end') },
  problems: [...commandsRoute, 'no-erasure-asked', 'four-eyes'],
  handle: async (call) => {
    const { reason, ...decision } = call.body;
    const reply = await give(call, 'decide-erasure', async (seal) => ({
      kind: 'decide-erasure',
      decision,
      reason: await seal(reason),
    }));
    return { ...reply, status: 202 };
  },
});
