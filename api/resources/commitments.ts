/** The deadlock of a route, and the mutual commitments that are to break it. */
import { ReasonBody } from '../../contracts/commands.ts';
import { CommitmentsView } from '../../contracts/views.ts';
import { commitmentsView } from '../../domain/commitments-view.ts';
import { commandsRoute, operation, readsRoute } from '../operation.ts';
import { give } from './commands.ts';
import { CommandHeaders, deciders, lookers, OneRoute, viewResponse, visibleState } from './parts.ts';

export const getCommitments = operation({
  method: 'get',
  path: '/routes/{routeId}/commitments',
  operationId: 'getCommitments',
  summary: 'Shows which parties wait for each other, and the rounds of commitments that are to break it',
  tag: 'routes',
  roles: lookers,
  params: OneRoute,
  speaks: true,
  responses: {
    200: { description: 'The deadlock, if there is one, and the rounds', schema: CommitmentsView },
  },
  problems: readsRoute,
  async handle({ caller, params, language, deps }) {
    const state = await visibleState(deps.gateway, caller, params.routeId);
    return { status: 200, body: commitmentsView(state, language) };
  },
});

export const askCommitments = operation({
  method: 'post',
  path: '/routes/{routeId}/commitments',
  operationId: 'askCommitments',
  summary: 'Asks the parties of a deadlock once more to commit, after a round that came to nothing',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: ReasonBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'no-deadlock', 'round-under-way', 'not-promisable'],
  handle: (call) =>
    give(call, 'ask-commitments', async (seal) => ({
      kind: 'ask-commitments',
      reason: await seal(call.body.reason),
    })),
});
