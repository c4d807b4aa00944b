/** What people write down about a route, and what the person wishes. All of it is sealed. */
import { NoteBody } from '../../contracts/commands.ts';
import { Wishes } from '../../contracts/person.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { deciders, CommandHeaders, OneRoute, viewResponse, decidersAndPerson } from './parts.ts';

export const addNote = operation({
  method: 'post',
  path: '/routes/{routeId}/notes',
  operationId: 'addNote',
  summary: 'Adds a note, which who decides about the route reads in its timeline',
  tag: 'commands',
  roles: deciders,
  data: ['reasons'],
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: NoteBody },
  speaks: true,
  responses: { 201: viewResponse('The route') },
  problems: commandsRoute,
  handle: async (call) => {
    const reply = await give(call, 'add-note', async (seal) => ({
      kind: 'add-note',
      note: await seal(call.body.note),
    }));
    return { ...reply, status: 201 };
  },
});

export const recordWishes = operation({
  method: 'put',
  path: '/routes/{routeId}/wishes',
  operationId: 'recordWishes',
  summary: 'Records what the person wishes, in place of what was recorded before',
  tag: 'commands',
  roles: decidersAndPerson,
  data: ['wishes'],
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: Wishes },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: commandsRoute,
  handle: (call) =>
    give(call, 'record-wishes', async (seal) => ({ kind: 'record-wishes', wishes: await seal(call.body) })),
});
