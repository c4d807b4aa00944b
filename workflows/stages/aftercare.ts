/** Aftercare: check-ins that grow apart. */
import { isWithout } from '../../domain/template.ts';
import type { Route } from '../route.ts';
import { done, step } from '../step.ts';

export async function aftercare(route: Route): Promise<void> {
  await done(route, isWithout(route.state, 'cti') ? 'housing.key-handover' : 'cti.transfer-meeting');
  await step(route, 'aftercare.first-interval');
  await step(route, 'aftercare.first-check-in');
  await step(route, 'aftercare.second-interval');
  await step(route, 'aftercare.second-check-in');
}
