/** What is the case manager's own to do in the intake: identify, decide. */
import type { CommandOf } from './command.ts';
import { ending, finished } from './finish-step.ts';
import { Refused } from './refusal.ts';
import { refusedApplication, refuseOwnObjection, staysOpen } from './refused-application.ts';
import { t } from './text.ts';
import { provisionEnded } from './temporary-provision.ts';
import { changed, isPassed, type RouteState } from './route-state.ts';

/** Who the person is (BSN, or Wmo 2015 art. 5.2.9(6)). */
export function identify(
  state: RouteState,
  { person }: CommandOf<'identify'>,
  by: string,
  now: string,
): RouteState {
  if (isPassed(state.steps['intake.identity']))
    throw new Refused('already-identified', 'The person has been identified already.');
  return finished(changed(state, now, undefined, { person }), 'intake.identity', by, now);
}

/** What the person wishes, in place of what was recorded before. It is the plan of their own that they have time for. */
export function recordWishes(
  state: RouteState,
  { wishes }: CommandOf<'record-wishes'>,
  by: string,
  now: string,
): RouteState {
  const told = changed(state, now, { what: 'wishes-recorded', by }, { wishes });
  const isWaitedFor = state.steps['intake.personal-plan']?.status === 'open';
  return isWaitedFor ? finished(told, 'intake.personal-plan', by, now) : told;
}

const decisionTaken = t(
  'Het besluit is al genomen; `redo` van intake.decision vraagt een nieuw besluit.',
  'The decision was taken already; `redo` of intake.decision asks for a new one.',
);
const decisionNotYet = t(
  'De intake is nog niet bij het besluit: `waits` zegt wat eraan voorafgaat.',
  'The intake is not at its decision yet: `waits` says what comes before it.',
);

/**
 * The decision on the application (Wmo 2015 art. 2.3.5(2)); what follows from a refusal: refused-application.ts. A grant
 * of something else than a direct own home needs a reason of its own (Housing First).
 */
export function decide(
  state: RouteState,
  { decision }: CommandOf<'decide'>,
  by: string,
  now: string,
): RouteState {
  const atDecision = state.steps['intake.decision'];
  if (atDecision?.status !== 'open')
    throw new Refused('decision-not-open', isPassed(atDecision) ? decisionTaken : decisionNotYet);
  if (decision.granted && decision.ladder && !decision.ladderReason)
    throw new Refused(
      'ladder-needs-reason',
      'This housing form is no direct own home: a step of the ladder needs a ladderReason.',
    );
  refuseOwnObjection(state, by);
  const decidedAt = waitsSince(state, now);
  const decided = { ...decision, by };
  const told = provisionEnded(changed(state, now, undefined, { decision: decided, decidedAt }), now);
  if (!decision.granted && staysOpen(told, now)) return refusedApplication(told, by, now);
  const done = finished(told, 'intake.decision', by, now);
  return decision.granted ? done : ending(done, 'not-granted', { by }, now);
}

/**
 * From when on the person waits for a home: the first decision, also where it is taken anew or an objection to it is
 * well-founded. New facts after a refusal are a new application, and count from what is decided on that.
 */
function waitsSince({ decidedAt = '', decision, steps }: RouteState, now: string): string {
  const isNew = decision?.granted === false && steps['intake.decision']?.objectsTo === undefined;
  return decidedAt && !isNew ? decidedAt : now;
}
