/** What somebody can do and wishes for, and which housing forms fit with that. */
import { HousingMatchView, HousingWishBody, SkillsBody } from '../../contracts/housing-match.ts';
import { housingMatchView } from '../../domain/housing-view.ts';
import { commandsRoute, operation, readsRoute } from '../operation.ts';
import { give } from './commands.ts';
import { formOfRoute } from './housing-form-of-route.ts';
import {
  CommandHeaders,
  deciders,
  lookers,
  OneRoute,
  viewResponse,
  visibleState,
  decidersAndPerson,
} from './parts.ts';

export const recordSkills = operation({
  method: 'put',
  path: '/routes/{routeId}/skills',
  operationId: 'recordSkills',
  summary: 'Records the skills as they were found, as levels by code',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: SkillsBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: commandsRoute,
  handle: (call) =>
    give(call, 'record-skills', async () => ({ kind: 'record-skills', skills: call.body.levels })),
});

export const wishForHousing = operation({
  method: 'put',
  path: '/routes/{routeId}/housing-wish',
  operationId: 'wishForHousing',
  summary: 'Records which housing form the person wishes for; the wish leads',
  tag: 'commands',
  roles: decidersAndPerson,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: HousingWishBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: commandsRoute,
  async handle(call) {
    const { housingForm } = call.body;
    if (housingForm !== null) await formOfRoute(call, housingForm);
    return give(call, 'wish-for-housing', async () => ({
      kind: 'wish-for-housing',
      ...(housingForm !== null && { housingForm }),
    }));
  },
});

export const getHousingMatch = operation({
  method: 'get',
  path: '/routes/{routeId}/housing-match',
  operationId: 'getHousingMatch',
  summary: 'Says of each housing form whether it fits, why by skill and rent, and what is to be done',
  tag: 'routes',
  roles: lookers,
  params: OneRoute,
  speaks: true,
  responses: { 200: { description: 'What is advised first, then what fits', schema: HousingMatchView } },
  problems: readsRoute,
  async handle({ caller, params, language, deps }) {
    const state = await visibleState(deps.gateway, caller, params.routeId);
    return {
      status: 200,
      body: housingMatchView(state, deps.housing, deps.now(), language),
    };
  },
});
