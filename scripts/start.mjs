// npm start: everything on this machine, from nothing to the demo; Ctrl-C stops all of it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMain, SettingError } from './lib/errors.mjs';
import { tryLock } from './lib/lock.mjs';
import { createLog } from './lib/log.mjs';
import { createParts } from './lib/parts.mjs';
import { checkPorts } from './lib/ports.mjs';
import { lastLine } from './lib/run.mjs';
import { readSettings, urlsOf } from './lib/settings.mjs';
import { createSupervisor } from './lib/supervisor.mjs';
import { setUp } from './set-up.mjs';

/** Those that are looked at first; `npm run ops -- views` has all. */
const mainViews = new Set(['overdue', 'due-soon', 'deadlocked', 'technical', 'on-hold', 'unchanged']);
const LEAVING_MS = 15_000; // what the parts of a start that was killed need to finish and go

/** @param {import('./lib/settings.mjs').Settings} settings */
const portsOf = ({
  ownTemporal,
  temporalPort,
  temporalUiPort,
  simulatorPort,
  port,
  workerMetricsPort,
  apiMetricsPort,
}) => [
  { port, use: 'the API', variable: 'PORT' },
  { port: simulatorPort, use: 'the partner simulator', variable: 'SIMULATOR_PORT' },
  { port: workerMetricsPort, use: "the worker's metrics", variable: 'WORKER_METRICS_PORT' },
  { port: apiMetricsPort, use: "the API's metrics", variable: 'API_METRICS_PORT' },
  ...(ownTemporal
    ? [
        { port: temporalPort, use: 'the Temporal server', variable: 'TEMPORAL_PORT' },
        { port: temporalUiPort, use: "Temporal's Web UI", variable: 'TEMPORAL_UI_PORT' },
      ]
    : []),
];

/**
 * Starts the parts in the order in which they need each other, and prints where they are.
 * @param {ReturnType<typeof createParts>} parts
 * @param {ReturnType<typeof createSupervisor>} supervisor
 * @param {import('./lib/settings.mjs').Settings} settings
 */
async function bringUp(parts, supervisor, settings) {
  const { say, fail, signal, start } = supervisor;
  /** @param {string} path @param {string[]} args */
  const needed = async (path, ...args) => {
    const { ok, code, stdout, reason } = await parts.runScript(path, args, signal);
    if (!ok && !signal.aborted) fail({ code: code === 2 ? 2 : 1, message: `${path}: ${reason}` });
    return stdout;
  };
  const temporalUp = async () => {
    if (parts.temporal) await start(parts.temporal);
    else say(`Temporal server: the one at ${settings.temporalAddress}`);
    await needed('scripts/prepare.ts');
  };
  await Promise.all([temporalUp(), start(parts.simulator)]);
  if (signal.aborted) return;
  const tokens = needed('scripts/token.ts', '--all');
  await Promise.all([start(parts.worker), start(parts.api), tokens]);

  const urls = urlsOf(settings);
  say(
    `\nAPI            ${urls.api}\nOpenAPI        ${urls.api}/v1/openapi.json, as a page ${urls.api}/v1/docs`,
  );
  if (parts.temporal) say(`Temporal UI    ${urls.temporalUi}`);
  say(`Metrics        ${urls.workerMetrics} of the worker, ${urls.apiMetrics} of the API`);
  say(`Simulator      ${urls.simulator}\nLogs           ${join(settings.dataDir, 'logs')}\n\nTokens by role`);
  for (const line of lastLine(await tokens) ? (await tokens).trim().split('\n') : []) {
    const [role = '', token = ''] = line.split('\t');
    say(`  ${role.padEnd(20)} ${token}`);
  }
  if (parts.temporal) {
    say('\nStuck routes (docs/operations.md)');
    const views = JSON.parse((await needed('ops/main.ts', 'views', '--links', '--json')) || '[]');
    for (const { id, link } of views) if (mainViews.has(id)) say(`  ${id.padEnd(12)} ${link}`);
    say('  all of them, with how many routes: npm run ops -- views');
  }
  say('');
  if (parts.demo) await start(parts.demo);
}

/** Makes the data folder and takes its lock. @param {string} dataDir */
async function openDataDir(dataDir) {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 }); // it holds keys
    return await tryLock(join(dataDir, 'start.lock'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingError(`DATA_DIR=${dataDir} is no folder that can be written to: ${reason}`);
  }
}

async function main() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const settings = readSettings(process.env, root);
  const lock = await openDataDir(settings.dataDir);
  if ('heldBy' in lock) {
    const other = 'stop that one, or give this one its own DATA_DIR and ports.';
    throw new SettingError(`Already running on ${settings.dataDir} (process ${lock.heldBy}): ${other}`);
  }
  try {
    await checkPorts(portsOf(settings), lock.abandoned ? LEAVING_MS : 0);
    const log = createLog();
    const needs = /** @type {import('./set-up.mjs').Need[]} */ (
      settings.ownTemporal ? ['dependencies', 'temporal'] : ['dependencies']
    );
    const { temporal: temporalCli } = await setUp({ needs, log });
    const supervisor = createSupervisor(log.line);
    const parts = createParts({ root, settings, temporalCli, env: process.env });
    return await supervisor.run(bringUp(parts, supervisor, settings));
  } finally {
    await lock.release();
  }
}

await runMain(main);
