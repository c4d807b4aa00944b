/** Sends what waits in the route's outbox: withdrawn requests and notices about terms. */
import { condition, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/create-activities.ts';
import { sent, type Notice, type Outgoing } from '../domain/outbox.ts';
import { sourceOf } from '../domain/rules.ts';
import { stepText } from '../domain/texts.ts';
import type { Route } from './route.ts';

/** Runs beside the stages until the run ends. What was not sent by then waits in the state for the next run. */
export async function keepOutbox(route: Route): Promise<never> {
  const sending = new Set<string>();
  for (;;) {
    // By the SDK's own means, which look only when what came in was answered: the answer is first in the history.
    await condition(() => route.state.outbox.some(({ key }) => !sending.has(key)));
    for (const each of route.state.outbox.filter(({ key }) => !sending.has(key))) {
      sending.add(each.key);
      void deliver(route, each).finally(() => {
        route.arrived();
        sending.delete(each.key);
      });
    }
  }
}

/** Waits until everything was told, so that a route does not end with something unsaid. */
export async function outboxEmpty(route: Route): Promise<void> {
  await route.until(() => route.state.outbox.length === 0);
}

async function deliver(route: Route, outgoing: Outgoing): Promise<void> {
  try {
    await (outgoing.what === 'release' ? release(outgoing) : notify(route, outgoing));
  } catch (error) {
    if (isCancellation(error)) return;
    // Nobody took it for a day. The failure stands in the history; a route is not held up by a message.
  }
  route.change((state) => sent(state, outgoing.key));
}

const untilTomorrow = {
  startToCloseTimeout: '30s',
  heartbeatTimeout: '6s',
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1h' },
} as const;

function release({ key, party }: Extract<Outgoing, { what: 'release' }>): Promise<void> {
  const summary = `Verzoek ingetrokken (${party})`;
  return proxyActivities<Activities>({ ...untilTomorrow, summary })[`${party}.release`]({ requestId: key });
}

function notify({ state }: Route, { key, kind, to, stepId, dueAt, rule }: Notice): Promise<void> {
  const summary = `${stepText(stepId, 'nl')}: ${kind} (${to})`;
  return proxyActivities<Activities>({ ...untilTomorrow, summary }).notify({
    key,
    kind,
    to,
    recipient:
      to === 'case-manager' ? state.caseManager : to === 'process-director' ? state.municipality : to,
    routeId: state.routeId,
    municipality: state.municipality,
    stepId,
    dueAt,
    basis: sourceOf(state.rules, rule).basis,
  });
}
