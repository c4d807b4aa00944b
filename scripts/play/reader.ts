/** Who looks at a route that is played: its case manager, of whichever municipality has it. */
import type { RouteView } from '../../contracts/views.ts';
import { ApiProblem, type ApiClient } from '../scenario/api-client.ts';

/** The municipality that has a route, followed as it is taken over. */
export class Owner {
  municipality: string;
  #receiver: string | undefined;

  constructor(municipality: string) {
    this.municipality = municipality;
  }

  /** Reads the route; for who had it until now, one that was taken over is no route any more. */
  async route(routeId: string, apiOf: (municipality: string) => ApiClient): Promise<RouteView> {
    try {
      const route = await apiOf(this.municipality).route(routeId);
      this.#receiver = route.transfer?.status === 'offered' ? route.transfer.receiver : undefined;
      return route;
    } catch (error) {
      const isGone = error instanceof ApiProblem && error.status === 404;
      if (!isGone || !this.#receiver) throw error;
      this.municipality = this.#receiver;
      this.#receiver = undefined;
      return this.route(routeId, apiOf);
    }
  }
}
