/**
 * Objection (bezwaar) to a refusal of a public body: the step is asked again under its next attempt, marked as an
 * objection, so that partner, request and answer stay as they are. One to each refusal; from what is decided on it there
 * is an appeal to the court, which is no step of a route.
 */
import { localDay } from './calendar.ts';
import type { CommandOf } from './command.ts';
import { knows } from './edition.ts';
import { lodgeBy } from './objection-term.ts';
import { Refused } from './refusal.ts';
import { isRefusedForGood } from './refused-application.ts';
import { changed, type RouteState } from './route-state.ts';
import { isStepId } from './steps.ts';
import { again } from './step-transitions.ts';
import { stepOf } from './template.ts';

/**
 * Lodges an objection.
 * @throws Refused step-not-open, not-a-decision, step-not-refused, objection-decided, objection-too-late,
 * objection-before-decision
 */
export function objectTo(
  state: RouteState,
  { stepId, reason: note, lodgedOn }: CommandOf<'object'>,
  by: string,
  now: string,
): RouteState {
  const record = isStepId(stepId) ? state.steps[stepId] : undefined;
  if (!isStepId(stepId) || !record)
    throw new Refused('step-not-open', `The route has not come to a step ${stepId}.`);
  if (!stepOf(state, stepId).decision)
    throw new Refused('not-a-decision', `What step ${stepId} asks is no decision of a public body.`);
  // One that was lodged in time may be recorded when its term has passed.
  const isFinal = stepId === 'intake.decision' && isRefusedForGood(state);
  if (record.status !== 'refused' && !isFinal)
    throw new Refused('step-not-refused', `Step ${stepId} is ${record.status}: there is no refusal.`);
  if (record.objectsTo !== undefined)
    throw new Refused('objection-decided', 'The objection was decided on: what is left is an appeal.');
  const { calendar } = state.rules;
  const last = lodgeBy(state, record);
  if (last && (lodgedOn ? lodgedOn > localDay(last, calendar) : now > last))
    throw new Refused('objection-too-late', `It could be lodged until ${localDay(last, calendar)}.`);
  if (lodgedOn && lodgedOn < localDay(record.since, calendar) && knows(state, 8))
    throw new Refused('objection-before-decision', 'Nothing had been decided on that day.');
  const entry = { what: 'objection-lodged', by, stepId, attempt: record.attempt, note };
  return again(changed(state, now, entry, {}), stepId, now, { objectsTo: record.attempt });
}
