/** A route that has come to Critical Time Intervention, for tests of the domain: without stages, as they would walk it. */
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { nextMoment, passMoments } from '../../domain/moments.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { settled } from '../../domain/settle.ts';
import { reach } from '../../domain/step-transitions.ts';
import { aRoute, daysLater, now } from './a-route.ts';

const done = { status: 'done', attempt: 1, since: now, closedAt: now } as const;

/** The keys were handed over: the clock has started. */
export const movedIn = (known: Partial<RouteState> = {}): RouteState =>
  walked({ ...aRoute(), steps: { 'housing.key-handover': done, 'cti.pre-cti': done }, ...known });

const steps = ['cti.transition', 'cti.try-out', 'cti.transfer-of-care', 'cti.transfer-meeting'] as const;

/** What the stage would come to now. */
function walked(state: RouteState): RouteState {
  const at = state.changedAt;
  const next = steps.find((id) => !['done', 'skipped'].includes(state.steps[id]?.status ?? ''));
  return next ? settled(state, reach(state, next, at), at) : state;
}

/** The route so many days after its start, moment by moment: what has passed has passed, and what comes next has opened. */
export function after(days: number, from: RouteState): RouteState {
  const state = walked(from);
  const moment = nextMoment(state);
  if (!moment || moment > daysLater(days)) return state;
  return after(days, settled(state, passMoments(state, moment), moment));
}

let given = 0;
/** Gives a command on a day. */
export function give(state: RouteState, command: Command, days = 0, by = 'cm-17'): RouteState {
  const actor = { subject: by, role: 'case-manager' } as const;
  const envelope = { id: `${by}:${(given += 1)}`, fingerprint: 'f', actor, command };
  return settled(state, carryOut(state, envelope, daysLater(days)), daysLater(days));
}

/** The day so many days after the start of the route. */
export const dayLater = (days: number): string => daysLater(days).slice(0, 10);
