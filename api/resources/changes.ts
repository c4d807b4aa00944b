/** What changes, as server-sent events: of one route, or of all that a token may see. See docs/watching.md. */
import { z } from 'zod';
import { faults } from '../../contracts/faults.ts';
import { mayReachRoute, type Caller } from '../access.ts';
import type { OperationDeps } from '../deps.ts';
import { operation, viaServer, type Reply, type ResponseDoc } from '../operation.ts';
import { invalidInput, unknownRoute, type ProblemKind } from '../problems.ts';
import type { Audience } from '../watching/audience.ts';
import { read } from '../watching/cursor.ts';
import { lookers, OneRoute, lookersAndPerson } from './parts.ts';
import { routeFilters } from './route-filters.ts';

const ResumeHeader = z.object({
  'Last-Event-ID': z
    .string()
    .max(200, faults.lastEventId.en)
    .optional()
    .describe('Id of the event that came last: what changed since is told first'),
});

const example = `retry: 3000

id: MS4xNzk1OTE0MDY3ODkwLjVmMWMyYTliN2QzZS4w
event: ready
data: {}

id: MS4xNzk1OTE0MDY3ODkwLjVmMWMyYTliN2QzZS4x
event: route-changed
data: {"routeId":"4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22","municipality":"GM0153","caseManager":"cm-17",\
"targetGroup":"general","stage":"housing","health":"OnTrack","waitingOn":["housing-corporation"],\
"blockers":["waiting-for-answer"],"dueAt":"2026-12-21T22:59:59.999Z","stageSince":"2026-11-30T10:00:00.000Z",\
"changedAt":"2026-11-30T10:00:00.000Z","status":"open"}

`.replaceAll('\\\n', '');

const streamed: ResponseDoc = {
  description:
    'A stream of events, at least once each: `ready` (nothing is missed from here on), `route-changed` (the route as a list ' +
    'shows it), `route-left` (it is none of those watched any more: `{routeId}`), `reset` (read the list anew), `away` and ' +
    '`back` (whether changes can be seen at the moment; none is lost), `end` (`{reason}`: `token-expired`, `reconnect`, ' +
    '`route-left`). The id of each event is opaque, and holds at every process for a day. A comment comes every 15 seconds',
  events: example,
};

const watches = [
  ...viaServer,
  'too-many-streams',
  'no-room-for-streams',
] as const satisfies readonly ProblemKind[];

export const watchRoutes = operation({
  method: 'get',
  path: '/changes',
  operationId: 'watchRoutes',
  summary: 'Tells as it happens what changes of the routes that you may see',
  tag: 'routes',
  roles: lookers,
  query: z.strictObject(routeFilters),
  headers: ResumeHeader,
  responses: { 200: streamed },
  problems: watches,
  handle: ({ caller, query: filters, headers, deps }) =>
    watch(deps, caller, headers['Last-Event-ID'], { reach: caller.municipality, filters }),
});

export const watchRoute = operation({
  method: 'get',
  path: '/routes/{routeId}/changes',
  operationId: 'watchRoute',
  summary: 'Tells as it happens what changes of a route, as lists show it',
  tag: 'routes',
  roles: lookersAndPerson,
  params: OneRoute,
  headers: ResumeHeader,
  responses: { 200: streamed },
  problems: [...watches, 'unknown-route'],
  async handle({ caller, params: { routeId }, headers, deps }) {
    const municipality = await deps.gateway.municipalityOf(routeId);
    if (!mayReachRoute(caller, { routeId, municipality })) throw unknownRoute();
    const audience = { reach: caller.municipality, routeId, filters: {} };
    return watch(deps, caller, headers['Last-Event-ID'], audience);
  },
});

/**
 * A stream for somebody who may see what the audience sees.
 * @throws ApiProblem invalid-input, too-many-streams, no-room-for-streams, temporal-away
 */
async function watch(
  { gateway: { changes } }: OperationDeps,
  { issuer, subject, expiresAt: until }: Caller,
  lastEventId: string | undefined,
  audience: Audience,
): Promise<Reply> {
  const since = lastEventId ? read(lastEventId) : undefined;
  if (lastEventId && !since)
    throw invalidInput([
      { in: 'header', location: 'Last-Event-ID', code: 'not-valid', detail: faults.lastEventId },
    ]);
  const leave = changes.places.take(`${issuer} ${subject}`);
  try {
    await changes.ready(since);
  } catch (error) {
    leave();
    throw error;
  }
  return {
    status: 200,
    events: (stream) => {
      stream.onEnd(leave);
      if (stream.isOpen) changes.join({ stream, audience, since, until });
    },
  };
}
