/** The debt track of a route in the exchange model for debt counselling (DDAS), for the case manager to deliver. */
import { DebtExchange } from '../../contracts/debt-exchange.ts';
import { t } from '../../contracts/text.ts';
import { debtExchange, hasDebtTrack } from '../../domain/debt-exchange.ts';
import { operation, readsRoute } from '../operation.ts';
import { ApiProblem } from '../problems.ts';
import { OneRoute, opened, visibleState } from './parts.ts';

export const getDebtExchange = operation({
  method: 'get',
  path: '/routes/{routeId}/debt-exchange',
  operationId: 'getDebtExchange',
  summary: 'Gives the debt track in the exchange model of DDAS, with who it is; the access is logged',
  tag: 'routes',
  roles: ['case-manager'],
  data: ['identity', 'debts'],
  params: OneRoute,
  responses: { 200: { description: 'A delivery of this one debt track', schema: DebtExchange } },
  problems: [...readsRoute, 'no-debt-track', 'person-erased'],
  async handle({ caller, params: { routeId }, deps: { gateway, sealer, debtSupplier, now } }) {
    const state = await visibleState(gateway, caller, routeId);
    if (!hasDebtTrack(state))
      throw new ApiProblem(
        'no-debt-track',
        t(
          'Van deze route is nog niets bij de schuldhulpverlening gevraagd, of er zijn geen schulden.',
          'Nothing of this route has been asked of the debt service yet, or there are no debts.',
        ),
      );
    const person = state.person && (await opened(sealer, state.person));
    return {
      status: 200,
      data: person ? ['identity', 'debts'] : ['debts'],
      body: debtExchange({ state, person, supplier: debtSupplier ?? 'unassigned', now: now() }),
    };
  },
});
