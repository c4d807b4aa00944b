/**
 * npm run test:faults -- --rounds: kill -9 of each part, one after the other, while the parties of many routes are asked
 * to commit, commit, decline, and break their promises. At every look at every route: either all promises of its round
 * are active, or none is; and every route comes to its keys. Each has a place of the region's housing agreement first, of
 * which there are half as many as routes until the corporation adds the rest: the ledger is never oversold, and at the end
 * each route holds the one home that it was promised.
 */
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { tokenOf } from '../../bench/lib/parked-routes.ts';
import type { RouteView } from '../../contracts/views.ts';
import type { Behaviour } from '../../simulator/behaviours.ts';
import { caller, type Caller } from '../support/api-caller.ts';
import { accompany, aStart } from '../support/case-manager.ts';
import { withParts } from '../support/with-parts.ts';
import { LedgerWatch, persistently } from './ledger-watch.ts';

const { routes } = parseArgs({
  options: { routes: { type: 'string', default: '36' }, rounds: { type: 'boolean' } },
}).values;
const count = Number(routes);
const withinMs = 5 * 60_000;
const betweenStartsMs = 1200;
const betweenKillsMs = 1500;

const noPostalAddress = { stepId: 'income.postal-address', mode: 'refusing' } as const;
/** All commit; the corporation declines at first; the benefits office breaks its first promise. */
const kinds: readonly (readonly Behaviour[])[] = [
  [],
  [{ stepId: 'commitment.housing-corporation', attempt: 1, mode: 'refusing' }],
  [
    { stepId: 'commitment.benefits-office', attempt: 1, mode: 'breaking', delayMs: 900 },
    { stepId: 'income.benefit', attempt: 1, mode: 'silent' },
  ],
];

/** What is wrong with a route as it is seen; nothing when all are bound, or nobody is. */
function faultsOf({ promised, rounds }: RouteView): string[] {
  const latest = rounds.at(-1);
  const bound = rounds.filter(({ status }) => status === 'active' || status === 'kept');
  const halfBound = bound.some(({ commitments }) => commitments.some(({ answer }) => answer !== 'given'));
  const adrift = promised.length > 0 && latest?.status !== 'active';
  return [
    ...(halfBound ? ['a round is active that not all have promised'] : []),
    ...(adrift ? [`promised by no active round: ${promised.join()}`] : []),
  ];
}

/** Where a route stands, in one line. */
const standing = ({ waits, rounds, facts, promised, place, tracks }: RouteView): string =>
  JSON.stringify({
    waits: waits.map(({ stepId, blocker, nextMove }) => `${stepId} ${blocker} ${nextMove}`),
    rounds: rounds.map(({ nr, status, reason, commitments }) => ({ nr, status, reason, commitments })),
    steps: tracks.flatMap(({ steps }) => steps.map((s) => `${s.stepId}:${s.attempt} ${s.status}`)),
    facts,
    promised,
    place,
  });

const environment = {
  RULES: 'demo',
  SIMULATOR_DELAY_MS: '500',
  SIMULATOR_JITTER_MS: '500',
  LOG_LEVEL: 'silent',
};

await withParts(environment, async ({ parts, dataDir }) => {
  await Promise.all([parts.temporal.start(), parts.simulator.start()]);
  await Promise.all([parts.worker.start(), parts.api.start()]);
  const manager = caller(parts.apiUrl, await tokenOf(dataDir, parts, { municipality: 'GM0014' }));
  const begun = Date.now();
  const say = (line: string) =>
    process.stdout.write(`${((Date.now() - begun) / 1000).toFixed(0).padStart(4)} s  ${line}\n`);
  const ledger = await LedgerWatch.begin(
    caller(parts.apiUrl, await tokenOf(dataDir, parts, { role: 'policy' })),
    Math.ceil(count / 2),
  );
  const behaviours: Behaviour[] = [noPostalAddress];
  const faults = new Map<string, string[]>();
  const ends = new Map<string, RouteView>();
  const over = new Set<number>();
  const kills: number[] = [];
  let looks = 0;

  async function one(i: number): Promise<void> {
    const routeId = await started(manager, i);
    const own = kinds[i % kinds.length]!.map((rule) => ({ ...rule, routeId }));
    behaviours.push(...own);
    await persistently(() =>
      fetch(`${parts.simulatorUrl}/control/behaviours`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(behaviours),
      }),
    );
    const look = (route: RouteView): boolean => {
      looks += 1;
      const wrong = faultsOf(route);
      if (wrong.length > 0) faults.set(routeId, wrong);
      if (route.waits.some(({ nextMove }) => nextMove === 'ask-commitments'))
        void manager
          .post(`/routes/${routeId}/commitments`, { reason: 'Aan de regietafel' })
          .catch(() => undefined);
      return route.facts.includes('home');
    };
    try {
      ends.set(routeId, await accompany(manager, routeId, look, { withinMs, everyMs: 100 }));
    } catch (error) {
      const { body } = await persistently(() => manager.get(`/routes/${routeId}`));
      faults.set(routeId, [`${String(error).slice(0, 60)} …`, standing(body as RouteView)]);
    }
  }

  const all = Promise.all(
    Array.from({ length: count }, async (_, i) => {
      await sleep(i * betweenStartsMs);
      await one(i);
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
    `${looks} looks at ${count} routes, ${kills.length} kills: never some bound and others not, but for ${faults.size}\n` +
      `${count - faults.size} passed, ${failed} failed\n`,
  );
  return failed === 0;
});

/** Starts a route, whatever is down meanwhile. */
async function started(manager: Caller, i: number): Promise<string> {
  const start = { ...aStart, municipality: 'GM0014', region: 'demo-region' };
  const { body } = await persistently(() =>
    manager.post('/routes', start, { 'idempotency-key': `round-${i}` }),
  );
  return body.routeId as string;
}
