/** Housing training, beside all else: whenever somebody has begun one, the support provider is asked for it. */
import { isTraining } from '../../domain/training.ts';
import type { Route } from '../route.ts';
import { step } from '../step.ts';

/** Never ends by itself: another training may be begun for as long as the route lasts. */
export async function housingTraining(route: Route): Promise<never> {
  for (;;) {
    await route.until(() => isTraining(route.state));
    await step(route, 'housing.training');
  }
}

/** Waits for the end of a training that is under way. Where there is none it takes no step of the process. */
export async function trainingOver(route: Route): Promise<void> {
  while (isTraining(route.state)) await route.until(() => !isTraining(route.state));
}
