/** Contacts in CTI and aftercare, what the support is about, and how true a route is to the method. */
import { ContactBody, FocusAreasBody } from '../../contracts/cti.ts';
import { FidelityView } from '../../contracts/cti-views.ts';
import { fidelityView } from '../../domain/cti-fidelity.ts';
import { commandsRoute, operation, readsRoute } from '../operation.ts';
import { give } from './commands.ts';
import {
  CommandHeaders,
  deciders,
  lookers,
  notAfterToday,
  OneRoute,
  viewResponse,
  visibleState,
} from './parts.ts';

export const recordContact = operation({
  method: 'post',
  path: '/routes/{routeId}/contacts',
  operationId: 'recordContact',
  summary: 'Records a contact in CTI or aftercare, or that one was missed; its date says in which phase',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: ContactBody },
  speaks: true,
  responses: { 201: viewResponse('The route, with the contact') },
  problems: [...commandsRoute, 'contact-outside-cti'],
  async handle(call) {
    const { note, ...contact } = call.body;
    notAfterToday(contact.date, '/date', call.deps);
    const reply = await give(call, 'record-contact', async (seal) => ({
      kind: 'record-contact',
      contact,
      ...(note && { note: await seal(note) }),
    }));
    return { ...reply, status: 201 };
  },
});

export const setFocusAreas = operation({
  method: 'put',
  path: '/routes/{routeId}/focus-areas',
  operationId: 'setFocusAreas',
  summary: 'Chooses what the support of CTI is about: one to three areas',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: FocusAreasBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: commandsRoute,
  handle: (call) =>
    give(call, 'set-focus-areas', async () => ({ kind: 'set-focus-areas', areas: call.body.areas })),
});

export const getCtiFidelity = operation({
  method: 'get',
  path: '/routes/{routeId}/cti-fidelity',
  operationId: 'getCtiFidelity',
  summary: 'Holds a route against Critical Time Intervention: each figure with its norm and its basis',
  tag: 'routes',
  roles: lookers,
  params: OneRoute,
  speaks: true,
  responses: { 200: { description: 'The figures as they are now', schema: FidelityView } },
  problems: readsRoute,
  async handle({ caller, params, language, deps }) {
    const state = await visibleState(deps.gateway, caller, params.routeId);
    return { status: 200, body: fidelityView(state, deps.now(), language) };
  },
});
