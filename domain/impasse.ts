/** The deadlock in a route: which of its parties wait for each other, for what, and since when. */
import type { Fact, PartnerParty } from '../contracts/vocabulary.ts';
import { yieldersOf } from './agreement.ts';
import { deadlocksAmong, FREE, type Wait } from './deadlock.ts';
import { missingFacts } from './facts.ts';
import { isPassed, type RouteState } from './route-state.ts';
import { isOutside, type StepId } from './steps.ts';
import { stepIdsOf, stepOf } from './template.ts';

/** One party of a deadlock: the step it does not begin, what it wants first, and what the others want of it. */
export interface Member {
  readonly stepId: StepId;
  readonly party: PartnerParty;
  readonly wants: readonly Fact[];
  readonly owes: readonly Fact[];
}

/** Parties that wait for each other. */
export interface Impasse {
  /** The facts that all of them wait for, in the order of the alphabet: the same impasse has the same name. */
  readonly name: string;
  readonly since: string;
  readonly members: readonly Member[];
}

/** The deadlocks of a route that outside parties can break, in the order of the process. Only where an agreement holds. */
export function impassesOf(state: RouteState): readonly Impasse[] {
  if (!state.agreement || state.ending) return [];
  const waits = blockedSteps(state).map((stepId): Wait => {
    const missing = missingFacts(state, stepId).map((fact) => bringersOf(state, fact));
    return { id: stepId, missing };
  });
  return deadlocksAmong(waits).flatMap((among) => impasseAmong(state, among as StepId[]) ?? []);
}

function blockedSteps(state: RouteState): StepId[] {
  return stepIdsOf(state).filter(
    (stepId) =>
      state.steps[stepId]?.status === 'blocked' &&
      !isSetAside(state, stepId) &&
      !state.notNeeded.includes(stepOf(state, stepId).track),
  );
}

function impasseAmong(state: RouteState, among: readonly StepId[]): Impasse | undefined {
  const wantedOf = (stepId: StepId) =>
    missingFacts(state, stepId).filter((fact) =>
      bringersOf(state, fact).some((by) => among.includes(by as StepId)),
    );
  const wanted = new Set(among.flatMap(wantedOf));
  const members = among.flatMap((stepId): Member[] => {
    const { party } = stepOf(state, stepId);
    if (!isOutside(party)) return [];
    const owes = [...wanted].filter((fact) => bringersOf(state, fact).includes(stepId));
    return [{ stepId, party, wants: wantedOf(stepId), owes }];
  });
  if (members.length !== among.length) return undefined; // what a case manager or the calendar does, nobody promises
  const since = among
    .map((stepId) => state.steps[stepId]!.since)
    .sort()
    .at(-1)!;
  return { name: [...wanted].sort().join('+'), since, members };
}

/**
 * Who could bring a fact about: the blocked step that holds the step up which yields it, or `free` when that one is
 * under way, or the process still comes to it. One that was refused brings nothing until somebody asks it again.
 */
function bringersOf(state: RouteState, fact: Fact): readonly string[] {
  return yieldersOf(state, fact).flatMap((stepId) => {
    const { track, byCommand } = stepOf(state, stepId);
    // What only a person begins brings nothing until somebody did.
    if (state.notNeeded.includes(track) || (byCommand && !state.steps[stepId])) return [];
    if (state.steps[stepId] && !isSetAside(state, stepId)) return bringerOf(state, stepId);
    const all = stepIdsOf(state);
    const before = all
      .slice(0, all.indexOf(stepId))
      .filter((id) => stepOf(state, id).track === track && state.steps[id] && !isPassed(state.steps[id]))
      .filter((id) => !isSetAside(state, id));
    return before.length === 0 ? [FREE] : before.flatMap((id) => bringerOf(state, id));
  });
}

/** The process comes to it in its turn, and what holds that up is before it. */
const isSetAside = (state: RouteState, stepId: StepId): boolean =>
  state.steps[stepId]?.status === 'blocked' && state.steps[stepId].aside === true;

function bringerOf(state: RouteState, stepId: StepId): readonly string[] {
  const status = state.steps[stepId]?.status;
  if (status === 'blocked') return [stepId];
  return status === 'refused' || status === 'withdrawn' ? [] : [FREE];
}
