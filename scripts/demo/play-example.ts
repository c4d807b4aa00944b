/** Plays one example of the demo: starts its route, does what people and partners do in it, and tells what changes. */
import { ApiProblem, mayPass, type ApiClient } from '../scenario/api-client.ts';
import { makeDue, type Stage } from '../scenario/moves.ts';
import { movesOf, type Scenario } from '../scenario/scenario.ts';
import type { Later } from '../scenario/span.ts';
import { tellerOf } from './teller.ts';

const lookEveryMs = 500;

export interface Play {
  readonly example: Scenario;
  readonly api: ApiClient;
  /** Sets how partners behave towards the route that has just started. */
  readonly setPartners: (routeId: string) => Promise<void>;
  readonly stageFor: (routeId: string) => Stage;
  readonly later: Later;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Plays one example until its route is closed or the demo is stopped. Goes on where an earlier start left it. */
export async function play({ example, api, setPartners, stageFor, later, say, signal }: Play): Promise<void> {
  const { routeId, isNew } = await untilAnswered(() => started(api, example), signal);
  await setPartners(routeId);
  const tell = tellerOf({ label: example.label, isNew, say });
  const stage = stageFor(routeId);
  const made = new Set<string>();
  while (!signal.aborted) {
    const { items } = await untilAnswered(() => api.timeline(routeId), signal);
    const route = await untilAnswered(() => api.route(routeId), signal);
    tell({ items, route });
    if (route.closedAt) return;
    await makeDue(movesOf(example, { route, items }, { later }), {
      now: new Date().toISOString(),
      made,
      stage,
    });
    await pause(lookEveryMs, signal);
  }
}

/** Gone for good: the route was closed, and the server keeps its course no longer. */
const GONE = 410;

/** The route of an example; a new one when the last is closed, deleted and no longer kept. */
async function started(api: ApiClient, { start, name }: Scenario, life = 1) {
  try {
    return await api.start(start, `demo-${name}${life > 1 ? `-${life}` : ''}`);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== GONE) throw error;
    return started(api, { start, name } as Scenario, life + 1);
  }
}

/** The demo outlives a restart of API, worker or server: it asks again until somebody answers. */
export async function untilAnswered<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!mayPass(error) || signal.aborted) throw error;
      await pause(1000, signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
