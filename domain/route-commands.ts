/** What people decide about a route as a whole: hold, go on, hand over, end early, take over later rules. */
import type { TermSource } from '../contracts/views.ts';
import type { CommandOf } from './command.ts';
import { ask, canAsk } from './commitments.ts';
import { ending } from './finish-step.ts';
import { resumed } from './hold.ts';
import { passMoments } from './moments.ts';
import { adoptedIntake } from './intake-terms.ts';
import { Refused } from './refusal.ts';
import { askingRound } from './round.ts';
import { changed, type RouteState } from './route-state.ts';
import { sourceOf, type RouteRules } from './rules.ts';
import { attemptAt } from './step-transitions.ts';
import { stepIds, steps as catalogue } from './steps.ts';

/** Lets all terms stand still until a moment. */
export function hold(
  state: RouteState,
  { until, reason: note }: CommandOf<'hold'>,
  by: string,
  now: string,
): RouteState {
  if (state.hold) throw new Refused('already-on-hold', 'The route is on hold already.');
  if (until <= now) throw new Refused('hold-in-the-past', 'A hold ends in the future.');
  const entry = { what: 'hold-began', by, dueAt: until, note };
  // What has passed by now has passed, also when the timer comes to it only after this.
  return changed(passMoments(state, now), now, entry, { hold: { since: now, until, by } });
}

/** Ends the hold before its time; the terms go on where they stood. */
export function goOn(state: RouteState, by: string, now: string): RouteState {
  if (!state.hold) throw new Refused('not-on-hold', 'The route is not on hold.');
  return resumed(state, by, now);
}

/**
 * Has the parties of a deadlock asked once more, after a round that came to nothing.
 * @throws Refused when the parties do not wait for each other, or are being asked already
 */
export function askCommitments(
  state: RouteState,
  { reason: note }: CommandOf<'ask-commitments'>,
  by: string,
  now: string,
): RouteState {
  if (!state.impasse)
    throw new Refused('no-deadlock', 'The parties of this route do not wait for each other.');
  if (askingRound(state)) throw new Refused('round-under-way', 'The parties are being asked already.');
  const told = changed(state, now, { what: 'deadlock-taken-up', by, reason: state.impasse.name, note }, {});
  if (!canAsk(state, state.impasse))
    throw new Refused(
      'not-promisable',
      'Under the cooperation agreement not every party may be asked for its part.',
    );
  return ask(told, state.impasse, by, now);
}

/** Another case manager owns the route from now on. */
export function changeCaseManager(
  state: RouteState,
  { caseManager, reason: note }: CommandOf<'change-case-manager'>,
  by: string,
  now: string,
): RouteState {
  if (caseManager === state.caseManager)
    throw new Refused('same-case-manager', 'This case manager owns the route already.');
  const entry = { what: 'case-manager-changed', by, reason: caseManager, ...(note && { note }) };
  return changed(state, now, entry, { caseManager });
}

/** Ends the route before its time: open requests are withdrawn, the file is handed over. */
export function closeEarly(
  state: RouteState,
  { reason: note }: CommandOf<'close-early'>,
  by: string,
  now: string,
): RouteState {
  return ending(state, 'closed-early', { by, note }, now);
}

/**
 * Takes over a later rule set for the steps to come; dates that were set under the earlier one stand. A period that the
 * earlier set did not know has none, and gets one, from the day on which it began.
 */
export function adoptRules(
  state: RouteState,
  { rules, reason: note }: CommandOf<'adopt-rules'>,
  by: string,
  now: string,
): RouteState {
  const weighing = ({ terms, norms, concerns }: RouteRules) => JSON.stringify([terms, norms, concerns]);
  if (weighing(rules) === weighing(state.rules))
    throw new Refused('same-rules', 'The route is under these rules already.');
  const sourced = <T extends { rule?: string; source?: TermSource }>(each: T): T =>
    each.rule && !each.source ? { ...each, source: sourceOf(state.rules, each.rule) } : each;
  const steps = Object.fromEntries(
    Object.entries(state.steps).map(([id, record]) => [
      id,
      { ...sourced(record), ...(record.ongoing && { ongoing: sourced(record.ongoing) }) },
    ]),
  );
  const { homePromise } = state;
  const entry = { what: 'rules-adopted', by, reason: `${rules.set} ${rules.version}`, note };
  const sourcedState = { ...state, timeline: state.timeline.map(sourced) };
  const promise = homePromise && { homePromise: sourced(homePromise) };
  const intake = adoptedIntake(state, rules);
  const next = changed(sourcedState, now, entry, { rules, steps, ...promise, ...intake });
  return { ...next, steps: { ...steps, ...datedPeriods(next) } };
}

function datedPeriods(state: RouteState): RouteState['steps'] {
  const undated = stepIds.filter((id) => {
    const record = state.steps[id];
    return catalogue[id].kind === 'period' && record?.status === 'open' && !record.dueAt;
  });
  return Object.fromEntries(
    undated.map((id) => [id, attemptAt(state, id, state.steps[id]!.attempt, state.steps[id]!.since)]),
  );
}
