/** Critical Time Intervention: pre-CTI beside the search, then nine months in three phases, from the move on. */
import type { Route } from '../route.ts';
import { done, step } from '../step.ts';

export async function criticalTimeIntervention(route: Route): Promise<void> {
  await done(route, 'intake.decision');
  await step(route, 'cti.pre-cti');
  await done(route, 'housing.key-handover');
  await step(route, 'cti.transition');
  await step(route, 'cti.try-out');
  await step(route, 'cti.transfer-of-care');
  await step(route, 'cti.transfer-meeting');
}
