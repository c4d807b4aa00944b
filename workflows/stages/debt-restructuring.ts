/** Debt restructuring: the phases of the sector, from registration to the final discharge. It may outlast all else. */
import { withoutTrack } from '../../domain/step-transitions.ts';
import type { Route } from '../route.ts';
import { done, step } from '../step.ts';

export async function debtRestructuring(route: Route): Promise<void> {
  await done(route, 'intake.debt-screening');
  if (route.state.debts === 'none') {
    route.change((state, now) => withoutTrack(state, 'debt', now));
    return;
  }
  await step(route, 'debt.registration');
  await step(route, 'debt.first-talk');
  await Promise.all([step(route, 'debt.stabilisation'), step(route, 'debt.plan')]);
  await step(route, 'debt.arrangement');
  await step(route, 'debt.repayment');
  await step(route, 'debt.discharge');
}
