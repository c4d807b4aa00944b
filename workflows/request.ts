/** Sends the request of a step to its partner: at once where it is taken at once, else for as long as it takes. */
import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  condition,
  DeterminismViolationError,
  isCancellation,
  proxyActivities,
} from '@temporalio/workflow';
import type { AgreementActivities } from '../activities/agreement-activities.ts';
import type { Activities } from '../activities/create-activities.ts';
import type { DoneAtOnce, StepRequest } from '../activities/partner.ts';
import { toldOfClosure } from '../domain/closing-file.ts';
import { doneAtOnce } from '../domain/done-at-once.ts';
import { knows } from '../domain/edition.ts';
import { isErased } from '../domain/erasure.ts';
import { toldOfOffers } from '../domain/offer-request.ts';
import { toldForPlace } from '../domain/place.ts';
import { requestIdOf } from '../domain/request-id.ts';
import type { RouteState, StepRecord } from '../domain/route-state.ts';
import { toldSource } from '../domain/rules.ts';
import { accepted, failedTechnically } from '../domain/step-transitions.ts';
import { isAsked, type StepId } from '../domain/steps.ts';
import { partyOf } from '../domain/template.ts';
import { partyText, stepText } from '../domain/texts.ts';
import { askAtOnce } from './ask-at-once.ts';
import type { Route } from './route.ts';

/**
 * Sends the request of one attempt, for as long as it takes. Ends when the partner accepted it, when it can't
 * succeed as it is, or when the step has moved on meanwhile (then the sending is called off).
 */
export async function sendRequest(route: Route, stepId: StepId, { attempt }: StepRecord): Promise<void> {
  if (knows(route.state, 3) && (route.isToBeLeft || route.endsNow())) return new Promise(() => undefined);
  const sending: Sending = {
    route,
    request: requestOf(route.state, stepId, attempt),
    attempt,
    isOver: false,
  };
  void send(sending);
  await route.until(() => sending.isOver || !isStillAsked(sending));
}

/** What is left to come of a request that a partner took. */
type Taken = 'to-be-answered' | 'done';

interface Sending {
  readonly route: Route;
  readonly request: StepRequest;
  readonly attempt: number;
  isOver: boolean;
}

function isStillAsked({ route, request, attempt }: Sending): boolean {
  const record = route.state.steps[request.stepId];
  return record?.attempt === attempt && record.status === 'open';
}

async function send(sending: Sending): Promise<void> {
  const { route, request, attempt } = sending;
  route.requestsInFlight += 1;
  let move: ((state: RouteState, now: string) => RouteState) | undefined;
  try {
    const taken = (await ask(sending)) === 'done' ? doneAtOnce : accepted;
    move = (state, now) => taken(state, request.stepId, attempt, now);
  } catch (error) {
    if (error instanceof DeterminismViolationError) route.fault = error;
    else if (!isCancellation(error))
      move = (state, now) => failedTechnically(state, request.stepId, attempt, failureType(error), now);
  }
  route.requestsInFlight -= 1;
  sending.isOver = true;
  if (move) route.change(move);
  else route.tell();
}

/**
 * Asks the partner: at once, within this workflow task, which costs one event; when the partner does not take the
 * request at once, by a regular activity, which operations see in the UI with its attempts and its last failure.
 */
async function ask(sending: Sending): Promise<Taken> {
  const { route, request, attempt } = sending;
  const party = partyOf(request.stepId);
  if (!isAsked(party)) return 'to-be-answered'; // for the compiler: nobody else has request steps
  const summary = `${stepText(route.state, request.stepId, 'nl')} (${partyText(party, 'nl')})`;
  const taken = await askAtOnce(route, (soon) => soon[`${party}.request`](request), summary);
  if (taken !== undefined) return takenAs(request, taken);
  if (route.isOver || !isStillAsked(sending)) return 'to-be-answered'; // answered, withdrawn or done by hand in that second
  const patient = proxyActivities<Activities & AgreementActivities>({
    startToCloseTimeout: '30s',
    heartbeatTimeout: '6s',
    cancellationType: ActivityCancellationType.TRY_CANCEL,
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '2m' },
    activityId: `${request.stepId}:${attempt}`,
    summary,
  });
  const calledOff = new CancellationScope();
  const answer = calledOff.run(() => patient[`${party}.request`](request));
  // By the SDK's own means, which look only when what came in was answered: the answer is first in the history.
  void condition(() => !isStillAsked(sending)).then(() => calledOff.cancel());
  route.tell(); // what waited for the request that was to be answered at once
  const arrived = await answer.then(
    (taken) => ({ taken }),
    (error: unknown) => ({ error }),
  );
  route.arrived('error' in arrived && isCancellation(arrived.error) ? 'called-off' : undefined);
  if ('error' in arrived) throw arrived.error;
  return takenAs(request, arrived.taken);
}

/**
 * A replay compares no more than the type of a request, which steps of one partner share: other code could take the
 * answer to one step for that to another. The route then waits for the code it began with, rather than go on wrong.
 */
function takenAs({ requestId }: StepRequest, taken: string | DoneAtOnce): Taken {
  const answered = typeof taken === 'string' ? taken : taken.requestId;
  if (answered === requestId) return typeof taken === 'string' ? 'to-be-answered' : 'done';
  throw new DeterminismViolationError(
    `The history goes on with request ${answered}, this code with ${requestId}`,
  );
}

function requestOf(state: RouteState, stepId: StepId, attempt: number): StepRequest {
  const { rule, source, dueAt, objectsTo } = state.steps[stepId]!;
  return {
    requestId: requestIdOf(state.routeId, stepId, attempt),
    stepId,
    routeId: state.routeId,
    municipality: state.municipality,
    ...(objectsTo && { objectsTo: requestIdOf(state.routeId, stepId, objectsTo) }),
    dueAt: dueAt ?? state.startedAt,
    ...(rule ? toldSource(state, rule, source) : { basis: '' }),
    known: {
      ...(state.person && !isErased(state) && { person: state.person }),
      ...(state.debts && { debts: state.debts }),
      ...(state.threat && { threat: state.threat }),
      ...(state.decision?.housingForm && { housingForm: state.decision.housingForm }),
      ...(state.birthYear && { birthYear: state.birthYear }),
      ...(stepId === 'housing.place' && toldForPlace(state)),
      ...toldOfOffers(state, stepId),
      ...toldOfClosure(state, stepId),
      ...(stepId === 'housing.training' && state.training && { skills: state.training.skills }),
    },
  };
}

function failureType(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure && cause.type ? cause.type : 'PartnerFailed';
}
