/**
 * The step: ask, wait, remember. Memoised in the state, so a stage function starts from the top after each
 * continue-as-new and walks past what is done.
 */
import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  condition,
  DeterminismViolationError,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/create-activities.ts';
import type { StepRequest } from '../activities/partner.ts';
import type { PartnerParty } from '../contracts/vocabulary.ts';
import { missingFacts } from '../domain/facts.ts';
import { requestIdOf } from '../domain/request-id.ts';
import { isPassed, type RouteState, type StepRecord } from '../domain/route-state.ts';
import { sourceOf } from '../domain/rules.ts';
import { accepted, failedTechnically, reach } from '../domain/step-transitions.ts';
import { isOutside, steps, type StepId } from '../domain/steps.ts';
import { stepText } from '../domain/texts.ts';
import type { Route } from './route.ts';

/** Comes to a step and waits until it is done. Returns its record at once when it was done before. */
export async function step(route: Route, stepId: StepId): Promise<StepRecord> {
  for (;;) {
    // A route that ends comes to no further step but those of its closure.
    if (route.state.ending && steps[stepId].track !== 'closure') await condition(() => false);
    route.change((state, now) => reach(state, stepId, now));
    const record = route.state.steps[stepId]!;
    if (isPassed(record)) return record;
    if (record.status === 'open' && steps[stepId].kind === 'request' && !record.sentAt)
      await sendRequest(route, stepId, record);
    else await condition(() => hasMoved(route, stepId, record));
  }
}

/** Waits until a step that belongs to another stage is done. */
export async function done(route: Route, stepId: StepId): Promise<StepRecord> {
  await condition(() => isPassed(route.state.steps[stepId]));
  return route.state.steps[stepId]!;
}

function hasMoved(route: Route, stepId: StepId, before: StepRecord): boolean {
  if (route.state.steps[stepId] !== before) return true;
  return before.status === 'blocked' && missingFacts(route.state, stepId).length === 0;
}

/**
 * Sends the request of one attempt, for as long as it takes. Ends when the partner accepted it, when it can't
 * succeed as it is, or when the step has moved on meanwhile (then the sending is called off).
 */
async function sendRequest(route: Route, stepId: StepId, { attempt }: StepRecord): Promise<void> {
  const sending = new CancellationScope();
  route.requestsInFlight += 1;
  const outcome = sending
    .run(() => ask(route, stepId, attempt))
    .then(
      () => route.change((state, now) => accepted(state, stepId, attempt, now)),
      (error: unknown) => {
        if (isCancellation(error)) return;
        if (error instanceof DeterminismViolationError) throw error;
        route.change((state, now) => failedTechnically(state, stepId, attempt, failureType(error), now));
      },
    )
    .finally(() => {
      route.requestsInFlight -= 1;
    });
  const stillAsked = () => {
    const record = route.state.steps[stepId];
    return record?.attempt === attempt && record.status === 'open';
  };
  await Promise.race([outcome, condition(() => !stillAsked())]);
  if (!stillAsked()) sending.cancel();
}

/**
 * Asks the partner: at once, within this workflow task, which costs one event; when the partner does not take the
 * request at once, by a regular activity, which operations see in the UI with its attempts and its last failure.
 */
async function ask(route: Route, stepId: StepId, attempt: number): Promise<void> {
  const { party } = steps[stepId];
  if (!isOutside(party)) return; // for the compiler: only outside parties have request steps
  const request = requestOf(route.state, stepId, attempt);
  const summary = `${stepText(stepId, 'nl')} (${party})`;
  if (await askAtOnce(route, party, request, summary)) return;
  const patient = proxyActivities<Activities>({
    startToCloseTimeout: '30s',
    heartbeatTimeout: '6s',
    cancellationType: ActivityCancellationType.TRY_CANCEL,
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '2m' },
    activityId: `${stepId}:${attempt}`,
    summary,
  });
  expectAnswer(request, await patient[`${party}.request`](request));
}

/**
 * Asks by a local activity. Whatever it fails by, the regular one that follows decides about: its failures stand in
 * the history, and two local ones that end together leave nothing whose order a replay could confuse.
 *
 * A workflow task that ends before its local activity does (a Query was waiting, or the worker stood still for ten
 * seconds) may replay in another order than it ran. Its run is left at once then: a run that has continued as new is
 * never replayed.
 * @returns whether the partner took the request
 */
async function askAtOnce(
  route: Route,
  party: PartnerParty,
  request: StepRequest,
  summary: string,
): Promise<boolean> {
  const { historyLength } = workflowInfo();
  const soon = proxyLocalActivities<Activities>({
    // Shorter than the API waits for an Update: its answer leaves only when this workflow task is complete.
    startToCloseTimeout: '1s',
    retry: { maximumAttempts: 1 },
    cancellationType: ActivityCancellationType.TRY_CANCEL,
    summary,
  });
  route.askedAtOnce += 1;
  try {
    expectAnswer(request, await soon[`${party}.request`](request));
    return true;
  } catch (error) {
    if (isCancellation(error) || error instanceof DeterminismViolationError) throw error;
    return false;
  } finally {
    route.askedAtOnce -= 1;
    if (workflowInfo().historyLength !== historyLength) route.split = true;
  }
}

/**
 * A replay compares no more than the type of a request, which steps of one partner share: other code could take the
 * answer to one step for that to another. The route then waits for the code it began with, rather than go on wrong.
 */
function expectAnswer({ requestId }: StepRequest, answered: string): void {
  if (answered === requestId) return;
  throw new DeterminismViolationError(
    `The history goes on with request ${answered}, this code with ${requestId}`,
  );
}

function requestOf(state: RouteState, stepId: StepId, attempt: number): StepRequest {
  const { rule, dueAt } = state.steps[stepId]!;
  return {
    requestId: requestIdOf(state.routeId, stepId, attempt),
    stepId,
    routeId: state.routeId,
    municipality: state.municipality,
    dueAt: dueAt ?? state.startedAt,
    basis: rule ? sourceOf(state.rules, rule).basis : '',
    known: {
      ...(state.person && { person: state.person }),
      ...(state.debts && { debts: state.debts }),
      ...(state.threat && { threat: state.threat }),
      ...(state.decision?.housingForm && { housingForm: state.decision.housingForm }),
      ...(state.birthYear && { birthYear: state.birthYear }),
    },
  };
}

function failureType(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure && cause.type ? cause.type : 'PartnerFailed';
}
