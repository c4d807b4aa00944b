/**
 * The temporary provision: in an emergency the municipality gives it at once, until the decision on the application
 * (Wmo 2015 art. 2.3.3). No step: nothing waits for it, and no partner is asked.
 */
import type { ProvisionReason } from '../contracts/vocabulary.ts';
import type { CommandOf } from './command.ts';
import { Refused } from './refusal.ts';
import { changed, isPassed, type RouteState } from './route-state.ts';

/** What obliges the municipality to it. */
export const provisionBasis = 'Wmo 2015 art. 2.3.3';

export interface TemporaryProvision {
  /** ISO 8601, UTC. */
  readonly since: string;
  /** When the decision was taken, or the route ended without one; left out: it runs. */
  readonly until?: string;
  readonly reason: ProvisionReason;
  readonly by: string;
}

/**
 * Begins it.
 * @throws Refused provision-runs, decision-taken
 */
export function beginProvision(
  state: RouteState,
  { reason, note }: CommandOf<'begin-provision'>,
  by: string,
  now: string,
): RouteState {
  if (isRunning(state.provision)) throw new Refused('provision-runs', 'A temporary provision runs already.');
  const decision = state.steps['intake.decision'];
  if (isPassed(decision) || decision?.status === 'refused')
    throw new Refused('decision-taken', 'The decision was taken: nothing temporary goes before it.');
  const entry = { what: 'provision-began', by, reason, ...(note && { note }) };
  return changed(state, now, entry, { provision: { since: now, reason, by } });
}

/** The decision takes its place, or the route ends. */
export function provisionEnded(state: RouteState, now: string): RouteState {
  if (!state.provision || !isRunning(state.provision)) return state;
  const entry = { what: 'provision-ended', by: 'calendar' };
  return changed(state, now, entry, { provision: { ...state.provision, until: now } });
}

const isRunning = (provision: TemporaryProvision | undefined): boolean =>
  provision !== undefined && provision.until === undefined;
