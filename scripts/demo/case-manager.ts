/** Plays the case manager of one example: starts the route, does what it waits for, and tells what changes. */
import type { RouteView, Wait } from '../../contracts/views.ts';
import type { ApiClient } from './api-client.ts';
import { ApiProblem } from './api-client.ts';
import type { Example } from './example.ts';
import { tellerOf } from './teller.ts';

const lookEveryMs = 500;

export interface Play {
  readonly example: Example;
  readonly api: ApiClient;
  /** Sets how partners behave towards the route that has just started. */
  readonly setPartners: (routeId: string) => Promise<void>;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Plays one example until its route is closed or the demo is stopped. Goes on where an earlier start left it. */
export async function play({ example, api, setPartners, say, signal }: Play): Promise<void> {
  const { routeId, isNew } = await untilAnswered(
    () => api.start(example.start, `demo-${example.name}`),
    signal,
  );
  await setPartners(routeId);
  const tell = tellerOf({ label: example.label, isNew, say });
  while (!signal.aborted) {
    const { items } = await untilAnswered(() => api.timeline(routeId), signal);
    const route = await untilAnswered(() => api.route(routeId), signal);
    tell({ items, route });
    if (route.closedAt) return;
    for (const wait of route.waits) await act({ example, api, route, wait });
    await pause(lookEveryMs, signal);
  }
}

async function act({
  example: { caseManager, name },
  api,
  route,
  wait,
}: {
  example: Example;
  api: ApiClient;
  route: RouteView;
  wait: Wait;
}): Promise<void> {
  const path = `/routes/${route.routeId}`;
  const key = (what: string) => `demo-${name}-${what}`;
  try {
    switch (wait.nextMove) {
      case 'identify-person':
        if (caseManager.person) await api.put(`${path}/person`, caseManager.person, key('person'));
        return;
      case 'take-decision':
        await api.post(`${path}/decision`, caseManager.decision, key('decision'));
        return;
      case 'answer-offer': {
        const offer = route.offers.find(({ status }) => status === 'open');
        const answer = caseManager.answers[route.offers.length - 1] ?? caseManager.answers.at(-1);
        if (offer) await api.post(`${path}/offers/${offer.offerId}/answer`, answer, key(offer.offerId));
        return;
      }
      case 'ask-commitments': {
        const body = { reason: 'De partijen zijn bijeengebracht aan de regietafel' };
        await api.post(`${path}/commitments`, body, key(`commitments-${route.rounds.at(-1)?.nr ?? 0}`));
        return;
      }
      case 'redo-or-object':
        if (caseManager.objects) {
          const body = { reason: 'Bezwaar gemaakt en opnieuw aangevraagd' };
          await api.post(`${path}/steps/${wait.stepId}/redo`, body, key(`${wait.stepId}-${wait.since}`));
        }
    }
  } catch (error) {
    // 409: somebody else, or the calendar, was first; the next look shows what holds now.
    if (!(error instanceof ApiProblem) || (error.status !== 409 && error.status !== 503)) throw error;
  }
}

/** The demo outlives a restart of API, worker or server: it asks again until somebody answers. */
export async function untilAnswered<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const passing = !(error instanceof ApiProblem) || error.status >= 500 || error.status === 429;
      if (!passing || signal.aborted) throw error;
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
