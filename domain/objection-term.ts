/** The terms around an objection: until when it can be lodged, and by when it is to be decided on. */
import type { RouteState, StepRecord } from './route-state.ts';
import { lodgingRule, objectionRule } from './rules.ts';
import type { StepId } from './steps.ts';
import { termFor } from './terms.ts';

/**
 * Until when the person can object to a refusal, or appeal from what was decided on an objection (Awb art. 6:7 sets both;
 * art. 6:8: from the day after the decision). It counts from when the route heard of the refusal, and no hold moves it: it
 * is the person's own term towards that body.
 * @returns undefined where the route's rules are older than this term
 */
export const lodgeBy = (state: RouteState, { closedAt }: StepRecord): string | undefined =>
  closedAt && termFor(state.rules, lodgingRule, { from: closedAt })?.dueAt;

/** Whether an attempt is an objection that nobody has answered: it stays one when it is asked once more. */
export const isObjecting = (record: StepRecord | undefined): boolean =>
  record?.objectsTo !== undefined && ['open', 'technical', 'blocked'].includes(record.status);

/** What an attempt at a step takes over where the one before it is an objection that nobody has answered. */
export const objectionOf = (record: StepRecord | undefined): Pick<StepRecord, 'objectsTo'> =>
  record?.objectsTo !== undefined && isObjecting(record) ? { objectsTo: record.objectsTo } : {};

/** The rule of the decision on an objection, and from when its term counts: the end of the term to lodge one (Awb art. 7:10(1)). */
export function beginOfObjection(
  state: RouteState,
  stepId: StepId,
  now: string,
): { rule: string; from: string } {
  const record = state.steps[stepId];
  const lodged = record?.status === 'refused' ? lodgeBy(state, record) : undefined;
  return { rule: objectionRule, from: lodged ?? now };
}
