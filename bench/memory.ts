/**
 * npm run bench:memory: what 1,000 parked routes take in the cache of one worker process: its memory before the
 * first of them and with all of them, each after a collection of garbage, divided by their number.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleOnce } from '../test/support/bundle.ts';
import { startSystem } from '../test/support/system.ts';
import { park, tokenOf } from './lib/parked-routes.ts';
import type { Usage } from './lib/worker-process.ts';

const budgetMb = 0.4;
const { routes } = parseArgs({ options: { routes: { type: 'string', default: '1000' } } }).values;
const count = Number(routes);
const warmUp = 5; // the first routes load and compile what all of them share

const system = await startSystem({ server: 'dev', rules: 'nl' });
const at = { apiUrl: system.url, simulatorUrl: system.simulatorUrl };
let within = false;
try {
  await system.stopWorker(); // the one that is measured runs in a process of its own
  const worker = await startWorker();
  const token = await tokenOf(system.dataDir, at, {});
  await park(warmUp, at, token);
  const before = await worker.usage();
  await park(count, at, token, warmUp);
  const after = await worker.usage();
  worker.stop();
  const cached = after.cachedRoutes - before.cachedRoutes;
  if (cached < count) throw new Error(`Only ${cached} of ${count} routes are in the cache`);
  const mb = (of: keyof Usage) => (after[of] - before[of]) / count / 1_000_000;
  within = mb('rssBytes') <= budgetMb;
  process.stdout.write(
    `${within ? 'PASS' : 'FAIL'}: ${mb('rssBytes').toFixed(3)} MB of memory (RSS) per parked route, ` +
      `${mb('heapBytes').toFixed(3)} MB of it heap; ${count} routes in one worker's cache (budget ${budgetMb} MB)\n` +
      `the process: ${whole(before)} with ${before.cachedRoutes} routes, ${whole(after)} with ${after.cachedRoutes}\n`,
  );
} finally {
  await system.stop();
}
process.exit(within ? 0 : 1);

function whole({ rssBytes, heapBytes }: Usage): string {
  return `${Math.round(rssBytes / 1_000_000)} MB (heap ${Math.round(heapBytes / 1_000_000)} MB)`;
}

async function startWorker() {
  const preloaded = [
    'tsx',
    join(import.meta.dirname, '..', 'worker', 'without-promise-stacks.mjs'),
    join(import.meta.dirname, 'lib', 'heap-reporter.mjs'),
  ];
  const bundle = join(system.dataDir, 'workflow-bundle.js');
  await writeFile(bundle, (await bundleOnce()).code);
  const child = fork(join(import.meta.dirname, 'lib', 'worker-process.ts'), [String(count + warmUp)], {
    execArgv: ['--expose-gc', ...preloaded.flatMap((module) => ['--import', module])],
    env: {
      ...process.env,
      MALLOC_ARENA_MAX: '1', // as npm start and the image set it
      DATA_DIR: system.dataDir,
      TEMPORAL_ADDRESS: system.env.address,
      API_URL: at.apiUrl,
      PARTNERS_URL: at.simulatorUrl,
      WORKFLOW_BUNDLE: bundle,
    },
  });
  const ended = once(child, 'exit').then(([code]) =>
    Promise.reject(new Error(`The worker ended with ${code}`)),
  );
  ended.catch(() => undefined); // at the end that is what is wanted
  await Promise.race([once(child, 'message'), ended]);
  return {
    async usage(): Promise<Usage> {
      child.send('usage');
      const [used] = await once(child, 'message');
      return used as Usage;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}
