/**
 * npm run bench:recovery: 500 routes that wait for their first partner; the worker is killed with kill -9, the partner
 * answers all of them while it is away, and it is started again. How long until each has gone on to the request of its
 * next step: an empty cache, so each route is replayed from its history first. A route with a longer history takes
 * longer: docs/costs.md says how much.
 */
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { caller } from '../test/support/api-caller.ts';
import { aPerson, aStart } from '../test/support/case-manager.ts';
import { until } from '../test/support/until.ts';
import { sourceOf } from '../simulator/partners.ts';
import { atOnce, environment, tokenOf, type Addresses } from './lib/parked-routes.ts';
import { withParts } from '../test/support/with-parts.ts';

const budgetMs = 5000;
const parkedWithinMs = 10 * 60_000;
const wentOnWithinMs = 5 * 60_000;
const atOnceAtMost = 16;
const lookEveryMs = 250;
const party = 'civil-registry';
const asked = 'intake.registry-check';
const askedNext = 'income.postal-address';
const { routes } = parseArgs({ options: { routes: { type: 'string', default: '500' } } }).values;
const count = Number(routes);

/** How many routes a partner was asked about, for one step. */
async function askedOf({ simulatorUrl }: Addresses, stepId: string): Promise<number> {
  const ledger = await (await fetch(`${simulatorUrl}/control/ledger`)).json();
  const { requests } = ledger as { requests: { stepId: string; effects: number }[] };
  return requests.filter((row) => row.stepId === stepId && row.effects > 0).length;
}

await withParts(environment, async ({ parts, dataDir }) => {
  await Promise.all([parts.temporal.start(), parts.simulator.start()]);
  await Promise.all([parts.worker.start(), parts.api.start()]);
  await fetch(`${parts.simulatorUrl}/control/behaviours`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ mode: 'silent' }]),
  });
  const manager = caller(parts.apiUrl, await tokenOf(dataDir, parts, {}));
  const partner = caller(parts.apiUrl, await tokenOf(dataDir, parts, { party }));
  const ids: string[] = [];
  await atOnce(atOnceAtMost, count, async () => {
    const { status, body } = await manager.post('/routes', { ...aStart, person: aPerson });
    if (status !== 201) throw new Error(`A route did not start: status ${status}`);
    ids.push(body.routeId as string);
  });
  await until(
    'all are parked',
    async () => (await askedOf(parts, asked)) === count,
    parkedWithinMs,
    lookEveryMs,
  );
  await sleep(2000); // what was asked is also written down by now

  await parts.worker.kill();
  await atOnce(atOnceAtMost, count, async (i) => {
    const { status, body } = await partner.post('/partner-events', answerOf(ids[i]!), {
      'content-type': 'application/cloudevents+json',
    });
    if (status !== 202) throw new Error(`status ${status}: ${JSON.stringify(body)}`);
  });
  await parts.worker.start();
  const readyAt = Date.now();
  await until(
    'all went on',
    async () => (await askedOf(parts, askedNext)) === count,
    wentOnWithinMs,
    lookEveryMs,
  );
  const tookMs = Date.now() - readyAt;
  const within = tookMs <= budgetMs;
  process.stdout.write(
    `${within ? 'PASS' : 'FAIL'}: ${count} parked routes went on within ${(tookMs / 1000).toFixed(1)} s of the return ` +
      `of a killed worker (budget ${budgetMs / 1000} s)\n`,
  );
  return within;
});

function answerOf(routeId: string) {
  return {
    specversion: '1.0',
    id: `${routeId}:answer`,
    source: sourceOf(party),
    subject: routeId,
    type: 'nl.uitstroomroutes.step-completed.v1',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { requestId: `${routeId}:${asked}:1` },
  };
}
