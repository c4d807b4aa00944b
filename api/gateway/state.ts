/** The whole state of a route, from the route itself. */
import type { RouteState } from '../../domain/route-state.ts';
import { routeState } from '../../workflows/outflow-route.messages.ts';
import type { Line } from './line.ts';

const answeredWithinMs = 5000;

/**
 * Asks a route, also one that has ended, for its state.
 * @throws ApiProblem unknown-route, temporal-away, worker-away
 */
export async function stateOf(line: Line, routeId: string): Promise<RouteState> {
  const state = await line
    .within(answeredWithinMs, () => line.handle(routeId).query(routeState))
    .catch(async (error: unknown) => {
      throw await line.problemOf(error);
    });
  line.silence.broken();
  return state;
}
