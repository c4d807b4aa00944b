// npm test: gets what is missing, runs the static checks and the tests; its last line is "N passed, N failed". With
// `-- --all` everything that takes longer as well, each of which can be asked for alone: `--production` (what is started as
// people start it), `--outages` (parts that fail, are killed or flooded) and `--browser` (the Temporal UI in Chromium).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countTests, runChecks } from './lib/checks.mjs';
import { runMain } from './lib/errors.mjs';
import { createLog } from './lib/log.mjs';
import { setUp, USUAL } from './set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs Vitest with what it prints going straight to the terminal; the count comes from a report file.
 * @param {{ temporal: string, testServer: string, postgres: string, chromium: string }} tools
 * @param {string[]} args
 * @returns {Promise<import('./lib/checks.mjs').Count>}
 */
async function runVitest({ temporal, testServer, postgres, chromium }, args) {
  const dir = await mkdtemp(join(tmpdir(), 'outflow-routes-test-'));
  try {
    const report = join(dir, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const env = {
      ...process.env,
      TEMPORAL_CLI_PATH: temporal,
      TEMPORAL_TEST_SERVER_PATH: testServer,
      POSTGRES_PATH: postgres,
      ...(chromium && { CHROMIUM_PATH: chromium }),
    };
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
      cwd: root,
      env,
      stdio: 'inherit',
    });
    const [code] = await once(child, 'exit');
    const text = await readFile(report, 'utf8').catch(() => undefined);
    return countTests(text === undefined ? undefined : JSON.parse(text), code === 0);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** What runs only where it is asked for, each a project of Vitest. */
const EXTRAS = ['production', 'outages', 'browser'];
const ALL = '--all';

/**
 * What Vitest is asked for: what was named; else everything, with the extras that are asked for.
 * @param {string[]} args @param {string[]} extras
 */
function asked(args, extras) {
  const rest = args.filter((each) => each !== ALL && !EXTRAS.includes(each.replace('--', '')));
  const projects = ['usual', ...extras];
  return rest.length > 0 ? rest : projects.flatMap((name) => ['--project', name]);
}

async function main() {
  const args = process.argv.slice(2);
  const extras = args.includes(ALL) ? EXTRAS : EXTRAS.filter((name) => args.includes(`--${name}`));
  const log = createLog();
  const tools = await setUp({ log, needs: extras.includes('browser') ? [...USUAL, 'chromium'] : USUAL });
  const checks = await runChecks({ root, log });
  const tests = await runVitest(tools, asked(args, extras));
  const failed = checks.failed + tests.failed;
  log.line(`${checks.passed + tests.passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

await runMain(main);
