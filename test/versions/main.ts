/**
 * `npm run test:versions`: pinned worker versions on a real server that has them. Routes are parked at many points on
 * version 1; version 2, with a new step behind and one ahead of them, comes beside it and is made current; each route
 * is sent something, moves when it continues as new, and comes to its end on version 2. Version 1 is then drained.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RouteView } from '../../contracts/views.ts';
import { replay } from '../../scripts/replay/replay.ts';
import { createScenes, type Scene } from '../../scripts/replay/scene.ts';
import { mutant } from '../replay/support.ts';
import { bundleOnce } from '../support/bundle.ts';
import { hurry } from '../support/hurry.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { createVersion, type Version } from './deployment.ts';
import { answer, newSteps, outcomesOf, places, type Place } from './places.ts';
import { startServer } from './server.ts';
import { tableOf } from './table.ts';
import { faultsOf, newestBuild, pathOf, versionedRuns } from './verdict.ts';

const began = performance.now();
const say = (text: string) =>
  void process.stdout.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${text}\n`);

type Case = Place & { readonly scene: Scene; readonly path: readonly string[] };

/** Version 1 is what version 2 would be without its new steps. */
const withoutNewSteps = newSteps.map((stepId) => ({
  file: `workflows/stages/${stepId.startsWith('debt') ? 'debt-restructuring' : 'aftercare'}.ts`,
  from: `  await step(route, '${stepId}');\n`,
  to: '',
}));

async function play(system: System, v1: Version, v2: Version): Promise<Case[]> {
  const start = createScenes(system);
  await v1.start();
  await v1.makeCurrent();
  say('version 1 is current');

  const cases: Case[] = [];
  for (const place of places) cases.push({ ...place, path: ['v1', 'v2'], scene: await start() });
  await Promise.all(cases.map(({ park, scene }) => park(scene)));
  say(`${cases.length} routes are parked on version 1`);

  await v2.start();
  await v2.makeCurrent();
  const fresh: Place = {
    name: 'new',
    wokenBy: 'started on version 2',
    park: async () => {},
    expected: ['done', 'done'],
  };
  cases.push({ ...fresh, path: ['v2'], scene: await start() });
  say('version 2 is current, beside version 1');

  const isOn = (version: Version, { scene }: Case) =>
    until(
      `${scene.routeId} is on ${version.buildId}`,
      async () => (await newestBuild(system.client, scene.routeId)) === version.buildId,
      120_000,
    );
  for (const each of cases.filter(({ wake }) => wake)) {
    await each.wake!(each.scene);
    await isOn(v2, each);
    say(`on version 2: ${each.name}, ${each.wokenBy}`);
  }

  await Promise.all([v1.stop(), v2.stop()]);
  const unheard = cases.find(({ wokenBy }) => wokenBy.includes('nobody polls'))!;
  const { body } = await answer('debt-service', 'debt.arrangement')(unheard.scene);
  say(`told while nobody polls: ${String(body.receipt)}`);
  await Promise.all([v1.start(), v2.start()]);
  await isOn(v2, unheard);

  await v1.stop();
  say('all routes are on version 2; version 1 is stopped');
  return cases;
}

/** Goes along to the end with every route, and holds what became of it against what should have. */
async function judge(system: System, cases: readonly Case[], versions: readonly Version[]) {
  return Promise.all(
    cases.map(async ({ scene, name, wokenBy, expected, path }) => {
      await scene.behave([]);
      if (name === 'new') await scene.identify();
      const route: RouteView = await hurry(scene);
      const runs = await versionedRuns(system.client, scene.routeId);
      const faults = faultsOf(system, route, runs, { path, outcomes: expected });
      // The run that moved, and the one that the closed route is looked up in: others may have been left in a hurry.
      for (const { buildId, bundle } of versions) {
        const last = runs.findLast(({ buildIds }) => buildIds.includes(buildId));
        const named = last ? [{ name: `last run on ${buildId}`, history: last.history }] : [];
        for await (const { name, broken } of replay(bundle, named))
          if (broken) faults.push(`${name} does not replay: ${broken.message}`);
      }
      const { totals } = system.simulator.ledger(scene.routeId);
      return {
        name,
        wokenBy,
        path: pathOf(runs),
        outcomes: outcomesOf(route),
        ending: route.ending,
        totals,
        faults,
      };
    }),
  );
}

async function main(dir: string): Promise<number> {
  const binary = process.env.TEMPORAL_SERVER_PATH;
  if (!binary)
    throw new Error('TEMPORAL_SERVER_PATH is not set: npm run test:versions finds the server and sets it');
  const server = await startServer(binary, dir);
  say(`server ${server.version} runs`);
  try {
    const system = await startSystem({ server, rules: 'nl', norms: 'none', withoutWorker: true });
    try {
      return await tryOut(system);
    } finally {
      await system.stop();
    }
  } finally {
    await server.stop();
  }
}

/** @returns the exit code */
async function tryOut(system: System): Promise<number> {
  const v1 = createVersion(system, 'v1', await mutant(withoutNewSteps));
  const v2 = createVersion(system, 'v2', await bundleOnce());
  try {
    const cases = await play(system, v1, v2);
    const results = await judge(system, cases, [v1, v2]);
    const status = await until('version 1 is drained', async () => {
      const found = await v1.status();
      return found === 'drained' && found;
    });
    process.stdout.write(`\n${tableOf(results)}\n\nversion 1: ${status}; version 2: ${await v2.status()}\n`);
    const failed = results.filter(({ faults }) => faults.length > 0).length;
    process.stdout.write(`${results.length - failed} passed, ${failed} failed\n`);
    return failed > 0 ? 1 : 0;
  } finally {
    await Promise.all([v1.stop(), v2.stop()]);
  }
}

const dir = await mkdtemp(join(tmpdir(), 'outflow-versions-'));
try {
  process.exitCode = await main(dir);
} finally {
  await rm(dir, { recursive: true, force: true });
}
process.exit();
