/** The digests of a morning: one for each owner of routes that stand still. Pure. */
import type { StuckDigest, StuckKind, StuckRoute } from '../../contracts/digest.ts';
import { digestSentence, stuckSentence } from './digest-texts.ts';
import { stuckKinds, type Stuck } from './stuck.ts';

/** So many routes are named in a digest; the rest is counted. */
export const mostRows = 50;

export type Owner = Pick<StuckDigest, 'to' | 'recipient'>;

/** How an owner is named among others, and in the key of a digest. */
export const ownerKey = ({ to, recipient }: Owner): string => `${to}:${recipient}`;

/** The same at each sending of that day. @param day - YYYY-MM-DD */
export const digestKey = (digest: Pick<StuckDigest, 'to' | 'recipient' | 'day'>): string =>
  `stuck-digest:${ownerKey(digest)}:${digest.day}`;

/** Everybody who is told of a route: its case manager, and from some time on the process director. */
export function ownersOf({ caseManager, municipality, isEscalated }: Stuck): Owner[] {
  const director: Owner = { to: 'process-director', recipient: municipality };
  return [{ to: 'case-manager', recipient: caseManager }, ...(isEscalated ? [director] : [])];
}

/**
 * The digests of all owners, by name.
 * @param routes - each once
 * @param day - YYYY-MM-DD
 * @param linkOf - where a route is looked at
 */
export function digestsOf(
  routes: readonly Stuck[],
  { day, linkOf, most = mostRows }: { day: string; linkOf: (routeId: string) => string; most?: number },
): StuckDigest[] {
  const byOwner = new Map<string, { owner: Owner; routes: Stuck[] }>();
  for (const route of routes)
    for (const owner of ownersOf(route)) {
      const key = ownerKey(owner);
      const found = byOwner.get(key) ?? { owner, routes: [] };
      byOwner.set(key, found);
      found.routes.push(route);
    }
  return [...byOwner]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { owner, routes }]) => digestOf(owner, routes.sort(worstFirst), { day, linkOf, most }));
}

function digestOf(
  owner: Owner,
  routes: readonly Stuck[],
  { day, linkOf, most }: { day: string; linkOf: (routeId: string) => string; most: number },
): StuckDigest {
  const counts = countsOf(routes);
  return {
    kind: 'stuck-digest',
    ...owner,
    day,
    counts,
    routes: routes.slice(0, most).map((route) => rowOf(route, linkOf)),
    more: Math.max(0, routes.length - most),
    sentence: digestSentence(owner, counts),
  };
}

function countsOf(routes: readonly Stuck[]): StuckDigest['counts'] {
  const of = (kind: StuckKind) => routes.filter(({ why }) => why === kind).length;
  return {
    total: routes.length,
    technical: of('technical'),
    deadlocked: of('deadlocked'),
    overdue: of('overdue'),
    'due-soon': of('due-soon'),
    'on-hold': of('on-hold'),
    unchanged: of('unchanged'),
  };
}

function rowOf(route: Stuck, linkOf: (routeId: string) => string): StuckRoute {
  const { routeId, municipality, why, stage, health, blockers, waitingOn, dueAt, changedAt } = route;
  return {
    routeId,
    municipality,
    why,
    stage,
    health: route.isWedged ? 'Technical' : health,
    blockers: [...blockers],
    waitingOn: [...waitingOn],
    ...(dueAt && { dueAt }),
    changedAt,
    link: linkOf(routeId),
    sentence: stuckSentence(route),
  };
}

/** By kind; then what was due first; then what has not changed for the longest time. */
function worstFirst(a: Stuck, b: Stuck): number {
  const dueAt = ({ dueAt = '9999' }: Stuck) => dueAt;
  return (
    stuckKinds.indexOf(a.why) - stuckKinds.indexOf(b.why) ||
    compared(dueAt(a), dueAt(b)) ||
    compared(a.changedAt, b.changedAt) ||
    compared(a.routeId, b.routeId)
  );
}

const compared = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
