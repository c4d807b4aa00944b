/** What the file of a route says when it goes to the record system: codes and dates, nothing that anybody wrote. */
import type { Stage, Track } from '../contracts/vocabulary.ts';
import type { ConcernKind, ConcernOwner } from '../contracts/concern.ts';
import { handedOverText } from './concern-texts.ts';
import { concernsOf } from './concerns.ts';
import { lodgeBy } from './objection-term.ts';
import { isRefusedForGood } from './refused-application.ts';
import { isPassed, type Ending, type RouteState } from './route-state.ts';
import { steps, stepIds, type StepId } from './steps.ts';
import { trackOwners } from './track-owner.ts';

/** A stage that the route went through, and since when. ISO 8601, UTC. */
export interface PassedStage {
  readonly stage: Stage;
  readonly since: string;
}

export interface HandedOver {
  /** One of the two: what was handed over. */
  readonly concern?: ConcernKind;
  readonly track?: Track;
  readonly owner: ConcernOwner;
  /** The same in Dutch, for who reads the file. */
  readonly text: string;
}

export interface ToldOfClosure {
  /** In order; the last one is `closed`. */
  readonly stages?: readonly PassedStage[];
  readonly ending?: Ending;
  /** Who owned the route: an opaque id. */
  readonly caseManager?: string;
  /** What somebody else looks after from now on, and who. */
  readonly handedOver?: readonly HandedOver[];
}

/** Nothing for any other step than the file's own: each request says the least. */
export function toldOfClosure(state: RouteState, stepId: StepId): ToldOfClosure {
  if (stepId !== 'closure.file' || !state.ending) return {};
  const handedOver = handedOverOf(state);
  return {
    stages: stagesOf(state),
    ending: state.ending,
    caseManager: state.caseManager,
    ...(handedOver.length > 0 && { handedOver }),
  };
}

/** Tracks, and of concerns of each kind the latest owner. */
function handedOverOf(state: RouteState): HandedOver[] {
  const owners = concernsOf(state).flatMap(({ kind, owner }) => (owner ? [[kind, owner] as const] : []));
  return [
    ...trackOwners(state).map(([track, owner]) => ({
      track,
      owner,
      text: handedOverText(track, owner, 'nl'),
    })),
    ...[...new Map(owners)].map(([concern, owner]) => ({
      concern,
      owner,
      text: handedOverText(concern, owner, 'nl'),
    })),
  ];
}

/** Which step ends the stage before each: as `stageOf` in standing.ts has it. */
const begins: readonly (readonly [Stage, StepId])[] = [
  ['housing', 'intake.decision'],
  ['cti', 'housing.key-handover'],
  ['aftercare', 'cti.transfer-meeting'],
];

/**
 * The state keeps no list of stages: their dates are those of the steps that ended them, the first decision's where it
 * was taken anew. A stage that took no time (an application that was not granted is never looked for a home) is none.
 */
function stagesOf(state: RouteState): readonly PassedStage[] {
  const stages: PassedStage[] = [{ stage: 'intake', since: state.startedAt }];
  const add = (stage: Stage, at: string) => {
    const before = stages.at(-1)!.since;
    stages.push({ stage, since: at > before ? at : before });
  };
  for (const [stage, stepId] of isRefusedForGood(state) ? [] : begins) {
    const record = state.steps[stepId];
    if (!record || !isPassed(record)) break;
    const at = record.closedAt ?? record.since;
    add(stage, stage === 'housing' ? (state.decidedAt ?? at) : at);
  }
  const repaying = repaidFrom(state);
  if (repaying && (stages.at(-1)!.stage === 'aftercare' || isRefusedForGood(state)))
    add('debt-repayment', repaying);
  add('closed', endedAt(state));
  return stages.filter(({ since }, at) => stages[at + 1]?.since !== since);
}

/** When everything else was over, where debts were still being repaid then. */
function repaidFrom(state: RouteState): string | undefined {
  const from = restOverAt(state);
  if (!from || state.notNeeded.includes('debt')) return undefined;
  const ofDebt = stepIds.filter((id) => steps[id].track === 'debt');
  return ofDebt.some((id) => (state.steps[id]?.closedAt ?? '') > from) ? from : undefined;
}

function restOverAt(state: RouteState): string | undefined {
  if (isRefusedForGood(state)) return lodgeBy(state, state.steps['intake.decision']!);
  const record = state.steps['aftercare.second-check-in'];
  return record && isPassed(record) ? (record.closedAt ?? record.since) : undefined;
}

/** When it was ended; of a timeline that kept no room for that, when the file was first to be handed over. */
function endedAt({ timeline, steps: records, changedAt }: RouteState): string {
  const entry = timeline.findLast(({ what }) => what === 'route-ending');
  return entry?.at ?? records['closure.file']?.since ?? changedAt;
}
