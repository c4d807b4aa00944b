/** The whole state of a route, from the route itself. */
import type { RouteState } from '../../domain/route-state.ts';
import { routeState } from '../../workflows/outflow-route.messages.ts';
import { workflowIdOf, type Line } from './line.ts';

/**
 * Asks a route, also one that has ended, for its state.
 * @throws ApiProblem unknown-route, temporal-away, worker-away
 */
export function stateOf(line: Line, routeId: string): Promise<RouteState> {
  return line.ask(workflowIdOf(routeId), routeState).catch(async (error: unknown) => {
    throw await line.problemOf(error);
  });
}
