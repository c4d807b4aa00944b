/** What waits on a partner: to catch up after an outage. */
import { z } from 'zod';
import { Municipality } from '../../contracts/ids.ts';
import { OpenRequestList, type OpenRequest } from '../../contracts/open-request.ts';
import type { PartnerParty } from '../../contracts/vocabulary.ts';
import { openRequestsOf } from '../../domain/open-requests.ts';
import { mayReach } from '../access.ts';
import type { Gateway } from '../gateway.ts';
import { operation, viaServer } from '../operation.ts';
import { ApiProblem } from '../problems.ts';
import { Cursor, openedCursor, signedCursor } from './cursor.ts';

const Query = z.strictObject({
  status: z.enum(['open']).default('open'),
  municipality: Municipality.optional().describe('Left out: that of the token, or all of them'),
  pageSize: z.coerce.number().int().min(1).max(20).default(20).describe('Routes to a page'),
  cursor: Cursor.optional(),
});

/** How many routes are asked beside each other. */
const atOnce = 4;

export const listPartnerRequests = operation({
  method: 'get',
  path: '/partner-requests',
  operationId: 'listPartnerRequests',
  summary: 'Lists the requests that wait on you, to catch up after an outage',
  tag: 'partners',
  roles: ['partner'],
  query: Query,
  speaks: true,
  responses: { 200: { description: 'One page', schema: OpenRequestList } },
  problems: ['worker-away', ...viaServer],
  async handle({ caller, query, deps: { gateway, fingerprintKey } }) {
    const { pageSize, cursor } = query;
    const { municipality = caller.municipality } = query;
    // Somebody else's municipality has no routes that this caller may know of.
    if (municipality && !mayReach(caller, municipality)) return { status: 200, body: { items: [] } };
    const party = caller.party!;
    const filters = { waitingOn: party, municipality };
    // Of this list: that of the routes has other pages under the same filters.
    const marked = { list: 'partner-requests', ...filters };
    const token = cursor && openedCursor(cursor, marked, fingerprintKey);
    const page = await gateway.list({ filters, pageSize, cursor: token, onlyOpen: true });
    const routeIds = page.items.map(({ routeId }) => routeId);
    const { items, unanswered } = await lookedUp(gateway, routeIds, party);
    return {
      status: 200,
      body: {
        items: items.filter((each) => mayReach(caller, each.municipality)),
        ...(unanswered.length > 0 && { unanswered }),
        ...(page.nextCursor && { nextCursor: signedCursor(page.nextCursor, marked, fingerprintKey) }),
      },
    };
  },
});

/**
 * Asks each route itself, by a Query. Other lists never do, for what they cost would grow with the routes there are; this
 * one is a partner's own, asked for after an outage, and bounded by its page: twenty routes, four at a time. Visibility
 * knows on whom a route waits, not under which request.
 * @throws ApiProblem worker-away, temporal-away
 */
async function lookedUp(gateway: Gateway, routeIds: readonly string[], party: PartnerParty) {
  const items: OpenRequest[] = [];
  const unanswered: string[] = [];
  for (let from = 0; from < routeIds.length; from += atOnce) {
    const some = routeIds.slice(from, from + atOnce);
    const looks = await Promise.allSettled(some.map((routeId) => gateway.stateOf(routeId)));
    const failed = looks.flatMap((look, i) =>
      look.status === 'rejected' && !isGone(look.reason)
        ? [{ routeId: some[i]!, why: look.reason as unknown }]
        : [],
    );
    // A route that can't answer hides no other; where nobody does, it is no matter of that route.
    if (failed.length === some.length && (await gateway.health()).worker === 'away') throw failed[0]!.why;
    items.push(
      ...looks.flatMap((look) => (look.status === 'fulfilled' ? openRequestsOf(look.value, party) : [])),
    );
    unanswered.push(...failed.map(({ routeId }) => routeId));
  }
  return { items, unanswered };
}

/** It ended, and was deleted, after the store listed it. */
const isGone = (error: unknown): boolean => error instanceof ApiProblem && error.kind === 'unknown-route';
