/** Who the person is: taken in sealed, opened for their case manager alone. */
import { Person } from '../../contracts/person.ts';
import { PersonView } from '../../contracts/views.ts';
import { commandsRoute, operation, readsRoute } from '../operation.ts';
import { give } from './commands.ts';
import { CommandHeaders, deciders, OneRoute, opened, viewResponse, visibleState } from './parts.ts';

export const identifyPerson = operation({
  method: 'put',
  path: '/routes/{routeId}/person',
  operationId: 'identifyPerson',
  summary: 'Identifies the person, by BSN or by name, birth date, postcode and house number',
  tag: 'commands',
  roles: deciders,
  data: ['identity'],
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: Person },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'already-identified'],
  handle: (call) =>
    give(call, 'identify', async (seal) => ({ kind: 'identify', person: await seal(call.body) })),
});

export const getPerson = operation({
  method: 'get',
  path: '/routes/{routeId}/person',
  operationId: 'getPerson',
  summary: 'Opens what the route knows of the person; the access is logged',
  tag: 'routes',
  roles: ['case-manager', 'person'],
  data: ['opening-answer', 'identity', 'wishes'],
  params: OneRoute,
  responses: { 200: { description: 'What is known of the person', schema: PersonView } },
  problems: [...readsRoute, 'person-erased'],
  async handle({ caller, params: { routeId }, deps: { gateway, sealer } }) {
    const { openingAnswer, person, wishes } = await visibleState(gateway, caller, routeId);
    const body = {
      openingAnswer: await opened(sealer, openingAnswer),
      ...(person && { person: await opened(sealer, person) }),
      ...(wishes && { wishes: await opened(sealer, wishes) }),
    };
    const data = [
      'opening-answer' as const,
      ...(person ? ['identity' as const] : []),
      ...(wishes ? ['wishes' as const] : []),
    ];
    return { status: 200, data, body };
  },
});
