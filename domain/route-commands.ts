/** What people decide about a route as a whole: hold, go on, hand over, end early, take over later rules. */
import { absenceOf, refuseUnlessAbsent, toldOfBenefit } from './absence.ts';
import { underRules } from './adopted-rules.ts';
import type { CommandOf } from './command.ts';
import { ask, canAsk } from './commitments.ts';
import { withoutConcerns } from './concern-commands.ts';
import { knows } from './edition.ts';
import { ending } from './finish-step.ts';
import { resumed } from './hold.ts';
import { passMoments } from './moments.ts';
import { Refused } from './refusal.ts';
import { askingRound } from './round.ts';
import { changed, type RouteState } from './route-state.ts';
import type { RouteRules } from './rules.ts';
import { whyOf } from './why.ts';

/** Lets all terms stand still until a moment, or until somebody is found. @throws Refused already-on-hold, hold-in-the-past */
export function hold(
  state: RouteState,
  { until, absence, ...command }: CommandOf<'hold'>,
  by: string,
  now: string,
): RouteState {
  if (state.hold) throw new Refused('already-on-hold', 'The route is on hold already.');
  if (until !== undefined && until <= now)
    throw new Refused('hold-in-the-past', 'A hold ends in the future.');
  const own = absenceOf(state, absence, now);
  const entry = {
    what: 'hold-began',
    by,
    ...whyOf(command),
    ...(own.kind && { reason: own.kind }),
    ...(until && { dueAt: until }),
  };
  // What has passed by now has passed, also when the timer comes to it only after this.
  const next = changed(passMoments(state, now), now, entry, {
    hold: { since: now, ...(until && { until }), by, ...own },
  });
  return own.kind === 'detained' ? toldOfBenefit(next) : next;
}

/** Ends the hold before its time; the terms go on where they stood. */
export function goOn(
  state: RouteState,
  { reason, because }: CommandOf<'go-on'>,
  by: string,
  now: string,
): RouteState {
  if (!state.hold) throw new Refused('not-on-hold', 'The route is not on hold.');
  return resumed(state, by, now, { ...(reason && { note: reason }), ...(because && { reason: because }) });
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

/** Something worth remembering; who decides about the route can read it in the timeline. */
export function addNote(
  state: RouteState,
  { note }: CommandOf<'add-note'>,
  by: string,
  now: string,
): RouteState {
  return changed(state, now, { what: 'note-added', by, note }, {});
}

/**
 * Ends the route before its time: open requests are withdrawn, the file is handed over.
 * @throws Refused absence-not-so, absence-too-short
 */
export function closeEarly(
  state: RouteState,
  { reason: note, ending: how = 'closed-early' }: CommandOf<'close-early'>,
  by: string,
  now: string,
): RouteState {
  refuseUnlessAbsent(state, how, now);
  const going = how === 'deceased' && knows(state, 7) ? withoutConcerns(state, now) : state;
  if (!state.ending) return ending(going, how, { by, note }, now);
  return changed(going, now, { what: 'route-ending', by, reason: how, note }, { ending: how });
}

/** Takes over a later rule set for the steps to come. @throws Refused same-rules */
export function adoptRules(
  state: RouteState,
  { rules, reason: note }: CommandOf<'adopt-rules'>,
  by: string,
  now: string,
): RouteState {
  const weighing = ({ terms, norms, concerns }: RouteRules) => JSON.stringify([terms, norms, concerns]);
  if (weighing(rules) === weighing(state.rules))
    throw new Refused('same-rules', 'The route is under these rules already.');
  const entry = { what: 'rules-adopted', by, reason: `${rules.set} ${rules.version}`, note };
  return underRules(state, rules, entry, now);
}
