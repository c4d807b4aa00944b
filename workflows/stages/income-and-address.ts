/** Postal address and income: the chain on which everything else leans (Wet BRP art. 2.23). */
import { factsOf } from '../../domain/facts.ts';
import type { Route } from '../route.ts';
import { done, step } from '../step.ts';

export async function incomeAndAddress(route: Route): Promise<void> {
  await done(route, 'intake.registry-check');
  const registered = factsOf(route.state).includes('address') && !route.state.steps['income.postal-address'];
  if (!registered && route.state.agreement) {
    // A home is an address too, and may come first.
    await Promise.all([step(route, 'income.postal-address'), step(route, 'income.benefit')]);
    return;
  }
  if (!registered) await step(route, 'income.postal-address');
  await step(route, 'income.benefit');
}
