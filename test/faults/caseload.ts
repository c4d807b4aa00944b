/**
 * Routes under way, each with a case manager who looks again and again, thinks for a second, and then does what is
 * theirs to do. Calls that meet a dead part are made again under the same key until somebody answers.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RouteView, Wait } from '../../contracts/views.ts';
import type { Caller } from '../support/api-caller.ts';
import { aPerson, aStart } from '../support/case-manager.ts';

const lookEveryMs = 700; // each look is a Query: more of them would slow down what is measured
const thinkingMs = 1000; // a task that is done at once is hardly ever open when something is killed

export interface Case {
  readonly routeId: string;
  /** The latest look at the route. */
  view: RouteView;
  /** When that was, ms since 1970. */
  seenAt: number;
}

export interface Caseload {
  /** Starts one more route; it goes by itself from then on. */
  begin(): Promise<Case>;
  readonly all: readonly Case[];
  /** Those that are not closed yet. */
  underWay(): readonly Case[];
  stop(): void;
}

/** A person would have tried again by then. */
const patienceMs = 15_000;

/** Gives up a call that nobody answers: whether it was carried out shows at the next look. */
async function patiently<T>(what: string, call: Promise<T>, say: (line: string) => void): Promise<T> {
  const waiting = new AbortController();
  const late = sleep(patienceMs, undefined, { signal: waiting.signal }).then(() => {
    say(`no answer within ${patienceMs / 1000} s: ${what}`);
    throw new Error(`no answer: ${what}`);
  });
  return Promise.race([call, late]).finally(() => waiting.abort());
}

/** A caller whose calls end. */
function patient(api: Caller, say: (line: string) => void): Caller {
  return {
    get: (path, headers) => patiently(`GET ${path}`, api.get(path, headers), say),
    post: (path, body, headers) => patiently(`POST ${path}`, api.post(path, body, headers), say),
    put: (path, body, headers) => patiently(`PUT ${path}`, api.put(path, body, headers), say),
    patch: (path, body, headers) => patiently(`PATCH ${path}`, api.patch(path, body, headers), say),
    delete: (path, headers) => patiently(`DELETE ${path}`, api.delete(path, headers), say),
  };
}

/** @param run - part of the idempotency keys, so that two runs on one server do not meet */
export function createCaseload(caller: Caller, run: string, say: (line: string) => void): Caseload {
  const api = patient(caller, say);
  const all: Case[] = [];
  const isClosed = ({ view }: Case) => view.closedAt !== undefined;
  const stopping = new AbortController();

  async function begin(): Promise<Case> {
    const key = { 'idempotency-key': `${run}-${all.length}` };
    const view = await answered(() => api.post('/routes', aStart, key));
    const route: Case = { routeId: view.routeId, view, seenAt: Date.now() };
    all.push(route);
    void look(route);
    return route;
  }

  async function look(route: Case): Promise<void> {
    const done = new Set<string>();
    while (!stopping.signal.aborted && !isClosed(route)) {
      await sleep(lookEveryMs);
      const answer = await api.get(`/routes/${route.routeId}`).catch(() => undefined);
      if (answer?.status !== 200) continue;
      route.view = answer.body as RouteView;
      route.seenAt = Date.now();
      for (const wait of route.view.waits.filter(({ since }) => Date.now() - Date.parse(since) > thinkingMs))
        await act(api, route.view, wait, done).catch(() => undefined); // the next look finds it undone
    }
  }

  async function answered(call: () => ReturnType<Caller['get']>): Promise<RouteView> {
    for (;;) {
      const answer = await call().catch(() => undefined);
      if (answer && answer.status < 300) return answer.body as RouteView;
      if (answer && answer.status < 500)
        throw new Error(`status ${answer.status}: ${JSON.stringify(answer.body)}`);
      await sleep(lookEveryMs);
    }
  }

  return {
    all,
    begin,
    underWay: () => all.filter((route) => !isClosed(route)),
    stop() {
      stopping.abort();
    },
  };
}

const decision = { granted: true, housingForm: 'own-home', reason: 'Klaar om zelfstandig te wonen' };

async function act(api: Caller, route: RouteView, { nextMove }: Wait, done: Set<string>): Promise<void> {
  const path = `/routes/${route.routeId}`;
  const once = async (what: string, call: (key: Record<string, string>) => ReturnType<Caller['get']>) => {
    if (done.has(what)) return;
    const { status } = await call({ 'idempotency-key': `${route.routeId}-${what}` });
    if (status < 300) done.add(what);
  };
  const offer = route.offers.find(({ status }) => status === 'open');
  if (nextMove === 'identify-person') await once('person', (key) => api.put(`${path}/person`, aPerson, key));
  if (nextMove === 'take-decision')
    await once('decision', (key) => api.post(`${path}/decision`, decision, key));
  if (nextMove === 'answer-offer' && offer)
    await once(offer.offerId, (key) =>
      api.post(`${path}/offers/${offer.offerId}/answer`, { accepted: true }, key),
    );
}
