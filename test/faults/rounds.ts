/**
 * npm run test:faults -- --rounds: kill -9 of each part, one after the other, while the parties of many routes are asked
 * to commit, commit, decline, and break their promises. At every look at every route: either all promises of its round
 * are active, or none is; and every route comes to its keys. The ledger of places is never oversold, and at the end each
 * route holds the one home that it was promised.
 */
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { tokenOf } from '../../bench/lib/parked-routes.ts';
import { caller } from '../support/api-caller.ts';
import { withParts } from '../support/with-parts.ts';
import { DeadlockedRoutes, environment } from './deadlocked-routes.ts';
import { LedgerWatch } from './ledger-watch.ts';

const { routes: asked } = parseArgs({
  options: { routes: { type: 'string', default: '36' }, rounds: { type: 'boolean' } },
}).values;
const count = Number(asked);
const withinMs = 5 * 60_000;
const betweenStartsMs = 1200;
const betweenKillsMs = 1500;

await withParts(environment, async ({ parts, dataDir }) => {
  await Promise.all([parts.temporal.start(), parts.simulator.start()]);
  await Promise.all([parts.worker.start(), parts.api.start()]);
  const manager = caller(parts.apiUrl, await tokenOf(dataDir, parts, { municipality: 'GM0014' }));
  const begun = Date.now();
  const say = (line: string) =>
    process.stdout.write(`${((Date.now() - begun) / 1000).toFixed(0).padStart(4)} s  ${line}\n`);
  const ledger = await LedgerWatch.begin(
    caller(parts.apiUrl, await tokenOf(dataDir, parts, { role: 'process-director', municipality: 'GM0014' })),
    Math.ceil(count / 2),
  );
  const routes = new DeadlockedRoutes(manager, parts.simulatorUrl, withinMs);
  const { ends, faults } = routes;
  const kills: number[] = [];
  const over = new Set<number>();
  const all = Promise.all(
    Array.from({ length: count }, async (_, i) => {
      await sleep(i * betweenStartsMs);
      await routes.one();
      over.add(i);
    }),
  );
  for (const names = ['worker', 'api', 'temporal', 'simulator'] as const; over.size < count;) {
    await sleep(betweenKillsMs);
    const name = names[kills.length % names.length]!;
    kills.push(Date.now());
    await parts[name].kill();
    await parts[name].start();
    const { reserved, realised, queued } = await ledger.look();
    if (ends.size > count / 3) await ledger.grow(count);
    say(
      `kill ${kills.length} ${name}; ${ends.size} of ${count} routes have their keys; ` +
        `places: ${reserved} reserved, ${realised} homes, ${queued} wait`,
    );
  }
  await all;
  const unfair = await ledger.atTheEnd(count);
  for (const what of unfair) say(what);

  const rounds = [...ends.values()].flatMap((route) => route.rounds);
  const hit = rounds.filter(({ askedAt, endedAt, activeSince }) =>
    kills.some(
      (at) => at >= Date.parse(askedAt) && at <= Date.parse(activeSince ?? endedAt ?? askedAt) + 500,
    ),
  );
  for (const [routeId, wrong] of faults) say(`${routeId}: ${wrong.join('; ')}`);
  const outcomes = [...new Set(rounds.map(({ status }) => status))];
  const by = outcomes.map((each) => `${rounds.filter(({ status }) => status === each).length} ${each}`);
  say(
    `${rounds.length} rounds (${by.join(', ')}), ${hit.length} of them met a kill between question and outcome`,
  );
  const failed = faults.size + unfair.length + (hit.length === 0 ? 1 : 0);
  process.stdout.write(
    `${routes.looks} looks at ${count} routes, ${kills.length} kills: never some bound and others not, but for ${faults.size}\n` +
      `${count - faults.size} passed, ${failed} failed\n`,
  );
  return failed === 0;
});
