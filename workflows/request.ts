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
import type { Activities } from '../activities/create-activities.ts';
import type { StepRequest } from '../activities/partner.ts';
import { requestIdOf } from '../domain/request-id.ts';
import type { RouteState, StepRecord } from '../domain/route-state.ts';
import { sourceOf } from '../domain/rules.ts';
import { accepted, failedTechnically } from '../domain/step-transitions.ts';
import { isOutside, steps, type StepId } from '../domain/steps.ts';
import { stepText } from '../domain/texts.ts';
import { askAtOnce } from './ask-at-once.ts';
import type { Route } from './route.ts';

/**
 * Sends the request of one attempt, for as long as it takes. Ends when the partner accepted it, when it can't
 * succeed as it is, or when the step has moved on meanwhile (then the sending is called off).
 */
export async function sendRequest(route: Route, stepId: StepId, { attempt }: StepRecord): Promise<void> {
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
  const taken = await askAtOnce(route, (soon) => soon[`${party}.request`](request), summary);
  if (taken !== undefined) return expectAnswer(request, taken);
  const patient = proxyActivities<Activities>({
    startToCloseTimeout: '30s',
    heartbeatTimeout: '6s',
    cancellationType: ActivityCancellationType.TRY_CANCEL,
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '2m' },
    activityId: `${stepId}:${attempt}`,
    summary,
  });
  const answered = await patient[`${party}.request`](request).finally(() => route.arrived());
  expectAnswer(request, answered);
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
