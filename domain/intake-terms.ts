/**
 * From when the intake's statutory terms count: the investigation from the report (Wmo 2015 art. 2.3.2(1)), the decision
 * from the receipt of the application (art. 2.3.5(2)), whenever the steps themselves begin. Where nobody says when the
 * application came, it came when the investigation ended: its signed account is taken for one [assumed].
 */
import type { CommandOf } from './command.ts';
import type { Begin } from './follow.ts';
import { Refused } from './refusal.ts';
import { changed, isPassed, withStep, type RouteState } from './route-state.ts';
import type { RouteRules } from './rules.ts';
import type { StepId } from './steps.ts';
import { escalationOf, momentWithin, shiftedEnd, termFor, type Term } from './terms.ts';

/** A term that runs whether its step has begun or not: ISO 8601 moments, UTC. */
export interface FixedTerm {
  readonly since: string;
  readonly dueAt: string;
}

/** Left out of routes that began before these moments were known: their terms count from each step's beginning. */
export interface IntakeTerms {
  /** The report (melding), and by when it is to have been investigated. */
  readonly report?: FixedTerm;
  /** The application (aanvraag), and by when it is to be decided on. */
  readonly application?: FixedTerm;
}

const investigation = 'intake.investigation';
const decision = 'intake.decision';

/** The term of a report; undefined where the rules have none. */
export const reported = (rules: RouteRules, since: string): FixedTerm | undefined =>
  fixed(rules, investigation, since);

function fixed(rules: RouteRules, rule: string, since: string): FixedTerm | undefined {
  const term = termFor(rules, rule, { from: since });
  return term && { since, dueAt: term.dueAt };
}

/** The term that runs already for the first attempt at a step; what was answered once has a term of its own. */
export function runningTerm(state: RouteState, rule: string, attempt: number): FixedTerm | undefined {
  if (attempt > 1) return undefined;
  return rule === investigation ? state.report : rule === decision ? state.application : undefined;
}

/** Its dates for a step that begins now: nobody is reminded of what was before that. */
export function datesOf({ rules }: RouteState, { since, dueAt }: FixedTerm, now: string): Term {
  const moments = rules.reminderShares.map((share) => momentWithin(since, dueAt, share));
  return {
    dueAt,
    remindAt: moments.filter((moment) => moment > now),
    escalateAt: escalationOf(rules, dueAt),
  };
}

/** The time for a personal plan begins with the report (Wmo 2015 art. 2.3.2(2)). */
export function beginOfPlan({ report, steps }: RouteState, stepId: StepId): Begin | undefined {
  return stepId === 'intake.personal-plan' && report && !steps[stepId] ? { from: report.since } : undefined;
}

/**
 * Records when the application was received, in place of what was recorded before. A decision that is waited for is due
 * by it.
 * @throws Refused decision-taken, application-before-report
 */
export function recordApplication(
  state: RouteState,
  { receivedAt }: CommandOf<'record-application'>,
  by: string,
  now: string,
): RouteState {
  const record = state.steps[decision];
  if (isPassed(record) || record?.status === 'refused')
    throw new Refused('decision-taken', 'The decision on the application was taken.');
  if (state.report && receivedAt < state.report.since)
    throw new Refused(
      'application-before-report',
      'An application follows the report (Wmo 2015 art. 2.3.2(9)).',
    );
  const application = fixed(state.rules, decision, receivedAt);
  const told = changed(
    state,
    now,
    { what: 'application-received', by, dueAt: receivedAt },
    { ...(application && { application }) },
  );
  if (record?.status !== 'open' || !application) return told;
  const { reminded: _, overdue: __, source: ___, ...rest } = record;
  const dated = { ...rest, rule: decision, termSince: receivedAt, ...datesOf(state, application, now) };
  return { ...told, ...withStep(told, decision, dated) };
}

/** They stand still during a hold as the terms of steps do. @param ms - for how long, by when the term began */
export function shiftedIntake(
  { report, application, rules }: RouteState,
  holdSince: string,
  ms: (since: string) => number,
): IntakeTerms {
  const shift = (term: FixedTerm, rule: string): FixedTerm =>
    term.dueAt < holdSince
      ? term
      : { ...term, dueAt: shiftedEnd(term.dueAt, ms(term.since), rules.calendar, rules.terms[rule]) };
  return {
    ...(report && { report: shift(report, investigation) }),
    ...(application && { application: shift(application, decision) }),
  };
}

/** Under rules that are taken over, for what has not begun: with another limit by that, and as long on hold as before. */
export function adoptedIntake(
  { report, application, rules: before }: RouteState,
  rules: RouteRules,
): IntakeTerms {
  const adopted = (term: FixedTerm, rule: string): FixedTerm => {
    const [old, own] = [fixed(before, rule, term.since), fixed(rules, rule, term.since)];
    if (!old || !own || old.dueAt === own.dueAt) return term;
    const held = Date.parse(term.dueAt) - Date.parse(old.dueAt);
    return { ...own, dueAt: shiftedEnd(own.dueAt, held, rules.calendar, rules.terms[rule]) };
  };
  return {
    ...(report && { report: adopted(report, investigation) }),
    ...(application && { application: adopted(application, decision) }),
  };
}
