import { connect } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';
import { environmentOf, urlsOf } from './settings.mjs';

/** @typedef {import('./service.mjs').Part} Part */

/** @param {string} url */
async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/** @param {number} port @returns {Promise<boolean>} */
const accepts = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/** @param {string} root @returns {string[]} the search attributes, as arguments of the development server */
function searchAttributeArgs(root) {
  const list = JSON.parse(readFileSync(join(root, 'domain/search-attributes.json'), 'utf8'));
  return Object.entries(list).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]);
}

/**
 * What the development server has of SQLite: a log of its own beside the file, which halves what each step of a workflow
 * costs it. Nothing is lost when a process is killed; a power cut may cost the last moments.
 * @param {string} root @returns {string[]}
 */
function databaseArgs(root) {
  const pragmas = JSON.parse(readFileSync(join(root, 'scripts/lib/sqlite-pragmas.json'), 'utf8'));
  return Object.entries(pragmas).flatMap(([name, value]) => ['--sqlite-pragma', `${name}=${value}`]);
}

/**
 * The processes that make up the project on one machine.
 * @param {{ root: string, settings: import('./settings.mjs').Settings, temporalCli: string, env: NodeJS.ProcessEnv }} from
 */
export function createParts({ root, settings, temporalCli, env: outer }) {
  const env = {
    MALLOC_ARENA_MAX: '1', // glibc gives each thread an arena of its own otherwise, and a worker has many threads
    ...environmentOf(settings, outer),
    ...(temporalCli && { TEMPORAL_CLI_PATH: temporalCli }),
  };
  const urls = urlsOf(settings);
  const script = (/** @type {string} */ path) => ['--import', 'tsx', join(root, path)];
  const withoutStacks = ['--import', join(root, 'worker/without-promise-stacks.mjs')];
  /** @param {string} name @param {string[]} args @param {Partial<Part>} more @returns {Part} */
  const part = (name, args, more) => {
    const logFile = join(settings.dataDir, 'logs', `${name.toLowerCase().replaceAll(' ', '-')}.log`);
    return { name, command: process.execPath, args, env, cwd: root, logFile, ...more };
  };

  const { temporalPort, temporalUiPort, temporalAddress, dataDir } = settings;
  const options = {
    ip: '127.0.0.1',
    port: String(temporalPort),
    'ui-port': String(temporalUiPort),
    'ui-codec-endpoint': `${urls.api}/codec`,
    'db-filename': join(dataDir, 'temporal.db'),
    'log-level': 'error',
    namespace: 'default',
  };
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const withParent = fileURLToPath(new URL('with-parent.mjs', import.meta.url));
  const server = () => [
    withParent,
    temporalCli,
    'server',
    'start-dev',
    ...flags,
    ...searchAttributeArgs(root),
    ...databaseArgs(root),
  ];
  const health = ['operator', 'cluster', 'health', '--address', temporalAddress];
  // Somebody's settings for another server (TLS, API key) would make a healthy one look ill.
  const plain = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_')));
  const serves = async () =>
    (await accepts(temporalPort)) && (await run(temporalCli, health, { env: plain, timeoutMs: 20_000 })).ok;

  return {
    temporal: settings.ownTemporal && part('Temporal server', server(), { isReady: serves }),
    simulator: part('Simulator', script('simulator/main.ts'), {
      isReady: () => answers(`${urls.simulator}/health`),
    }),
    worker: part('Worker', [...withoutStacks, ...script('worker/main.ts')], {
      env: { ...env, METRICS_ADDRESS: new URL(urls.workerMetrics).host },
      readyLine: '"msg":"worker ready"',
    }),
    api: part('API', script('api/main.ts'), {
      env: { ...env, METRICS_ADDRESS: new URL(urls.apiMetrics).host },
      isReady: () => answers(`${urls.api}/v1/health`),
    }),
    demo:
      settings.demo !== 'off' &&
      part('Demo', [...script('scripts/demo.ts'), ...(settings.demo === 'on' ? [] : [settings.demo])], {
        once: true,
      }),
    /** Runs a script to its end. @param {string} path @param {string[]} args @param {AbortSignal} signal */
    runScript: (path, args, signal) =>
      run(process.execPath, [...script(path), ...args], { cwd: root, env, signal }),
  };
}
