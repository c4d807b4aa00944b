/** What a scenario has to work with: a whole system, one route in it, and the people around it. */
import type { RouteView } from '../../contracts/views.ts';
import type { PartnerParty } from '../../contracts/vocabulary.ts';
import type { Behaviour } from '../../simulator/behaviours.ts';
import { sourceOf } from '../../simulator/partners.ts';
import type { Answer, Caller } from '../../test/support/api-caller.ts';
import { behaving } from '../../test/support/behaving.ts';
import { accompany, aPerson, aStart, type Habits } from '../../test/support/case-manager.ts';
import type { System } from '../../test/support/system.ts';

/** Each look is a Query, and one that meets a workflow task in which a partner is asked may split its run. */
const lookEveryMs = 250;

type Reached = (route: RouteView) => boolean;

export interface Scene {
  readonly system: System;
  readonly routeId: string;
  /** Path of the route in the API. */
  readonly path: string;
  readonly director: Caller;
  /** Says how the partners behave towards this route, from now on. */
  readonly behave: (rules: readonly Omit<Behaviour, 'routeId'>[]) => Promise<void>;
  readonly identify: () => Promise<void>;
  /** Goes along until the route is there. */
  readonly until: (reached: Reached, habits?: Habits) => Promise<RouteView>;
  /** As the case manager; fails when the API refuses. */
  readonly post: (path: string, body: object) => Promise<Answer>;
  readonly put: (path: string, body: object) => Promise<Answer>;
  /** Waits until the personal data of a closed route is deleted. */
  readonly deleted: () => Promise<void>;
  /** An event of a partner. */
  readonly tell: (party: PartnerParty, kind: string, data: object) => Promise<Answer>;
}

/** Where a route starts, when that is not where all others do. */
export interface Place {
  readonly municipality: string;
  readonly region: string;
}

/** Starts a route of which nobody is asked anything yet: the person is still to be identified. */
export function createScenes(system: System): (start?: Place) => Promise<Scene> {
  const behave = behaving(system.simulator);
  return async (start) => {
    const municipality = start?.municipality ?? aStart.municipality;
    const api = await system.as({ role: 'case-manager', subject: 'cm-17', municipality });
    const { body } = await api.post('/routes', { ...aStart, ...start });
    const routeId: string = body.routeId;
    const path = `/routes/${routeId}`;
    const director = { role: 'process-director', subject: 'pd-1', municipality } as const;
    return {
      system,
      routeId,
      path,
      director: await system.as(director),
      behave: (rules) => behave(routeId, rules),
      // A worker that is busy may not answer in time; whoever goes along tries again.
      identify: async () => void (await api.put(`${path}/person`, aPerson)),
      until: (reached, habits = {}) => accompany(api, routeId, reached, { habits, everyMs: lookEveryMs }),
      async deleted() {
        while ((await api.get(`${path}/certificate`)).status !== 200)
          await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
      },
      put: async (to, data) => ok(await api.put(`${path}${to}`, data)),
      post: async (to, data) => ok(await api.post(`${path}${to}`, data)),
      async tell(party, kind, data) {
        const partner = await system.as({ role: 'partner', subject: party, party });
        const event = {
          specversion: '1.0',
          id: `${routeId}:${kind}`,
          source: sourceOf(party),
          subject: routeId,
          type: `nl.uitstroomroutes.${kind}.v1`,
          time: new Date().toISOString(),
          data,
        };
        const headers = { 'content-type': 'application/cloudevents+json' };
        return ok(await partner.post('/partner-events', event, headers));
      },
    };
  };
}

/** @throws Error for an answer that is no success */
export function ok(answer: Answer): Answer {
  if (answer.status >= 300) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
}

/** One step of a route, as the API shows it. */
export const stepOf = (route: RouteView, stepId: string) =>
  route.tracks.flatMap(({ steps }) => steps).find((step) => step.stepId === stepId);

/** Conditions on a route. */
export const isOpen =
  (...stepIds: string[]): Reached =>
  (route) =>
    stepIds.every((id) => stepOf(route, id)?.status === 'open');
export const isDone =
  (...stepIds: string[]): Reached =>
  (route) =>
    stepIds.every((id) => stepOf(route, id)?.status === 'done');
export const isClosed: Reached = ({ stage }) => stage === 'closed';
export const isTechnical: Reached = ({ health }) => health === 'Technical';
