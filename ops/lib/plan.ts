/** What an order would come to, route by route; nothing is changed. */
import {
  commandOf,
  operationsEnvelope,
  repairCommandId,
  wouldAnswer,
  type RepairOrder,
  type RepairOutcome,
} from '../../domain/operations/repair.ts';
import { NoSuchRoute, RouteUnreached } from '../../platform/route-line.ts';
import type { Session } from './session.ts';
import { counted } from './told.ts';

export interface Planned {
  readonly routeId: string;
  readonly outcome: RepairOutcome;
}

export interface Asked {
  /** Of the repair. */
  readonly name: string;
  readonly by: string;
  readonly order: RepairOrder;
}

const atOnce = 8;
const pageSize = 200;

/** Every open route that a query finds, in the order of the list. @throws QueryInvalid */
export async function* routesOf({ routes }: Session, query: string): AsyncGenerator<string> {
  let page: string | undefined;
  do {
    const found = await routes.list(query, pageSize, page);
    yield* found.routeIds;
    page = found.next;
  } while (page);
}

/** What each of these routes would answer, some at a time, in their order. */
export async function* planned(
  session: Session,
  routeIds: AsyncIterable<string> | Iterable<string>,
  asked: Asked,
): AsyncGenerator<Planned> {
  let underWay: Promise<Planned>[] = [];
  for await (const routeId of routeIds) {
    underWay.push(plannedFor(session, routeId, asked));
    if (underWay.length < atOnce) continue;
    yield* await Promise.all(underWay);
    underWay = [];
  }
  yield* await Promise.all(underWay);
}

/** What one route would answer. */
export const plannedFor = async (session: Session, routeId: string, asked: Asked): Promise<Planned> => ({
  routeId,
  outcome: await outcomeFor(session, routeId, asked),
});

async function outcomeFor(
  { routes, rulesFor }: Session,
  routeId: string,
  { name, by, order }: Asked,
): Promise<RepairOutcome> {
  try {
    if (order.kind === 'retry') {
      const waiting = (await routes.waitingRequests(routeId, order.party)).filter((each) => !each.isUnderWay);
      return { outcome: 'done', retried: waiting.length };
    }
    const state = await routes.stateOf(routeId);
    const rules = order.kind === 'adopt-rules' ? await rulesFor(order.ruleSet, state) : undefined;
    const envelope = operationsEnvelope(
      repairCommandId(name, routeId),
      by,
      commandOf(order, { jwe: '' }, rules),
    );
    return wouldAnswer(state, envelope, new Date().toISOString());
  } catch (error) {
    if (error instanceof NoSuchRoute)
      return { outcome: 'refused', kind: 'unknown-route', message: error.message };
    if (error instanceof RouteUnreached) return { outcome: 'unreached', message: error.message };
    throw error;
  }
}

/** How many answered what. */
export interface Counts {
  readonly done: number;
  /** Of them no request waits in back-off. */
  readonly nothingToSend: number;
  readonly refused: number;
  readonly unreached: number;
}

export const none: Counts = { done: 0, nothingToSend: 0, refused: 0, unreached: 0 };

export function countedWith(counts: Counts, { outcome }: Planned): Counts {
  const isIdle = outcome.outcome === 'done' && outcome.retried === 0;
  const which = isIdle ? 'nothingToSend' : outcome.outcome;
  return { ...counts, [which]: counts[which] + 1 };
}

/** In words, for people. @param tense - what is done, or would be */
export function answerWords({ routeId, outcome }: Planned, tense: 'would' | 'did'): string {
  switch (outcome.outcome) {
    case 'done': {
      if (outcome.retried === 0) return `${routeId}  nothing to send`;
      const requests = outcome.retried ? ` (${counted(outcome.retried, 'request')})` : '';
      return `${routeId}  ${tense === 'would' ? 'would be done' : 'done'}${requests}`;
    }
    case 'refused':
      return `${routeId}  ${tense === 'would' ? 'would refuse' : 'refused'}: ${outcome.kind} (${outcome.message})`;
    case 'unreached':
      return `${routeId}  not reached: ${outcome.message}`;
  }
}

/** As one line of JSON. */
export const answerThing = ({ routeId, outcome }: Planned, tense: 'would' | 'did'): object => {
  const { outcome: answer, ...rest } = outcome;
  return { routeId, [tense === 'would' ? 'would' : 'outcome']: answer, ...rest };
};
