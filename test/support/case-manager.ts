/** Plays the case manager of a route in a test: does what the route waits for, until it is where the test wants it. */
import type { Caller } from './api-caller.ts';
import type { RouteView, Wait } from '../../contracts/views.ts';
import { givesUpAfterMs } from './until.ts';

export interface Habits {
  /** Answers to offers, in order; the last one holds for all that follow. */
  readonly answers?: readonly object[];
  readonly decision?: object;
  /** Called when nothing but the calendar is left: the nearest moment at which something ends. */
  readonly onlyCalendar?: (dueAt: string) => Promise<void>;
  /** Asks again what a partner refused. */
  readonly redoes?: boolean;
}

const granted = { granted: true, housingForm: 'own-home', reason: 'Klaar om zelfstandig te wonen' };

/** The smallest body that starts a route, and a person, so that it can go on by itself. */
export const aStart = {
  openingAnswer: {
    missedSignals: 'Twee jaar huurachterstand, niemand belde aan',
    neededThen: 'Iemand die meeliep',
  },
  origin: 'shelter',
  municipality: 'GM0153',
  caseManager: 'cm-17',
};
export const aPerson = { bsn: '999990019' };

/**
 * Looks at the route again and again, does what is the case manager's to do, and stops when `reached` says so.
 * @throws Error naming what the route waits for when it has not come there in time
 */
export async function accompany(
  api: Caller,
  routeId: string,
  reached: (route: RouteView) => boolean,
  {
    habits = {},
    withinMs = givesUpAfterMs,
    everyMs = 250,
  }: { habits?: Habits; withinMs?: number; everyMs?: number } = {},
): Promise<RouteView> {
  const end = Date.now() + withinMs;
  let route: RouteView | undefined;
  while (Date.now() < end) {
    const { status, body } = await api
      .get(`/routes/${routeId}`)
      .catch(() => ({ status: 0, body: undefined }));
    if (status === 200) {
      route = body as RouteView;
      if (reached(route)) return route;
      await act(api, route, habits).catch(triedLater);
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  throw new Error(`Not there within ${withinMs} ms; it waits for: ${JSON.stringify(route?.waits, null, 1)}`);
}

/** An API that is away is asked again at the next look. */
function triedLater(error: unknown): void {
  const isAway = error instanceof TypeError && error.message === 'fetch failed';
  if (!isAway) throw error;
}

async function act(api: Caller, route: RouteView, habits: Habits): Promise<void> {
  for (const wait of route.waits) await actOn(api, route, wait, habits);
  const { waits } = route;
  const nearest = waits.flatMap(({ dueAt }) => (dueAt ? [dueAt] : [])).sort()[0];
  const calendarOnly = waits.length > 0 && waits.every(({ waitingOn }) => waitingOn === 'calendar');
  if (calendarOnly && nearest) await habits.onlyCalendar?.(nearest);
}

async function actOn(
  api: Caller,
  route: RouteView,
  { nextMove, stepId }: Wait,
  habits: Habits,
): Promise<void> {
  const path = `/routes/${route.routeId}`;
  switch (nextMove) {
    case 'identify-person':
      await api.put(`${path}/person`, aPerson);
      return;
    case 'take-decision':
      await api.post(`${path}/decision`, habits.decision ?? granted);
      return;
    case 'answer-offer': {
      const answers = habits.answers ?? [{ accepted: true }];
      const offer = route.offers.find(({ status }) => status === 'open');
      const answer = answers[route.offers.length - 1] ?? answers.at(-1);
      if (offer) await api.post(`${path}/offers/${offer.offerId}/answer`, answer);
      return;
    }
    case 'redo-or-object':
      if (habits.redoes) await api.post(`${path}/steps/${stepId}/redo`, { reason: 'Bezwaar gemaakt' });
  }
}
