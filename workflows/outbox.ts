/** Sends what waits in the route's outbox: withdrawn requests and notices about terms. */
import { CancellationScope, condition, isCancellation, proxyActivities, sleep } from '@temporalio/workflow';
import type { AgreementActivities } from '../activities/agreement-activities.ts';
import type { ErasureAnswer } from '../contracts/erasure.ts';
import type { PartnerParty } from '../contracts/vocabulary.ts';
import type { Activities } from '../activities/create-activities.ts';
import { outgoingOf } from '../domain/concern-terms.ts';
import { knows } from '../domain/edition.ts';
import { erasureTold } from '../domain/erasure.ts';
import { dataDeleted } from '../domain/personal-data.ts';
import { untold } from '../domain/untold.ts';
import {
  sent,
  type CommitmentRequest,
  type ErasureRequest,
  type Notice,
  type Outgoing,
  type PlaceNews,
  type Release,
  type RouteNotice,
} from '../domain/outbox.ts';
import { parseCommitmentId } from '../domain/round.ts';
import { contentOf } from '../domain/route-notices.ts';
import type { RouteState } from '../domain/route-state.ts';
import { toldSource } from '../domain/rules.ts';
import { noticeText, recipientText } from '../domain/notice-texts.ts';
import { partyText, stepText } from '../domain/texts.ts';
import type { Route } from './route.ts';

/** Runs beside the stages until the run ends. What was not sent by then waits in the state for the next run. */
export async function keepOutbox(route: Route): Promise<never> {
  const sending = new Set<string>();
  // A run that ends at this moment leaves it to the next one, which would send it a second time.
  const isLeft = () => route.isOver || (knows(route.state, 7) && (route.isToBeLeft || route.endsNow()));
  // A party is asked before it hears that it need not answer.
  const isNext = ({ key }: Outgoing) => !isLeft() && !sending.has(key) && !sending.has(`${key}:ask`);
  for (;;) {
    // By the SDK's own means, which look only when what came in was answered: the answer is first in the history.
    await condition(() => outgoingOf(route.state).some(isNext));
    for (const each of outgoingOf(route.state).filter(isNext)) {
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
  await route.until(() => outgoingOf(route.state).length === 0);
}

/** @returns what came in by it, for `Route.arrived` */
async function deliver(route: Route, outgoing: Outgoing): Promise<'called-off' | undefined> {
  let answer: ErasureAnswer | void;
  try {
    answer = await send(route, outgoing);
  } catch (error) {
    if (outgoing.what === 'deletion') {
      // Somebody ended it by hand: it waits in the outbox, and is begun anew.
      await sleep('1 hour', { summary: 'Persoonsgegevens opnieuw verwijderen' });
      return undefined;
    }
    if (!isCancellation(error)) {
      // The failure stands in the history; a route is not held up by a message for ever.
      route.change((state, now) => untold(state, outgoing, now));
      return undefined;
    }
    if (outgoing.what === 'commitment') route.change((state) => sent(state, outgoing.key));
    return 'called-off';
  }
  route.change((state, now) => delivered(state, outgoing, answer, now));
  return undefined;
}

function delivered(
  state: RouteState,
  outgoing: Outgoing,
  answer: ErasureAnswer | void,
  now: string,
): RouteState {
  if (outgoing.what === 'deletion') return dataDeleted(state, outgoing.key, now);
  if (outgoing.what === 'erasure' && answer) return erasureTold(state, outgoing, answer, now);
  return sent(state, outgoing.key);
}

function send(route: Route, outgoing: Outgoing): Promise<ErasureAnswer | void> {
  switch (outgoing.what) {
    case 'release':
      return release(route, outgoing);
    case 'notice':
      return notify(route, outgoing);
    case 'commitment':
      return askToCommit(route, outgoing);
    case 'place-realised':
    case 'place-kept':
      return tellOfPlace(route, outgoing);
    case 'route-notice':
      return notifyOfRoute(route, outgoing);
    case 'deletion':
      return deletePersonalData(route);
    case 'erasure':
      return askToErase(route, outgoing);
  }
}

const DAY_MS = 86_400_000;
/**
 * Whoever is down over the holidays hears it afterwards. A run that continues as new begins anew with it, and is no older
 * than thirty days (outflow-route.ts): so nobody who is gone for good keeps a route from its end.
 */
const patient = {
  startToCloseTimeout: '30s',
  heartbeatTimeout: '6s',
  scheduleToCloseTimeout: '20 days',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1h' },
} as const;

function release({ state }: Route, { key, party, region = state.region ?? '' }: Release): Promise<void> {
  const summary = `Verzoek ingetrokken (${partyText(party, 'nl')})`;
  if (party === 'housing-agreement') {
    return ledger(summary)['housing-agreement.release']({ key, routeId: state.routeId, region });
  }
  return proxyActivities<Activities>({ ...patient, summary })[`${party}.release`]({ requestId: key });
}

function tellOfPlace({ state }: Route, { what, key, place = state.place! }: PlaceNews): Promise<void> {
  return what === 'place-realised'
    ? ledger('Plek is een woning geworden')['housing-agreement.realise'](key, place)
    : ledger('Plek langer vasthouden')['housing-agreement.keep'](key, place);
}

const { scheduleToCloseTimeout: _, ...forever } = patient;

/** The ledger loses nothing and gives nothing back by itself: it is told for as long as it takes. */
function ledger(summary: string) {
  return proxyActivities<AgreementActivities>({ ...forever, summary });
}

/** The route is over when it is done, however long the store of the keys is away. */
function deletePersonalData({ state }: Route): Promise<void> {
  const summary = 'Persoonsgegevens verwijderen';
  return proxyActivities<Activities>({ ...forever, summary })['personal-data.delete'](state.routeId);
}

function askToErase({ state }: Route, { key, party }: ErasureRequest): Promise<ErasureAnswer> {
  const summary = `Gevraagd te wissen (${partyText(party, 'nl')})`;
  return proxyActivities<Activities>({ ...patient, summary })[`${party}.erase`]({
    erasureId: key,
    routeId: state.routeId,
    municipality: state.municipality,
    basis: 'AVG art. 19',
  });
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
  const summary = `Toezegging gevraagd (${partyText(party, 'nl')})`;
  // It is asked for as long as it could answer.
  const within = Math.max(Date.parse(answerBy) - Date.now(), DAY_MS);
  const calledOff = new CancellationScope();
  const isAsked = () => route.state.outbox.some((each) => each.key === key);
  if (!route.leavesTraces) void condition(() => !isAsked()).then(() => calledOff.cancel());
  await calledOff.run(() =>
    proxyActivities<Activities>({ ...patient, scheduleToCloseTimeout: within, summary })[`${party}.commit`]({
      requestId,
      stepId: `commitment.${party}`,
      routeId: state.routeId,
      municipality: state.municipality,
      dueAt: answerBy,
      basis: `${id} ${version}`,
      asked: facts,
      others: othersOf(state, requestId, party),
    }),
  );
}

/** What the others of the same round are asked. */
function othersOf({ rounds = [] }: RouteState, requestId: string, party: PartnerParty) {
  const nr = parseCommitmentId(requestId)?.nr;
  const round = rounds.find((each) => each.nr === nr);
  return round?.commitments.filter((each) => each.party !== party) ?? [];
}

function notify({ state }: Route, { key, kind, to, stepId, dueAt, rule, source }: Notice): Promise<void> {
  const summary = `${stepText(state, stepId, 'nl')}: ${noticeText(kind)} (${recipientText(to)})`;
  return proxyActivities<Activities>({ ...patient, summary }).notify({
    key,
    kind,
    to,
    recipient:
      to === 'case-manager' ? state.caseManager : to === 'process-director' ? state.municipality : to,
    routeId: state.routeId,
    municipality: state.municipality,
    stepId,
    dueAt,
    ...toldSource(state, rule, source),
  });
}

function notifyOfRoute({ state }: Route, notice: RouteNotice): Promise<void> {
  const { rule, ...content } = contentOf(state, notice);
  const { kind, to, recipient } = content;
  const summary = `${noticeText(kind)} (${recipientText(to)} ${recipient})`;
  return proxyActivities<Activities>({ ...patient, summary }).notify({
    ...content,
    key: `${state.routeId}:${notice.key}`,
    routeId: state.routeId,
    ...toldSource(state, rule),
  });
}
