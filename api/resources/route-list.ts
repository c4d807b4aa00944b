/** Lists of routes. */
import { z } from 'zod';
import { RouteList } from '../../contracts/views.ts';
import { mayReach } from '../access.ts';
import { operation, viaServer } from '../operation.ts';
import { Cursor, openedCursor, signedCursor } from './cursor.ts';
import { lookers } from './parts.ts';
import { routeFilters } from './route-filters.ts';

const Query = z.strictObject({
  ...routeFilters,
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
  cursor: Cursor.optional(),
});

export const listRoutes = operation({
  method: 'get',
  path: '/routes',
  operationId: 'listRoutes',
  summary: 'Lists the routes of your municipality',
  tag: 'routes',
  roles: lookers,
  query: Query,
  responses: { 200: { description: 'One page', schema: RouteList } },
  problems: viaServer,
  async handle({ caller, query: { pageSize, cursor, ...filters }, deps }) {
    const { municipality = caller.municipality } = filters;
    // Somebody else's municipality has no routes that this caller may know of.
    if (municipality && !mayReach(caller, municipality)) return { status: 200, body: { items: [] } };
    const narrowed = { ...filters, municipality };
    const token = cursor && openedCursor(cursor, narrowed, deps.fingerprintKey);
    const { items, nextCursor } = await deps.gateway.list({ filters: narrowed, pageSize, cursor: token });
    const next = nextCursor && signedCursor(nextCursor, narrowed, deps.fingerprintKey);
    return { status: 200, body: { items, ...(next && { nextCursor: next }) } };
  },
});
