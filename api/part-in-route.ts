/** Whether a partner has a part in a route, asked of the route once: who has one keeps it. */
import type { PartnerParty } from '../contracts/vocabulary.ts';
import { hasPart } from '../domain/part-in-route.ts';
import type { Gateway } from './gateway.ts';
import { ApiProblem } from './problems.ts';

/** What is remembered: the oldest goes first. */
const mostKnown = 10_000;

const known = new WeakMap<Gateway, Map<string, Promise<boolean>>>();

/**
 * Whether it has a part; a flood of concerns about one route asks it once. While nobody can look it has: a concern that is
 * lost is worse.
 * @throws ApiProblem unknown-route, temporal-away
 */
export function partInRoute(gateway: Gateway, routeId: string, party: PartnerParty): Promise<boolean> {
  const parts = known.get(gateway) ?? new Map<string, Promise<boolean>>();
  known.set(gateway, parts);
  const key = `${routeId} ${party}`;
  const before = parts.get(key);
  if (before) return before;
  const look = async (): Promise<boolean> => {
    let part = false;
    try {
      part = hasPart(await gateway.stateOf(routeId), party);
      return part;
    } catch (error) {
      if (error instanceof ApiProblem && error.kind === 'worker-away') return true;
      throw error;
    } finally {
      if (!part) parts.delete(key);
    }
  };
  const asked = look();
  parts.set(key, asked);
  if (parts.size > mostKnown) parts.delete(parts.keys().next().value!);
  return asked;
}
