/**
 * `npm run record-histories`: plays each scenario that has no history yet on the real server, worker, API and played
 * partners, and writes what it left in Temporal. What is there is never recorded anew: it stands for people under way.
 * `--list` shows the scenarios; names after it record only those.
 */
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { zgwRecordSystem, zgwSettings } from '../test/adapters/zgw-record-system.ts';
import { bundleOnce } from '../test/support/bundle.ts';
import { startSystem } from '../test/support/system.ts';
import { ledgerScenarios } from './replay/ledger-scenarios.ts';
import { recordedNames, recordLedger, recordScenario } from './replay/recording.ts';
import { createScenes, type Place, type Scene } from './replay/scene.ts';
import { scenarios, type Scenario } from './replay/scenarios.ts';

/** Routes at a time: enough to be done in a minute or two, few enough that no partner seems slow. */
const AT_A_TIME = 6;

const { values, positionals } = parseArgs({ options: { list: { type: 'boolean' } }, allowPositionals: true });
const recorded = await recordedNames();
const setUpFile = './set-up.mjs'; // plain JavaScript, without types
type SetUp = { readonly setUp: (what: { needs: string[] }) => Promise<{ temporal: string }> };

if (values.list) {
  for (const { name } of [...scenarios, ...ledgerScenarios])
    process.stdout.write(`${recorded.has(name) ? 'recorded' : 'new     '}  ${name}\n`);
  process.exit(0);
}
const all = [...scenarios, ...ledgerScenarios];
const unknown = positionals.filter((name) => !all.some((scenario) => scenario.name === name));
const taken = positionals.filter((name) => recorded.has(name));
if (unknown.length > 0 || taken.length > 0) {
  if (unknown.length > 0) process.stderr.write(`There is no scenario ${unknown.join(', ')}\n`);
  if (taken.length > 0) process.stderr.write(`Recorded already, and for good: ${taken.join(', ')}\n`);
  process.exit(2);
}
const isWanted = ({ name }: { name: string }) =>
  !recorded.has(name) && (positionals.length === 0 || positionals.includes(name));
const chosen = scenarios.filter(isWanted);

const { setUp } = (await import(setUpFile)) as SetUp;
process.env.TEMPORAL_CLI_PATH ||= (await setUp({ needs: ['temporal'] })).temporal;
const failed = [
  ...(await recordAll(chosen.filter(({ shortRuns, speaksZgw }) => !shortRuns && !speaksZgw))),
  ...(await recordAll(chosen.filter(({ shortRuns }) => shortRuns))),
  ...(await recordAll(chosen.filter(({ speaksZgw }) => speaksZgw))),
  ...(await recordLedgers()),
];
process.exit(failed.length > 0 ? 1 : 0);

/** Plays a scenario until its runs can be replayed: one that a busy machine has split says nothing about the code. */
async function record(scenario: Scenario, createScene: (place?: Place) => Promise<Scene>): Promise<number> {
  for (let left = 3; ; left -= 1) {
    try {
      return await recordScenario(scenario, await createScene(scenario.place), await bundleOnce());
    } catch (error) {
      if (left === 0) throw error;
      process.stderr.write(`${scenario.name}: once more (${String(error).split('\n')[0]})\n`);
    }
  }
}

/** Records ledgers, one after the other: none of them takes long. Answers with the names of those that failed. */
async function recordLedgers(): Promise<string[]> {
  const these = ledgerScenarios.filter(isWanted);
  if (these.length === 0) return [];
  const system = await startSystem({ server: 'dev', rules: 'nl' });
  const failed: string[] = [];
  for (const scenario of these) {
    try {
      process.stdout.write(
        `${scenario.name}: ${await recordLedger(scenario, system, await bundleOnce())} runs\n`,
      );
    } catch (error) {
      failed.push(scenario.name);
      process.stderr.write(
        `${scenario.name} failed: ${error instanceof Error ? error.message : String(error)}\n`,
      );
    }
  }
  await system.stop();
  return failed;
}

/** Records scenarios on one system. Answers with the names of those that did not get where they should. */
async function recordAll(these: readonly Scenario[]): Promise<string[]> {
  if (these.length === 0) return [];
  const budget = these[0]!.shortRuns && { budget: { events: 50, days: 30 } };
  const records = these[0]!.speaksZgw && (await zgwRecordSystem());
  const settings = records && { settings: await zgwSettings(records.url, tmpdir()) };
  const system = await startSystem({ server: 'dev', rules: 'demo', ...budget, ...settings });
  const failed: string[] = [];
  const queue = [...these];
  const createScene = createScenes(system);
  const lane = async () => {
    for (let scenario = queue.shift(); scenario; scenario = queue.shift()) {
      try {
        const runs = await record(scenario, createScene);
        process.stdout.write(`${scenario.name}: ${runs} ${runs === 1 ? 'run' : 'runs'}\n`);
      } catch (error) {
        failed.push(scenario.name);
        process.stderr.write(
          `${scenario.name} failed: ${error instanceof Error ? error.message : String(error)}\n`,
        );
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
  await system.stop();
  await records?.close();
  return failed;
}
