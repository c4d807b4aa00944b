/** What keeps a person safe: where they are not to live, and where a women's shelter is. */
import { ExcludedAreasBody, ShelterAddressBody } from '../../contracts/commands.ts';
import { shelterKeyOf } from '../../platform/sealer.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { CommandHeaders, deciders, OneRoute, viewResponse } from './parts.ts';

export const excludeAreas = operation({
  method: 'put',
  path: '/routes/{routeId}/excluded-areas',
  operationId: 'excludeAreas',
  summary: 'Records in which areas no home is to be offered, by code',
  tag: 'commands',
  roles: deciders,
  data: ['excluded-areas'],
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: ExcludedAreasBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: commandsRoute,
  handle: (call) =>
    give(call, 'exclude-areas', async () => ({ kind: 'exclude-areas', areas: call.body.areas })),
});

export const sealShelterAddress = operation({
  method: 'put',
  path: '/routes/{routeId}/shelter-address',
  operationId: 'sealShelterAddress',
  summary: "Keeps the address of a women's shelter, sealed under a key of its own; nothing shows it again",
  tag: 'commands',
  roles: deciders,
  data: ['shelter-address'],
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: ShelterAddressBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: commandsRoute,
  handle: (call) =>
    give(call, 'seal-shelter-address', async () => ({
      kind: 'seal-shelter-address',
      address: await call.deps.sealer.seal(shelterKeyOf(call.params.routeId), call.body.address),
    })),
});
