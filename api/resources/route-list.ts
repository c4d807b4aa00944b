/** Lists of routes. */
import { z } from 'zod';
import { faults } from '../../contracts/faults.ts';
import { Municipality, SubjectId } from '../../contracts/ids.ts';
import { RouteList } from '../../contracts/views.ts';
import { Blocker, Health, Party, Stage, TargetGroup } from '../../contracts/vocabulary.ts';
import { mayReach } from '../access.ts';
import { fingerprintOf } from '../idempotency.ts';
import { operation, viaServer } from '../operation.ts';
import { invalidInput } from '../problems.ts';
import { lookers } from './parts.ts';

const Query = z.strictObject({
  stage: Stage.optional(),
  health: Health.optional(),
  waitingOn: Party.optional().describe('Routes that wait on this party, among others'),
  blocker: Blocker.optional().describe('Routes with this blocker, among others'),
  municipality: Municipality.optional().describe('Left out: that of the token'),
  caseManager: SubjectId.optional(),
  targetGroup: TargetGroup.optional(),
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

/** A cursor is the gateway's own, with a mark that it was given for these filters: the store breaks on any other. */
function signed(place: string, filters: object, key: Uint8Array): string {
  return `${place}.${fingerprintOf({ place, filters }, key)}`;
}

function opened(cursor: string, filters: object, key: Uint8Array): string {
  const [place] = cursor.split('.') as [string];
  if (cursor === signed(place, filters, key)) return place;
  throw invalidInput([{ in: 'query', location: 'cursor', code: 'custom', detail: faults.cursor }]);
}
