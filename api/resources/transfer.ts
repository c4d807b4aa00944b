/** A route that goes to another municipality: offered by the one, answered by the other. */
import { t } from '../../contracts/text.ts';
import {
  AcceptTransferBody,
  DeclineTransferBody,
  TransferBody,
  TransferPage,
} from '../../contracts/transfer.ts';
import { agreementOn } from '../../domain/agreement.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { regionOf, rulesOn } from '../../domain/rules.ts';
import { offeredRoute, transferView } from '../../domain/transfer-view.ts';
import { mayReach, type Caller } from '../access.ts';
import type { OperationDeps } from '../deps.ts';
import { commandsRoute, operation, readsRoute } from '../operation.ts';
import { ApiProblem, unknownRoute } from '../problems.ts';
import { give } from './commands.ts';
import { CommandHeaders, deciders, lookers, OneRoute, viewResponse } from './parts.ts';

export const offerTransfer = operation({
  method: 'post',
  path: '/routes/{routeId}/transfer',
  operationId: 'offerTransfer',
  summary: 'Offers the route to another municipality; it stays yours until that one accepts',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: TransferBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'same-municipality', 'transfer-under-way'],
  handle: (call) =>
    give(call, 'offer-transfer', async (seal) => ({
      kind: 'offer-transfer',
      to: call.body.municipality,
      day: call.body.from,
      reason: await seal(call.body.reason),
    })),
});

export const getTransfer = operation({
  method: 'get',
  path: '/routes/{routeId}/transfer',
  operationId: 'getTransfer',
  summary: 'Shows the transfer to the sender, and to the municipality that it is offered to',
  tag: 'routes',
  roles: lookers,
  params: OneRoute,
  speaks: true,
  responses: { 200: { description: 'The latest transfer; nothing personal', schema: TransferPage } },
  problems: [...readsRoute, 'no-transfer'],
  async handle({ caller, params: { routeId }, language, deps }) {
    const state = await deps.gateway.stateOf(routeId);
    if (!mayReach(caller, state.municipality) && !isParty(caller, state)) throw unknownRoute();
    const transfer = transferView(state, language);
    if (!transfer)
      throw new ApiProblem(
        'no-transfer',
        t('De route is aan geen gemeente aangeboden.', 'The route is not offered to a municipality.'),
      );
    const route = offeredRoute(state, placeOf(deps, state, transfer.receiver), language);
    return { status: 200, body: { routeId, transfer, ...(route && { route }) } };
  },
});

export const withdrawTransfer = operation({
  method: 'delete',
  path: '/routes/{routeId}/transfer',
  operationId: 'withdrawTransfer',
  summary: 'Takes the offer back; the other municipality hears so',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  responses: { 204: { description: 'The route is offered no longer' } },
  problems: [...commandsRoute, 'no-transfer'],
  handle: async (call) => {
    await give({ ...call, body: undefined }, 'withdraw-transfer', async () => ({
      kind: 'withdraw-transfer',
    }));
    return { status: 204 };
  },
});

export const acceptTransfer = operation({
  method: 'post',
  path: '/routes/{routeId}/transfer/accept',
  operationId: 'acceptTransfer',
  summary: 'Takes the route over: it is yours from now on, and no step starts again',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: AcceptTransferBody },
  speaks: true,
  responses: { 200: viewResponse('The route, now yours') },
  problems: [...commandsRoute, 'no-transfer', 'transfer-not-yours', 'transfer-not-yet'],
  async handle(call) {
    const { caller, params, body, deps } = call;
    const state = await deps.gateway.stateOf(params.routeId);
    const { caseManager, note } = body;
    return give(
      call,
      'accept-transfer',
      async (seal) => {
        const { rules, region, agreement } = placeOf(deps, state, state.transfer?.to ?? state.municipality);
        return {
          kind: 'accept-transfer',
          caseManager,
          rules,
          ...(region && { region }),
          ...(agreement && { agreement }),
          ...(note && { note: await seal(note) }),
        };
      },
      (municipality) => mayReach(caller, municipality) || isParty(caller, state),
    );
  },
});

export const declineTransfer = operation({
  method: 'post',
  path: '/routes/{routeId}/transfer/decline',
  operationId: 'declineTransfer',
  summary: 'Does not take the route over; the sender hears why, as a code',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: DeclineTransferBody },
  responses: { 204: { description: 'The route stays where it is' } },
  problems: [...commandsRoute, 'no-transfer', 'transfer-not-yours'],
  async handle(call) {
    const { caller, params, body, deps } = call;
    const state = await deps.gateway.stateOf(params.routeId);
    const { reason, note } = body;
    await give(
      call,
      'decline-transfer',
      async (seal) => ({ kind: 'decline-transfer', reason, ...(note && { note: await seal(note) }) }),
      (municipality) => mayReach(caller, municipality) || isReceiver(caller, state),
    );
    return { status: 204 };
  },
});

/** The receiver while it is offered to them, and the sender once it is gone: they see the transfer, and nothing else. */
const isParty = (caller: Caller, state: RouteState): boolean =>
  state.transfer?.sender !== undefined
    ? mayReach(caller, state.transfer.sender)
    : !state.transfer?.status && isReceiver(caller, state);

/** Also when they have declined: a repeated answer is the same answer. */
const isReceiver = (caller: Caller, { transfer }: RouteState): boolean =>
  transfer !== undefined && mayReach(caller, transfer.to);

/** What holds where a route would go: under the same national set, where that is still there. */
function placeOf({ ruleBook, rules, now }: OperationDeps, state: RouteState, municipality: string) {
  const isKnown = ruleBook.sets.get(state.rules.set)?.layer === 'national';
  const national = isKnown ? state.rules.set : rules;
  const region = regionOf(ruleBook, municipality);
  const place = { national, municipality, region, now: now() };
  return { rules: rulesOn(ruleBook, place), region, agreement: agreementOn(ruleBook, place) };
}
