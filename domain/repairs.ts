/** Repair by hand: ask again, skip, complete, open a track again. Each is recorded with who, when and why. */
import { hangingOn } from './accepted-home.ts';
import type { CommandOf } from './command.ts';
import { refuseEarlyDischarge } from './cti-clock.ts';
import { closedByHand } from './finish-step.ts';
import { keptForGood } from './home-promise.ts';
import { keysKept } from './moves.ts';
import { Refused } from './refusal.ts';
import { changed, isPassed, isRunning, withStep, type RouteState, type StepRecord } from './route-state.ts';
import { again, rewound } from './step-transitions.ts';
import { isStepId, type StepId } from './steps.ts';
import { takenBack } from './track-owner.ts';
import { stepIdsOf, stepOf } from './template.ts';
import { whyOf } from './why.ts';

function recordOf(state: RouteState, stepId: string): { stepId: StepId; record: StepRecord } {
  const record = isStepId(stepId) ? state.steps[stepId] : undefined;
  if (!isStepId(stepId) || !record)
    throw new Refused('step-not-open', `The route has not come to a step ${stepId}.`);
  return { stepId, record };
}

/**
 * The home that these keys opened was lived in, and another is to come: the move stays counted, the promise kept.
 * @returns what changes of the route; nothing where no keys were handed over, or only their handover is done anew
 */
const homeLeft = (state: RouteState, aside: readonly StepId[]): Pick<RouteState, 'moves' | 'homePromise'> =>
  aside.includes('housing.key-handover') ? { ...keysKept(state), ...keptForGood(state) } : {};

/**
 * Does a step anew: its outcome is set aside, the attempt counts up, the partner is asked under a new key. What hangs on
 * it is set aside with it: another home needs a contract and keys of its own.
 * @throws Refused for a step that the route has not come to, or that is blocked or runs by itself
 */
export function redo(
  state: RouteState,
  command: CommandOf<'redo' | 'skip'>,
  by: string,
  now: string,
): RouteState {
  const { stepId, record } = recordOf(state, command.stepId);
  const entry = { what: 'step-redone', by, stepId, attempt: record.attempt, ...whyOf(command) };
  const also = hangingOn(state, stepId);
  const own = takenBack(state, stepOf(state, stepId).track);
  const told = changed(own, now, entry, isPassed(record) ? homeLeft(state, also) : {});
  if (isPassed(record)) return rewound(told, [stepId, ...also], now);
  // New facts are a new application (Awb art. 4:6), and a body may take back its own refusal.
  const isRefusedApplication = stepId === 'intake.decision' && record.status === 'refused';
  if (!isRunning(record) || (stepOf(state, stepId).kind !== 'request' && !isRefusedApplication))
    throw new Refused(
      'step-not-redoable',
      `Step ${stepId} is ${record.status}; it can't be asked again now.`,
    );
  return again(told, stepId, now);
}

/**
 * Skips a step: the first call asks, the second, by somebody else, confirms (four eyes).
 * @throws Refused for an essential step, one that is passed, a period of CTI before its time, and a confirmation by who
 * asked
 */
export function skip(
  state: RouteState,
  command: CommandOf<'redo' | 'skip'>,
  by: string,
  now: string,
): RouteState {
  const { stepId, record } = recordOf(state, command.stepId);
  if (stepOf(state, stepId).essential)
    throw new Refused(
      'step-not-skippable',
      `Step ${stepId} can't be skipped: nothing else can take its place.`,
    );
  if (isPassed(record) || record.status === 'withdrawn')
    throw new Refused('step-not-skippable', `Step ${stepId} is ${record.status} already.`);
  refuseEarlyDischarge(state, stepId, now);
  if (record.skipAskedBy === by)
    throw new Refused('four-eyes', 'Somebody else has to confirm that this step is skipped.');
  if (!record.skipAskedBy) {
    const entry = { what: 'skip-asked', by, stepId, attempt: record.attempt, ...whyOf(command) };
    return changed(state, now, entry, withStep(state, stepId, { ...record, skipAskedBy: by }));
  }
  return closedByHand(
    state,
    { stepId, status: 'skipped', what: 'step-skipped', by, why: whyOf(command) },
    now,
  );
}

/**
 * Completes a step on a partner's behalf: it told its answer in another way.
 * @throws Refused for a step that no partner is asked, or that is not open
 */
export function completeByHand(
  state: RouteState,
  { stepId: id, result, ...command }: CommandOf<'complete'>,
  by: string,
  now: string,
): RouteState {
  const { stepId, record } = recordOf(state, id);
  if (stepOf(state, stepId).kind !== 'request' || stepId === 'housing.offer')
    throw new Refused('step-not-completable', `Step ${stepId} has a way of its own to be completed.`);
  if (isPassed(record) || record.status === 'blocked' || record.status === 'withdrawn')
    throw new Refused('step-not-completable', `Step ${stepId} is ${record.status}.`);
  const why = whyOf(command);
  return closedByHand(state, { stepId, status: 'done', what: 'completed-by-hand', by, why, result }, now);
}

/**
 * Opens a track again after a relapse, from a step on; what was reached elsewhere is kept.
 * @throws Refused for a track of which nothing was passed
 */
export function reopen(
  state: RouteState,
  { track, from, reason: note }: CommandOf<'reopen'>,
  by: string,
  now: string,
): RouteState {
  const ofTrack = stepIdsOf(state).filter((id) => stepOf(state, id).track === track);
  const start = from === undefined ? 0 : ofTrack.indexOf(from as StepId);
  // What only a person begins is not asked again with the rest of its track, unless it is what was meant.
  const fromThere = ofTrack
    .slice(Math.max(start, 0))
    .filter((id) => !stepOf(state, id).byCommand || id === from);
  const passed = fromThere.filter((id) => isPassed(state.steps[id]));
  if (start < 0 || passed.length === 0 || track === 'closure')
    throw new Refused('track-not-reopenable', `Nothing of track ${track} was passed from there on.`);
  const entry = { what: 'track-reopened', by, stepId: passed[0]!, reason: track, note };
  const notNeeded = state.notNeeded.filter((each) => each !== track);
  // What is under way further on is called off: it would go on beside the steps that come before it.
  const aside = fromThere.filter((id) => {
    const record = state.steps[id];
    return record && (isPassed(record) || isRunning(record));
  });
  const own = takenBack(state, track);
  return rewound(changed(own, now, entry, { notNeeded, ...homeLeft(state, aside) }), aside, now);
}
