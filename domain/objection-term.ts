/** The terms around an objection: until when it can be lodged, and by when it is to be decided on. */
import { knows } from './edition.ts';
import { noticeOf } from './outbox.ts';
import { changed, withStep, type RouteState, type StepRecord } from './route-state.ts';
import { lodgingRule, objectionRule, sourceOf } from './rules.ts';
import type { StepId } from './steps.ts';
import { stepIdsOf, stepOf } from './template.ts';
import { momentWithin, termFor } from './terms.ts';

/**
 * Until when the person can object to a refusal, or appeal from what was decided on an objection (Awb art. 6:7 sets both;
 * art. 6:8: from the day after the decision). It counts from when the route heard of the refusal, and no hold moves it: it
 * is the person's own term towards that body.
 * @returns undefined where the route's rules are older than this term
 */
export const lodgeBy = (state: RouteState, { closedAt }: StepRecord): string | undefined =>
  closedAt && termFor(state.rules, lodgingRule, { from: closedAt })?.dueAt;

/** Notices about a refusal go to who speaks with the person. */
const kind = 'objection-due-soon' as const;

/**
 * When the case manager hears that the person can't object or appeal for much longer: after the last share of that term
 * after which anybody is reminded. Once for each refusal; a hold does not move it, as it does not move the term.
 */
export function lodgingMoments(state: RouteState): {
  at: string;
  of: StepId;
  pass: (state: RouteState, now: string) => RouteState;
}[] {
  if (state.ending || !knows(state, 7)) return [];
  return stepIdsOf(state).flatMap((stepId) => {
    const record = state.steps[stepId];
    if (record?.status !== 'refused' || record.lodgeTold || !stepOf(state, stepId).decision) return [];
    const until = lodgeBy(state, record);
    if (!until) return [];
    const at = momentWithin(record.closedAt!, until, state.rules.reminderShares.at(-1) ?? 1);
    return [
      { at, of: stepId, pass: (now: RouteState, moment: string) => lodgeTold(now, stepId, until, moment) },
    ];
  });
}

function lodgeTold(state: RouteState, stepId: StepId, dueAt: string, now: string): RouteState {
  const record = state.steps[stepId]!;
  const known = { ...state, ...withStep(state, stepId, { ...record, lodgeTold: true }) };
  if (now > dueAt) return changed(known, now, undefined, {}); // its run is of before there was this
  const of = { ...record, dueAt, rule: lodgingRule, source: sourceOf(state.rules, lodgingRule) };
  const notices = noticeOf(known, stepId, of, { kind, to: 'case-manager' });
  const entry = { what: kind, by: 'calendar', stepId, attempt: record.attempt, dueAt, rule: lodgingRule };
  return changed(known, now, entry, { outbox: [...known.outbox, ...notices] });
}

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
