/**
 * Routes that are under way when a new version comes, with one step more ahead of where they are and one more behind.
 * The gate names those it would break; these are rolled over, the others simply go on; nobody is asked twice. The new
 * version is the real one; the old one is what it would have been without these steps.
 */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gate, rollOverAll } from '../../scripts/replay/gate.ts';
import { openRoutes } from '../../scripts/replay/open-routes.ts';
import { createScenes, isClosed, isDone, isOpen, stepOf } from '../../scripts/replay/scene.ts';
import { bundleOnce } from '../support/bundle.ts';
import { hurry } from '../support/hurry.ts';
import { startSystem, type System } from '../support/system.ts';
import { mutant } from '../replay/support.ts';

const without = (stage: string, stepId: string) => ({
  file: `workflows/stages/${stage}.ts`,
  from: `  await step(route, '${stepId}');\n`,
  to: '',
});

let system: System;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'demo', norms: 'none' });
  await system.stopWorker();
  await system.startWorker(
    await mutant([
      without('debt-restructuring', 'debt.first-talk'),
      without('aftercare', 'aftercare.first-check-in'),
    ]),
  );
});
afterAll(() => system?.stop());

/** Runs the gate as operations do, with the new version. */
async function replayGate() {
  const bundle = join(system.dataDir, 'next-version.js');
  await writeFile(bundle, (await bundleOnce()).code);
  const connection = { TEMPORAL_ADDRESS: system.env.address, DATA_DIR: system.dataDir };
  const env = { ...process.env, ...connection, WORKFLOW_BUNDLE: bundle };
  const args = ['--import', 'tsx', 'scripts/replay-gate.ts', '--json'];
  const ran = promisify(execFile)(process.execPath, args, { env, cwd: join(import.meta.dirname, '../..') });
  const { stdout, code } = await ran.then(
    (done) => ({ ...done, code: 0 }),
    (error: { stdout: string; code: number }) => error,
  );
  return {
    code,
    ...(JSON.parse(stdout) as { open: number; broken: { routeId: string }[] }),
  };
}

it('all of them end on the new version, with its steps behind them', async () => {
  const start = createScenes(system);
  const [notBegun, before, behind, unanswered] = [await start(), await start(), await start(), await start()];
  const all = [notBegun, before, behind, unanswered];

  await before.behave([{ stepId: 'debt.registration', mode: 'silent' }]);
  await behind.behave([{ stepId: 'debt.arrangement', mode: 'silent' }]);
  await unanswered.behave([{ stepId: 'debt.plan', mode: 'down' }]);
  for (const scene of all.slice(1)) await scene.identify();
  await Promise.all([
    before.until(isOpen('debt.registration', 'cti.transition')),
    behind.until(isOpen('debt.arrangement', 'cti.transition')),
    unanswered.until(isOpen('debt.plan', 'cti.transition')),
  ]);

  const first = await replayGate();
  expect(first).toMatchObject({ code: 1, open: 4 });
  expect(first.broken.toSorted((a) => (a.routeId === behind.routeId ? -1 : 1))).toMatchObject([
    { routeId: behind.routeId, step: expect.stringMatching(/^debt\./) },
    { routeId: unanswered.routeId, step: expect.stringMatching(/^debt\./) },
  ]);
  const { client } = system;
  const broken = (await openRoutes(client)).filter((each) =>
    first.broken.some(({ routeId }) => routeId === each.routeId),
  );
  expect(await rollOverAll(client, broken)).toEqual([]);
  expect(await gate({ client, workflowBundle: await bundleOnce() })).toEqual({ open: 4, broken: [] });

  // While the old version is gone and the new one is not yet there, a partner answers.
  await system.stopWorker();
  const answer = { requestId: `${behind.routeId}:debt.arrangement:1` };
  const { body } = await behind.tell('debt-service', 'step-completed', answer);
  expect(body).toMatchObject({ receipt: 'queued' });
  await system.startWorker();
  for (const scene of all) await scene.behave([]);
  await notBegun.identify();

  await Promise.all(all.map((scene) => hurry(scene)));
  for (const scene of all) {
    const route = await scene.until(isClosed);
    expect(route.ending).toBe('completed');
    expect(isDone('aftercare.first-check-in')(route)).toBe(true);
    // Who had passed its place is not asked it any more; who had not met it in its turn.
    const passed = scene === behind || scene === unanswered;
    expect(stepOf(route, 'debt.first-talk')?.status).toBe(passed ? 'not-asked' : 'done');
    const { totals, requests } = system.simulator.ledger(scene.routeId);
    expect(totals).toMatchObject({ actedTwice: 0, undeliverable: 0 });
    expect(requests.filter(({ effects }) => effects !== 1)).toEqual([]);
    expect(route.tracks.flatMap(({ steps }) => steps).filter(({ attempt }) => attempt > 1)).toEqual([]);
  }
});
