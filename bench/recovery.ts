/**
 * npm run bench:recovery: 500 parked routes; the worker is killed with kill -9 and started again; then a partner
 * tells every route something through the API. How long until all of them have gone on: an empty cache, so each
 * route is replayed from its history first.
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { caller } from '../test/support/api-caller.ts';
import { until } from '../test/support/until.ts';
import { sourceOf } from '../simulator/partners.ts';
import { atOnce, park, tokenOf } from './lib/parked-routes.ts';
import { withParts } from './lib/with-parts.ts';

const budgetMs = 5000;
const toldAtOnce = 32;
const party = 'support-provider';
const eventType = { 'content-type': 'application/cloudevents+json' };
const { routes } = parseArgs({ options: { routes: { type: 'string', default: '500' } } }).values;
const count = Number(routes);

await withParts(async ({ parts, dataDir }) => {
  await Promise.all([parts.temporal.start(), parts.simulator.start()]);
  await Promise.all([parts.worker.start(), parts.api.start()]);
  const ids = await park(count, parts, await tokenOf(dataDir, parts, {}));
  const partner = caller(parts.apiUrl, await tokenOf(dataDir, parts, { party }));

  const killedAt = Date.now();
  await parts.worker.kill();
  await parts.worker.start();
  const readyAt = Date.now();
  const queued: string[][] = [];
  await atOnce(toldAtOnce, count, async (i) => {
    const event = concern(ids[i]!);
    const { status, body } = await partner.post('/partner-events', event, eventType);
    if (status === 202) queued.push([ids[i]!, event.id]);
    else if (body?.receipt !== 'applied') throw new Error(`status ${status}: ${JSON.stringify(body)}`);
  });
  // What was queued has gone on once the route can say how it judged it.
  for (const [routeId, eventId] of queued)
    await until('the event is judged', async () => {
      const { status, body } = await partner.get(`/partner-events/${routeId}/${eventId}`);
      return status === 200 && body.receipt === 'applied';
    });
  const tookMs = Date.now() - readyAt;
  const within = tookMs <= budgetMs;
  process.stdout.write(
    `${within ? 'PASS' : 'FAIL'}: ${count} parked routes went on within ${(tookMs / 1000).toFixed(1)} s of the return of a killed worker ` +
      `(budget ${budgetMs / 1000} s); it was away for ${((readyAt - killedAt) / 1000).toFixed(1)} s; ${queued.length} events were queued first\n`,
  );
  return within;
});

function concern(routeId: string) {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: sourceOf(party),
    subject: routeId,
    type: 'nl.uitstroomroutes.concern-raised.v1',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { kind: 'missed-contact' },
  };
}
