/** What failed calls to Temporal are to the API's callers. */
import {
  isGrpcServiceError,
  QueryNotRegisteredError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { t } from '../../contracts/text.ts';
import { MOVING_ON, REFUSED } from '../../workflows/outflow-route.messages.ts';
import { ApiProblem, problemOfRefusal, unknownRoute } from '../problems.ts';

/** The gRPC status codes that mean something here. */
const grpc = {
  cancelled: 1,
  deadlineExceeded: 4,
  resourceExhausted: 8,
  failedPrecondition: 9,
  unavailable: 14,
} as const;

/** What is said to whoever called in vain. */
const told = (nl: string, en: string) =>
  t(
    `${nl} Er gaat niets verloren: herhaal het verzoek met dezelfde Idempotency-Key.`,
    `${en} Nothing is lost: repeat the call with the same Idempotency-Key.`,
  );

/** Whether nobody answered in time, be it the worker or Temporal itself. */
export function isSilence(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  const code = codeOf(error);
  return code === grpc.deadlineExceeded || code === grpc.cancelled;
}

/** Whether an Update came when the run that it was for was over: the next one is there by now. */
export const isMovingOn = (error: unknown): boolean =>
  // The server's own word for one that was taken in, and whose turn did not come before the end.
  [MOVING_ON, 'AcceptedUpdateCompletedWorkflow'].includes(saidOf(error)?.type ?? '');

/** Whether the workflow itself refused an Update: nobody need tell it again. */
export const isRefusal = (error: unknown): boolean => saidOf(error)?.type === REFUSED;

/** What an Update failed by, where that was said. */
const saidOf = (error: unknown): ApplicationFailure | undefined =>
  error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure
    ? error.cause
    : undefined;

/**
 * The problem of a failed call.
 * @param isUp - whether Temporal itself answers: that tells a worker that is away from a server that is. Asked
 *   only of calls that a worker answers; left out for those that the server alone does
 */
export async function problemOf(error: unknown, isUp: () => Promise<boolean> = isNotUp): Promise<unknown> {
  if (error instanceof WorkflowNotFoundError) return unknownRoute();
  const said = saidOf(error);
  if (said?.type === REFUSED)
    return problemOfRefusal(said.details?.[0], { en: said.message, nl: said.details?.[1] });
  // A Query fails at a worker that can't rebuild the run.
  if (isMovingOn(error) || error instanceof QueryNotRegisteredError) return workerAway(error);
  const code = codeOf(error);
  if (code === grpc.resourceExhausted)
    return new ApiProblem(
      'too-many-in-flight',
      told(
        'Er wordt meer tegelijk gevraagd dan verwerkt kan worden.',
        'More is asked at once than can be taken up.',
      ),
      { cause: error },
    );
  // A precondition fails when no worker polled for so long that the server does not even wait for one; an Update
  // that no worker took up is unavailable after a while, just like a server that is not there.
  if (code === grpc.failedPrecondition || code === grpc.unavailable || isSilence(error))
    return (await isUp()) ? workerAway(error) : temporalAway(error);
  return error;
}

const isNotUp = () => Promise.resolve(false);

function workerAway(cause: unknown): ApiProblem {
  return new ApiProblem(
    'worker-away',
    told(
      'Geen worker antwoordde op tijd; een opdracht kan nog worden uitgevoerd.',
      'No worker answered in time; a command may still be carried out.',
    ),
    { cause },
  );
}

function temporalAway(cause: unknown): ApiProblem {
  const detail = told(
    'De procesmotor antwoordt niet; een opdracht kan zijn aangekomen.',
    'The process engine does not answer; a command may have arrived.',
  );
  return new ApiProblem('temporal-away', detail, { cause });
}

/** The gRPC status code of an error or of what caused it. */
function codeOf(error: unknown): number | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (isGrpcServiceError(each)) return each.code;
  }
  return undefined;
}
