/** Intake: who the person is, what stands in the way, and the decision (Wmo 2015 art. 2.3.2 and 2.3.5). */
import type { Route } from '../route.ts';
import { step } from '../step.ts';

export async function intake(route: Route): Promise<void> {
  await Promise.all([identification(route), step(route, 'intake.personal-plan')]);
  await Promise.all([step(route, 'intake.debt-screening'), step(route, 'intake.skills')]);
  await step(route, 'intake.decision');
}

async function identification(route: Route): Promise<void> {
  await step(route, 'intake.identity');
  await step(route, 'intake.registry-check');
}
