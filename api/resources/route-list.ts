/** Lists of routes. */
import { z } from 'zod';
import { faults } from '../../contracts/faults.ts';
import { RouteList } from '../../contracts/views.ts';
import { mayReach } from '../access.ts';
import { fingerprintOf } from '../idempotency.ts';
import { operation, viaServer } from '../operation.ts';
import { invalidInput } from '../problems.ts';
import { lookers } from './parts.ts';
import { routeFilters } from './route-filters.ts';

const Query = z.strictObject({
  ...routeFilters,
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^[\w-]{1,2000}\.[\w-]{43}$/, faults.cursor.en)
    .optional()
    .describe('nextCursor of the page before; opaque'),
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
    const token = cursor && opened(cursor, narrowed, deps.fingerprintKey);
    const { items, nextCursor } = await deps.gateway.list({ filters: narrowed, pageSize, cursor: token });
    const next = nextCursor && signed(nextCursor, narrowed, deps.fingerprintKey);
    return { status: 200, body: { items, ...(next && { nextCursor: next }) } };
  },
});

/** A cursor is the store's own, with a mark that it was given for these filters: the store breaks on any other. */
function signed(token: string, filters: object, key: Uint8Array): string {
  return `${token}.${fingerprintOf({ token, filters }, key)}`;
}

function opened(cursor: string, filters: object, key: Uint8Array): string {
  const [token] = cursor.split('.') as [string];
  if (cursor === signed(token, filters, key)) return token;
  throw invalidInput([{ in: 'query', location: 'cursor', code: 'custom', detail: faults.cursor }]);
}
