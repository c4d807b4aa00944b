/** The support network: supporters are invited, answer, drop out, and take their part. Who they are is sealed. */
import { z } from 'zod';
import { InviteSupporterBody, SupporterChangeBody, SupporterId } from '../../contracts/cti.ts';
import { SupporterList } from '../../contracts/cti-views.ts';
import { RouteId } from '../../contracts/ids.ts';
import { supportersView } from '../../domain/cti-view.ts';
import { shortId } from '../../domain/short-id.ts';
import { commandsRoute, operation, readsRoute } from '../operation.ts';
import { give } from './commands.ts';
import { CommandHeaders, deciders, OneRoute, opened, viewResponse, visibleState } from './parts.ts';

export const inviteSupporter = operation({
  method: 'post',
  path: '/routes/{routeId}/supporters',
  operationId: 'inviteSupporter',
  summary: "Invites somebody of the person's surroundings as a supporter, as the person wants; at most six",
  tag: 'commands',
  roles: deciders,
  data: ['supporters'],
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: InviteSupporterBody },
  speaks: true,
  responses: { 201: viewResponse('The route, with the supporter', { Location: 'Path of the supporter' }) },
  problems: [...commandsRoute, 'network-full', 'supporter-unknown', 'supporter-not-so'],
  async handle(call) {
    const { relation, support, name, reach, replaces } = call.body;
    const { routeId } = call.params;
    let supporterId = '';
    const reply = await give(call, 'invite-supporter', async (seal, commandId) => {
      // Of the command's own id, so that a call that is repeated under its key speaks of the same supporter.
      supporterId = shortId(`${routeId}:${commandId}`);
      const who = await seal({ name, reach });
      return { kind: 'invite-supporter', supporterId, relation, support, who, ...(replaces && { replaces }) };
    });
    const headers = { ...reply.headers, Location: `/v1/routes/${routeId}/supporters/${supporterId}` };
    return { ...reply, status: 201, headers };
  },
});

export const changeSupporter = operation({
  method: 'patch',
  path: '/routes/{routeId}/supporters/{supporterId}',
  operationId: 'changeSupporter',
  summary: 'Records what a supporter answered, that they dropped out, or whether they take their part',
  tag: 'commands',
  roles: deciders,
  params: z.object({ routeId: RouteId, supporterId: SupporterId }),
  headers: CommandHeaders,
  body: { schema: SupporterChangeBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'supporter-unknown', 'supporter-not-so', 'transfer-not-begun'],
  handle: (call) =>
    give(call, 'change-supporter', async () => ({
      kind: 'change-supporter',
      supporterId: call.params.supporterId,
      change: call.body,
    })),
});

export const listSupporters = operation({
  method: 'get',
  path: '/routes/{routeId}/supporters',
  operationId: 'listSupporters',
  summary: 'Opens who the supporters are and how to reach them; each access is logged',
  tag: 'routes',
  roles: ['case-manager'],
  data: ['supporters'],
  params: OneRoute,
  speaks: true,
  responses: { 200: { description: 'The supporters that are kept', schema: SupporterList } },
  problems: [...readsRoute, 'person-erased'],
  async handle({ caller, params: { routeId }, language, deps: { gateway, sealer } }) {
    const state = await visibleState(gateway, caller, routeId);
    const sealed = state.cti?.supporters ?? [];
    const items = await Promise.all(
      supportersView(state, language).map(async (supporter, i) => {
        const who = sealed[i]?.who;
        return { ...supporter, ...(who && { person: await opened(sealer, who) }) };
      }),
    );
    const isNamed = items.some((each) => 'person' in each);
    return { status: 200, data: isNamed ? ['supporters'] : ['course'], body: { items } };
  },
});
