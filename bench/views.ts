/**
 * npm run bench:views: how long each saved view of operations takes at 20,000 open routes, on the development server with its
 * database in a file. What the Temporal UI asks of a view is what is timed: a page of a hundred, the count, and the count by
 * status. Each is asked three times, one at a time; the slowest counts.
 */
import { parseArgs } from 'node:util';
import { viewsOf } from '../ops/views.ts';
import { connectClient } from '../platform/connection.ts';
import { ConnectionSettings, readSettings } from '../platform/settings.ts';
import { withParts } from '../test/support/with-parts.ts';
import { standRoutes } from './lib/standing-routes.ts';
import { alignedTable } from './lib/table.ts';

const budgetMs = 2000;
const rounds = 3;
const withinMs = 60_000;
const { routes } = parseArgs({ options: { routes: { type: 'string', default: '20000' } } }).values;
const count = Number(routes);

const told = (text: string) => process.stderr.write(`${text}\n`);

await withParts({ LOG_LEVEL: 'silent' }, async ({ parts, dataDir }) => {
  await parts.temporal.start();
  const environment = { TEMPORAL_ADDRESS: parts.temporalAddress, DATA_DIR: dataDir };
  const client = await connectClient(readSettings(ConnectionSettings, environment));
  const { namespace } = client.options;
  const { workflowService } = client;
  const began = Date.now();
  await standRoutes(client, count, (so) => told(`${so} of ${count} routes`));
  told(`${count} routes in ${Math.round((Date.now() - began) / 1000)} s`);
  let written = 0;
  while (written < count) written = (await client.workflow.count("WorkflowType = 'outflowRoute'")).count;

  const timed = async (ask: () => Promise<unknown>) => {
    let slowest = 0;
    for (let round = 0; round < rounds; round += 1) {
      const at = performance.now();
      await client.withDeadline(Date.now() + withinMs, ask);
      slowest = Math.max(slowest, performance.now() - at);
    }
    return slowest;
  };
  const lines: string[][] = [['view', 'routes', 'page', 'count', 'by status']];
  let slowest = 0;
  for (const { id, query } of viewsOf({ now: new Date(), municipalities: ['GM0153'] })) {
    const took = [
      await timed(() => workflowService.listWorkflowExecutions({ namespace, pageSize: 100, query })),
      await timed(() => workflowService.countWorkflowExecutions({ namespace, query })),
      await timed(() =>
        workflowService.countWorkflowExecutions({ namespace, query: `${query} GROUP BY ExecutionStatus` }),
      ),
    ];
    slowest = Math.max(slowest, ...took);
    const found = await workflowService.countWorkflowExecutions({ namespace, query });
    lines.push([id, String(found.count), ...took.map((ms) => `${ms.toFixed(0)} ms`)]);
  }
  process.stdout.write(`${alignedTable(lines)}\n`);
  const within = slowest <= budgetMs;
  process.stdout.write(
    `${within ? 'PASS' : 'FAIL'}: the slowest took ${slowest.toFixed(0)} ms at ${count} open routes (budget ${budgetMs} ms)\n`,
  );
  return within;
});
