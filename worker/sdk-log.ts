/**
 * What the SDK says, in the technical log: which workflow, which activity, at which attempt and by which kind of error it
 * failed. Codes and ids alone: the message of an error, or what core adds to a line, could be anything.
 */
import { ApplicationFailure } from '@temporalio/common';
import { DefaultLogger, type LogLevel, type LogMetadata, type Logger as SdkLogger } from '@temporalio/worker';
import type { Logger } from '../platform/log.ts';

type Level = 'error' | 'warn' | 'debug';

const activityFailed = 'Activity failed';

/** Lines of core that nobody has to see to. */
const ofNoConcern: ReadonlySet<string> = new Set([
  // Who asked waits no longer, or has asked another worker since. It was an answer for nobody; the route is as it was.
  'Query not found when attempting to respond to it',
  // Who asked hears of it and asks again. A bug fails the workflow task as well, which is said by another line.
  'Failing legacy query request',
]);

/** The run is rebuilt and asked again (workflows/right-time.ts): nobody has to see to that. */
const isAskedAgain = ({ error }: LogMetadata): boolean =>
  (error as { name?: unknown } | undefined)?.name === 'NotHeardYet';

/**
 * A log for the SDK, which writes in ours.
 * @param askedAgain - hears of each Query that failed to be asked again, and was no failure of the workflow
 */
export function sdkLog(log: Logger, askedAgain: () => void = () => undefined): SdkLogger {
  return new DefaultLogger('WARN', ({ level, message, meta = {} }) => {
    if (isAskedAgain(meta)) askedAgain();
    log[levelOf(level, message, meta)](saidOf(meta), message);
  });
}

function levelOf(level: LogLevel, message: string, meta: LogMetadata): Level {
  if (ofNoConcern.has(message) || isAskedAgain(meta)) return 'debug';
  const { error, attempt, isLocal } = meta;
  if (message === activityFailed) {
    // It was tried at once, and once; a regular activity decides about it and says so (workflows/ask-at-once.ts).
    if (isLocal) return 'debug';
    // It is tried again, for days where a partner is down: said at attempts 1, 2, 4, 8, …
    if (isTriedAgain(error) && !isPowerOfTwo(Number(attempt))) return 'debug';
  }
  return level === 'ERROR' ? 'error' : 'warn';
}

const isTriedAgain = (error: unknown): boolean =>
  !(error instanceof ApplicationFailure && error.nonRetryable === true);

const isPowerOfTwo = (attempt: number): boolean => !(attempt > 0) || Number.isInteger(Math.log2(attempt));

function saidOf(meta: LogMetadata): Record<string, unknown> {
  const { workflowId, workflowType, runId, workflowRunId, activityType, activityId, attempt, error } = meta;
  return {
    workflow: workflowId,
    type: workflowType,
    // Core knows its runs by no other name.
    ...(workflowId === undefined && { run: runId ?? workflowRunId }),
    activity: activityType,
    activityId,
    attempt,
    failure: failureOf(error),
  };
}

/** Its type, such as PartnerUnreachable; of what wraps another failure, that of the first one that has a type. */
function failureOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  for (let each: unknown = error; each instanceof Error; each = each.cause)
    if (each instanceof ApplicationFailure && each.type) return codeOf(each.type);
  return codeOf(error.name);
}

const codeOf = (name: string): string | undefined => (/^\w{1,60}$/.test(name) ? name : undefined);
