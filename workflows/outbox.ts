/** Sends what waits in the route's outbox: withdrawn requests and notices about terms. */
import { CancellationScope, condition, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { AgreementActivities } from '../activities/agreement-activities.ts';
import type { Activities } from '../activities/create-activities.ts';
import {
  sent,
  type CommitmentRequest,
  type Notice,
  type Outgoing,
  type PlaceRealised,
  type Release,
} from '../domain/outbox.ts';
import { currentRound } from '../domain/round.ts';
import { sourceOf } from '../domain/rules.ts';
import { stepText } from '../domain/texts.ts';
import type { Route } from './route.ts';

/** Runs beside the stages until the run ends. What was not sent by then waits in the state for the next run. */
export async function keepOutbox(route: Route): Promise<never> {
  const sending = new Set<string>();
  // A party is asked before it hears that it need not answer.
  const isNext = ({ key }: Outgoing) => !route.isOver && !sending.has(key) && !sending.has(`${key}:ask`);
  for (;;) {
    // By the SDK's own means, which look only when what came in was answered: the answer is first in the history.
    await condition(() => route.state.outbox.some(isNext));
    for (const each of route.state.outbox.filter(isNext)) {
      sending.add(each.key);
      void deliver(route, each).then((by) => {
        route.arrived(by);
        return sending.delete(each.key);
      });
    }
  }
}

/** Waits until everything was told, so that a route does not end with something unsaid. */
export async function outboxEmpty(route: Route): Promise<void> {
  await route.until(() => route.state.outbox.length === 0);
}

/** @returns what came in by it, for `Route.arrived` */
async function deliver(route: Route, outgoing: Outgoing): Promise<'called-off' | undefined> {
  let by: 'called-off' | undefined;
  try {
    await send(route, outgoing);
  } catch (error) {
    if (isCancellation(error)) by = 'called-off';
    if (by && outgoing.what !== 'commitment') return by;
    // Nobody took it for a day. The failure stands in the history; a route is not held up by a message.
  }
  route.change((state) => sent(state, outgoing.key));
  return by;
}

function send(route: Route, outgoing: Outgoing): Promise<void> {
  switch (outgoing.what) {
    case 'release':
      return release(route, outgoing);
    case 'notice':
      return notify(route, outgoing);
    case 'commitment':
      return askToCommit(route, outgoing);
    case 'place-realised':
      return realise(route, outgoing);
  }
}

const untilTomorrow = {
  startToCloseTimeout: '30s',
  heartbeatTimeout: '6s',
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1h' },
} as const;

function release({ state }: Route, { key, party }: Release): Promise<void> {
  const summary = `Verzoek ingetrokken (${party})`;
  if (party === 'housing-agreement') {
    const { routeId, region = '' } = state;
    return ledger(summary)['housing-agreement.release']({ key, routeId, region });
  }
  return proxyActivities<Activities>({ ...untilTomorrow, summary })[`${party}.release`]({ requestId: key });
}

function realise({ state }: Route, { key }: PlaceRealised): Promise<void> {
  return ledger('Plek is een woning geworden')['housing-agreement.realise'](key, state.place!);
}

/** The ledger loses nothing and gives nothing back by itself: it is told for as long as it takes. */
function ledger(summary: string) {
  const { scheduleToCloseTimeout: _, ...patient } = untilTomorrow;
  return proxyActivities<AgreementActivities>({ ...patient, summary });
}

/**
 * Asks a party to promise something. A round that is over before the party has the question does not call it off: the
 * release follows behind it. (In runs of before `leavesTraces` it did; what is called off while a partner is asked at once
 * is heard in another order by a replay.)
 */
async function askToCommit(
  route: Route,
  { key, requestId, party, facts, answerBy }: CommitmentRequest,
): Promise<void> {
  const { state } = route;
  const { id, version } = state.agreement!;
  const summary = `Toezegging gevraagd (${party})`;
  const calledOff = new CancellationScope();
  const isAsked = () => route.state.outbox.some((each) => each.key === key);
  if (!route.leavesTraces) void condition(() => !isAsked()).then(() => calledOff.cancel());
  await calledOff.run(() =>
    proxyActivities<Activities>({ ...untilTomorrow, summary })[`${party}.commit`]({
      requestId,
      stepId: `commitment.${party}`,
      routeId: state.routeId,
      municipality: state.municipality,
      dueAt: answerBy,
      basis: `${id} ${version}`,
      asked: facts,
      others: currentRound(state)?.commitments.filter((each) => each.party !== party) ?? [],
    }),
  );
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
