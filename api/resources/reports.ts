/** Reports: figures over all routes, comparable between municipalities, without anything about anybody. */
import { z } from 'zod';
import { HomePromiseReport, smallestCount } from '../../contracts/home-promise-report.ts';
import { Municipality } from '../../contracts/ids.ts';
import { HomePromiseStatus, type Role } from '../../contracts/vocabulary.ts';
import { mayReach } from '../access.ts';
import { operation, viaServer } from '../operation.ts';

/** Who reads figures. */
export const counters: readonly Role[] = ['policy', 'process-director', 'operations'];

export const reportHomePromise = operation({
  method: 'get',
  path: '/reports/home-promise',
  operationId: 'reportHomePromise',
  summary: 'Counts the routes to which a home was promised, by how that promise stands',
  tag: 'reports',
  roles: counters,
  query: z.strictObject({
    municipality: Municipality.optional().describe('Left out: that of the token, or all of them'),
  }),
  responses: {
    200: {
      description: `The figures; those under ${smallestCount} are kept back`,
      schema: HomePromiseReport,
      csv: { example: csvOf(HomePromiseReport.meta()!.example as HomePromiseReport) },
    },
  },
  problems: viaServer,
  async handle({ caller, query, deps }) {
    const { municipality = caller.municipality } = query;
    const statuses = HomePromiseStatus.options;
    // Somebody else's municipality looks like one of which there is nothing to tell.
    const counts =
      municipality && !mayReach(caller, municipality)
        ? []
        : await deps.gateway.countHomePromises(statuses, municipality);
    const items = statuses.map((status, i) => {
      const count = counts[i] ?? 0;
      return count < smallestCount ? { status, count: null, suppressed: true as const } : { status, count };
    });
    const countedAt = deps.now();
    const body: HomePromiseReport = { ...(municipality && { municipality }), countedAt, items };
    return { status: 200, body, csv: csvOf(body) };
  },
});

/** RFC 4180. Codes and numbers alone: nothing that would need quotes. */
function csvOf({ municipality = '', items }: HomePromiseReport): string {
  const rows = items.map(({ status, count, suppressed }) =>
    [municipality, status, count ?? '', suppressed ?? false].join(','),
  );
  return ['municipality,status,count,suppressed', ...rows, ''].join('\r\n');
}
