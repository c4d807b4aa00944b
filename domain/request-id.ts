/** `{routeId}:{stepId}:{attempt}`: the idempotency key of a request. From the route and the step, never from chance. */
import { isStepId, type StepId } from './steps.ts';

export function requestIdOf(routeId: string, stepId: StepId, attempt: number): string {
  return `${routeId}:${stepId}:${attempt}`;
}

/**
 * Takes a request id apart; undefined when it names no step of this product. Attempts count from one, and are written
 * in one way: `…:01` would be another name for the same request.
 */
export function parseRequestId(
  requestId: string,
): { routeId: string; stepId: StepId; attempt: number } | undefined {
  const [routeId, stepId, attempt, ...rest] = requestId.split(':');
  if (!routeId || !stepId || !attempt || rest.length > 0 || !/^[1-9]\d*$/.test(attempt)) return undefined;
  return isStepId(stepId) ? { routeId, stepId, attempt: Number(attempt) } : undefined;
}
