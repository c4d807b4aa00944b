/** Steps that only a person begins, beside all else: whenever somebody has begun one, its partner is asked for it. */
import { askedWhenBegun } from '../../domain/begun-steps.ts';
import { isUnderWay } from '../../domain/route-state.ts';
import type { StepId } from '../../domain/steps.ts';
import type { Route } from '../route.ts';
import { step } from '../step.ts';

/** Never ends by itself: one may be begun, and begun anew, for as long as the route lasts. */
export async function begunByHand(route: Route): Promise<never> {
  const [ended] = await Promise.all(askedWhenBegun.map((stepId) => whenever(route, stepId)));
  return ended!;
}

async function whenever(route: Route, stepId: StepId): Promise<never> {
  for (;;) {
    await route.until(() => isUnderWay(route.state, stepId));
    await step(route, stepId);
  }
}

/** Waits for the end of what is under way. Where there is nothing it takes no step of the process. */
export async function begunIsOver(route: Route): Promise<void> {
  const isAny = () => askedWhenBegun.some((stepId) => isUnderWay(route.state, stepId));
  while (isAny()) await route.until(() => !isAny());
}
