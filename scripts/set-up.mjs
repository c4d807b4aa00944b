// node scripts/set-up.mjs [--only temporal|test-server|temporal-server|postgres|chromium|dependencies]: gets what the project needs and cannot ship.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './lib/dependencies.mjs';
import { runMain, SettingError } from './lib/errors.mjs';
import { createLog } from './lib/log.mjs';
import { chromium } from './lib/tool-chromium.mjs';
import { postgres } from './lib/tool-postgres.mjs';
import { temporalCli } from './lib/tool-temporal.mjs';
import { temporalServer } from './lib/tool-temporal-server.mjs';
import { testServer } from './lib/tool-test-server.mjs';
import { resolveTool } from './lib/tools.mjs';

/** @typedef {'dependencies' | 'temporal' | 'test-server' | 'postgres' | 'temporal-server' | 'chromium'} Need */

/** What the usual tests need. */
export const USUAL = /** @type {Need[]} */ (['dependencies', 'temporal', 'test-server', 'postgres']);
const NEEDS = /** @type {Need[]} */ ([...USUAL, 'temporal-server', 'chromium']);

/**
 * Gets what is needed, in this order: npm packages, the Temporal CLI, the time-skipping test server,
 * PostgreSQL; for `npm run test:versions` alone a server that can move pinned runs, and for `npm test -- --browser` Chromium.
 * @param {object} [options]
 * @param {Need[]} [options.needs] all but the last two when left out
 * @param {import('./lib/log.mjs').Log} [options.log]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @returns {Promise<{ temporal: string, testServer: string, postgres: string, temporalServer: string, chromium: string }>} paths of programs that work; '' for one
 *   not asked for
 * @throws {import('./lib/errors.mjs').SetUpError} with what to install, when nothing worked
 */
export async function setUp({ needs = USUAL, log = createLog(), env = process.env } = {}) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  if (needs.includes('dependencies')) await ensureDependencies({ root, log, env });
  const { devDependencies } = JSON.parse(await readFile(`${root}package.json`, 'utf8'));
  const sdkVersion = devDependencies['@temporalio/testing'];
  /** @param {Need} need @param {import('./lib/tools.mjs').Tool} tool */
  const get = async (need, tool) => (needs.includes(need) ? resolveTool(tool, { env, log }) : '');
  return {
    temporal: await get('temporal', temporalCli(sdkVersion)),
    testServer: await get('test-server', testServer(sdkVersion)),
    postgres: await get('postgres', postgres),
    temporalServer: await get('temporal-server', temporalServer),
    chromium: await get('chromium', chromium),
  };
}

async function main() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const only = NEEDS.find((need) => need === values.only);
  if (values.only && !only)
    throw new SettingError(`--only ${values.only}: choose one of ${NEEDS.join(', ')}.`);
  const { temporal, testServer, temporalServer, ...rest } = await setUp(only ? { needs: [only] } : {});
  if (temporal) console.log(`Temporal CLI ready: ${temporal}`);
  if (testServer) console.log(`Time-skipping test server ready: ${testServer}`);
  if (rest.postgres) console.log(`PostgreSQL ready: ${rest.postgres}`);
  if (temporalServer) console.log(`Temporal server ready: ${temporalServer}`);
  if (rest.chromium) console.log(`Chromium ready: ${rest.chromium}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runMain(main);
