/** The activities of a repair of many routes: finding them, and giving each its order. */
import { ApplicationFailure, Context } from '@temporalio/activity';
import { handledBefore } from '../domain/commands.ts';
import {
  commandOf,
  operationsEnvelope,
  repairCommandId,
  wouldAnswer,
  type Ordered,
  type RepairOrder,
  type RepairOutcome,
} from '../domain/operations/repair.ts';
import { paced, type Pace } from './operations-pace.ts';
import { outcomeOf, type FoundPage, type OperationsPorts, type Outcomes } from './operations-ports.ts';

/** A repair, and the routes that are to be given it now. */
export interface RepairPart extends Ordered {
  readonly name: string;
  readonly order: RepairOrder;
  readonly pace: Pace;
  /** Nothing is changed: what would each route answer? */
  readonly dryRun: boolean;
  readonly routeIds: readonly string[];
}

export interface Search {
  readonly query: string;
  readonly pageSize: number;
  readonly page?: string;
}

export interface RepairActivities {
  /** A page of routes. */
  readonly 'operations.find': (search: Search) => Promise<FoundPage>;
  /** Those of some routes that have not been given an order yet, and were there when the repair began. */
  readonly 'repair.left': (part: RepairPart, begunAt: string) => Promise<readonly string[]>;
  /** Gives each its order; one that has it already is done. */
  readonly 'repair.carry-out': (part: RepairPart) => Promise<Outcomes>;
}

/** Well within the time after which the workflow takes the worker for dead (workflows/bulk-repair.ts). */
const beatEveryMs = 4000;

export function createRepairActivities(ports: OperationsPorts): RepairActivities {
  return {
    'operations.find': ({ query, pageSize, page }) =>
      alive(() => lasting(() => ports.list(query, pageSize, page))),
    'repair.left': async (part, begunAt) => {
      const look = async (routeId: string) => {
        const state = await ports.stateOf(routeId).catch(() => undefined); // then it is tried, and tried again
        const isLeft =
          !state || (!handledBefore(state, repairCommandId(part.name, routeId)) && state.startedAt < begunAt);
        return isLeft ? [routeId] : [];
      };
      const looked = await alive(() => paced(part.routeIds, part.pace, look));
      return looked.flat();
    },
    'repair.carry-out': async (part) => {
      const act = part.dryRun ? tryOn : carryOut;
      const one = (routeId: string) => outcomeOf(() => lasting(() => act(ports, part, routeId)));
      const outcomes = await alive(() => paced(part.routeIds, part.pace, one));
      return part.routeIds.map((routeId, i) => ({ routeId, outcome: outcomes[i]! }));
    },
  };
}

async function carryOut(ports: OperationsPorts, part: RepairPart, routeId: string): Promise<RepairOutcome> {
  const { order } = part;
  if (order.kind === 'retry') return retriedAs(await ports.retry(routeId, order.party));
  const reason = await ports.seal(routeId, part.reason);
  const rules =
    order.kind === 'adopt-rules' && (await ports.rulesFor(order.ruleSet, await ports.stateOf(routeId)));
  const command = commandOf(order, reason, rules || undefined);
  return ports.give(routeId, operationsEnvelope(repairCommandId(part.name, routeId), part.by, command));
}

async function tryOn(ports: OperationsPorts, part: RepairPart, routeId: string): Promise<RepairOutcome> {
  const { order } = part;
  if (order.kind === 'retry') return retriedAs(await ports.waiting(routeId, order.party));
  const state = await ports.stateOf(routeId);
  const rules = order.kind === 'adopt-rules' && (await ports.rulesFor(order.ruleSet, state));
  const command = commandOf(order, { jwe: '' }, rules || undefined);
  const envelope = operationsEnvelope(repairCommandId(part.name, routeId), part.by, command);
  return wouldAnswer(state, envelope, new Date().toISOString());
}

const retriedAs = (retried: number): RepairOutcome => ({ outcome: 'done', retried });

/** Shows that it is alive however slow routes are to answer: each of them may take half a minute until it counts as not reached. */
async function alive<T>(act: () => Promise<T>): Promise<T> {
  const activity = Context.current();
  const beating = setInterval(() => activity.heartbeat(), beatEveryMs);
  return act().finally(() => clearInterval(beating));
}

/** What no further attempt can mend ends the repair, with its cause. */
async function lasting<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'QueryInvalid') throw error;
    throw ApplicationFailure.create({ type: error.name, message: error.message, nonRetryable: true });
  }
}
