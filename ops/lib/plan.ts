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

export interface Planned {
  readonly routeId: string;
  readonly outcome: RepairOutcome;
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

/** What each of these routes would answer, some at a time, in their order. @param name - of the repair */
export async function* planned(
  session: Session,
  routeIds: AsyncIterable<string> | Iterable<string>,
  asked: { readonly name: string; readonly by: string; readonly order: RepairOrder },
): AsyncGenerator<Planned> {
  let underWay: Promise<Planned>[] = [];
  for await (const routeId of routeIds) {
    underWay.push(plannedFor(session, routeId, asked).then((outcome) => ({ routeId, outcome })));
    if (underWay.length < atOnce) continue;
    yield* await Promise.all(underWay);
    underWay = [];
  }
  yield* await Promise.all(underWay);
}

async function plannedFor(
  { routes, rulesFor }: Session,
  routeId: string,
  { name, by, order }: { readonly name: string; readonly by: string; readonly order: RepairOrder },
): Promise<RepairOutcome> {
  try {
    if (order.kind === 'retry') {
      const waiting = (await routes.waitingRequests(routeId, order.party)).filter((each) => !each.isUnderWay);
      if (waiting.length > 0) return { outcome: 'done', retried: waiting.length };
      return { outcome: 'refused', kind: 'nothing-to-retry', message: 'No request of it waits in back-off.' };
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
      return { outcome: 'refused', kind: 'route-closed', message: error.message };
    if (error instanceof RouteUnreached) return { outcome: 'unreached', message: error.message };
    throw error;
  }
}

/** In words, for people. @param tense - what is done, or would be */
export function answerWords({ routeId, outcome }: Planned, tense: 'would' | 'did'): string {
  switch (outcome.outcome) {
    case 'done':
      return `${routeId}  ${tense === 'would' ? 'would be done' : 'done'}${outcome.retried ? ` (${outcome.retried} requests)` : ''}`;
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
