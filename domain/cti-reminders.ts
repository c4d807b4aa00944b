/**
 * That a case is to be discussed: in the team supervision, and in a review of its own (CTI: a weekly team supervision, a
 * review of every case). Told time and again while the clock of CTI runs, where the route's rules have an interval for it.
 */
import { clockStart, ctiStepOf, isUnderClock, withCti, type Reminder, type ReminderNorm } from './cti.ts';
import type { Notice } from './outbox.ts';
import { changed, type RouteState } from './route-state.ts';
import { normOf } from './rules.ts';
import { endOfTerm } from './terms.ts';

const kindOf = {
  'cti.supervision': 'team-supervision',
  'cti.case-review': 'case-review',
} as const satisfies Record<ReminderNorm, Notice['kind']>;

const reminderNorms = Object.keys(kindOf) as readonly ReminderNorm[];

/** Sets the first reminder of each kind once the clock runs: what follows after any change by itself. */
export function withReminders(state: RouteState): RouteState {
  const start = clockStart(state);
  if (!start || !state.rules.norms || !isUnderClock(state)) return state;
  const missing = reminderNorms.filter((norm) => normOf(state.rules, norm) && !state.cti?.reminders?.[norm]);
  if (missing.length === 0) return state;
  const begun = missing.map((norm) => [norm, { at: nextAfter(state, norm, start), nth: 1 }]);
  return {
    ...state,
    ...withCti(state, { reminders: { ...state.cti?.reminders, ...Object.fromEntries(begun) } }),
  };
}

/** The reminders that are still to come, each with how it passes. */
export function remindersOf(
  state: RouteState,
): { at: string; pass: (state: RouteState, now: string) => RouteState }[] {
  if (!state.cti?.reminders || !isUnderClock(state)) return [];
  return reminderNorms.flatMap((norm) => {
    const reminder = state.cti?.reminders?.[norm];
    if (!reminder || !normOf(state.rules, norm)) return [];
    return [{ at: reminder.at, pass: (current, now) => reminded(current, norm, reminder, now) }];
  });
}

/** Of several that a machine was late for, or that a hold held up, there is one. */
function reminded(state: RouteState, norm: ReminderNorm, { at, nth }: Reminder, now: string): RouteState {
  const { norm: rule, ruleSet, version, basis } = normOf(state.rules, norm)!;
  const kind = kindOf[norm];
  const stepId = ctiStepOf(state);
  const notice: Notice = {
    what: 'notice',
    key: `${state.routeId}:${kind}:${nth}`,
    kind,
    to: 'case-manager',
    stepId,
    dueAt: at,
    rule,
    source: { rule, ruleSet, version, basis },
  };
  let next = nextAfter(state, norm, at);
  if (next <= now) next = nextAfter(state, norm, now);
  const reminders = { ...state.cti?.reminders, [norm]: { at: next, nth: nth + 1 } };
  const outbox = [...state.outbox, notice];
  const entry = { what: kind, by: 'calendar', stepId };
  return changed(state, now, entry, { ...withCti(state, { reminders }), outbox });
}

/** One interval further: with the end of its last day, where it is in days or more. */
function nextAfter(state: RouteState, norm: ReminderNorm, from: string): string {
  const { calendar } = state.rules;
  const limit = String(normOf(state.rules, norm)!.value);
  return endOfTerm(from, { limit, kind: 'sector' }, calendar);
}
