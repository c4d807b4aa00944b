/** The activities of a partner's outage: holding the routes that wait on it, and letting them go on. */
import { knows } from '../domain/edition.ts';
import { holdCommandId, holderOf, isHeldBy, standsTo, type Outage } from '../domain/operations/outage.ts';
import { operationsEnvelope, type RepairOutcome } from '../domain/operations/repair.ts';
import { paced, type Pace } from './operations-pace.ts';
import { outcomeOf, type OperationsPorts } from './operations-ports.ts';

/** An outage, and the routes that are looked at now. */
export interface OutagePart {
  readonly outage: Outage;
  readonly pace: Pace;
  readonly routeIds: readonly string[];
}

/**
 * What became of a route. `held`: by this outage. `left`: somebody else decided about it. `gone-on`: it is held no more.
 * `unreached`: to be tried again. `refused`: it is ending or has ended.
 */
export type OutageOutcome = 'held' | 'left' | 'gone-on' | 'refused' | 'unreached';

export interface OutageActivities {
  readonly 'outage.hold': (part: OutagePart) => Promise<readonly OutageOutcome[]>;
  /** @param by - who ended it */
  readonly 'outage.let-go': (part: OutagePart, by: string) => Promise<readonly OutageOutcome[]>;
}

export function createOutageActivities(ports: OperationsPorts): OutageActivities {
  return {
    'outage.hold': ({ routeIds, pace, outage }) =>
      paced(routeIds, pace, (routeId) => reached(() => holdOne(ports, outage, routeId))),
    'outage.let-go': ({ routeIds, pace, outage }, by) =>
      paced(routeIds, pace, (routeId) => reached(() => letGoOne(ports, outage, by, routeId))),
  };
}

async function holdOne(ports: OperationsPorts, outage: Outage, routeId: string): Promise<OutageOutcome> {
  const before = await ports.stateOf(routeId);
  const stands = standsTo(before, outage);
  // Its hold is of before the end was moved, and is over in a moment: then it is held again, if it still waits.
  if (stands === 'held' && before.hold?.until !== outage.until) return 'unreached';
  if (stands !== 'to-hold') return stands;
  const reason = await ports.seal(routeId, outage.reason);
  const command = { kind: 'hold', until: outage.until, reason } as const;
  const envelope = operationsEnvelope(holdCommandId(outage, routeId), holderOf(outage), command);
  const { outcome } = await ports.give(routeId, envelope);
  if (outcome === 'done') return 'held';
  if (outcome === 'unreached') return outcome;
  // Somebody was first: how it stands now counts, rather than what was asked.
  const state = await ports.stateOf(routeId);
  return state.hold ? (isHeldBy(state, outage) ? 'held' : 'left') : 'refused';
}

/** Lets a route go on only as it was looked at: whoever holds it in between keeps it. */
async function letGoOne(
  ports: OperationsPorts,
  outage: Outage,
  by: string,
  routeId: string,
): Promise<OutageOutcome> {
  for (let tries = 5; tries > 0; tries -= 1) {
    const state = await ports.stateOf(routeId);
    if (!isHeldBy(state, outage)) return state.hold ? 'left' : 'gone-on';
    const subject = holderOf({ by, party: outage.party });
    const envelope = operationsEnvelope(`${holdCommandId(outage, routeId)}:end`, subject, { kind: 'go-on' });
    const ifRevision = knows(state, 10) ? { ifRevision: [state.revision] } : {};
    const answer: RepairOutcome = await ports.give(routeId, { ...envelope, ...ifRevision });
    if (answer.outcome === 'done') return 'gone-on';
    if (answer.outcome === 'unreached') return 'unreached';
    if (answer.kind !== 'route-changed' && answer.kind !== 'not-on-hold') return 'refused';
  }
  return 'unreached';
}

async function reached(act: () => Promise<OutageOutcome>): Promise<OutageOutcome> {
  let done: OutageOutcome | undefined;
  const { outcome } = await outcomeOf(async () => {
    done = await act();
    return { outcome: 'done' };
  });
  return outcome === 'done' ? done! : outcome;
}
