import { existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { SettingError } from './errors.mjs';

/**
 * @typedef {object} Settings of `npm start`
 * @property {number} port of the API
 * @property {number} simulatorPort
 * @property {number} temporalPort
 * @property {number} temporalUiPort
 * @property {number} workerMetricsPort
 * @property {number} apiMetricsPort
 * @property {string} temporalAddress
 * @property {boolean} ownTemporal start the development server, rather than use one that runs
 * @property {string} dataDir absolute
 * @property {string} rules
 * @property {string} demo - on, off, or the one example that is played
 */

/** @param {NodeJS.ProcessEnv} env @param {string} name @param {number} fallback */
function portFrom(env, name, fallback) {
  const text = env[name] || String(fallback);
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new SettingError(`${name}=${text} is not a port number (1 to 65535).`);
  }
  return port;
}

/** The rule sets that new routes can start under: each national one is in a file of its name, beside the rent caps. @param {string} root */
const nationalRuleSets = (root) =>
  readdirSync(join(root, 'rules'))
    .filter((file) => file.endsWith('.json') && file !== 'rent-caps.json')
    .map((file) => file.replace(/\.json$/, ''))
    .sort();

/**
 * Reads the settings of `npm start`.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} root of the project; a relative DATA_DIR is inside it
 * @returns {Settings}
 * @throws {SettingError} one line that names the variable
 */
export function readSettings(env, root) {
  const temporalPort = portFrom(env, 'TEMPORAL_PORT', 7233);
  const temporalAddress = env.TEMPORAL_ADDRESS || `127.0.0.1:${temporalPort}`;
  if (!/^.+:\d{1,5}$/.test(temporalAddress) || temporalAddress.includes('//')) {
    throw new SettingError(`TEMPORAL_ADDRESS=${temporalAddress} is not host:port.`);
  }
  const demo = env.DEMO || 'on';
  const choices = ['on', 'off', ...namedExamples(root)];
  if (!choices.includes(demo)) throw new SettingError(`DEMO=${demo}: choose one of ${choices.join(', ')}.`);
  const rules = env.RULES || 'demo';
  const known = nationalRuleSets(root);
  if (!known.includes(rules)) throw new SettingError(`RULES=${rules}: choose one of ${known.join(', ')}.`);
  const dataDir = env.DATA_DIR || '.data';
  return {
    port: portFrom(env, 'PORT', 8080),
    simulatorPort: portFrom(env, 'SIMULATOR_PORT', 8090),
    temporalPort,
    temporalUiPort: portFrom(env, 'TEMPORAL_UI_PORT', 8233),
    workerMetricsPort: portFrom(env, 'WORKER_METRICS_PORT', 9464),
    apiMetricsPort: portFrom(env, 'API_METRICS_PORT', 9465),
    temporalAddress,
    ownTemporal: !env.TEMPORAL_ADDRESS,
    dataDir: isAbsolute(dataDir) ? dataDir : join(root, dataDir),
    rules,
    demo,
  };
}

/** The examples, each in a file or a folder of its own. @param {string} root */
function namedExamples(root) {
  const folder = join(root, 'examples');
  const isExample = (/** @type {string} */ name) =>
    name.endsWith('.json') || existsSync(join(folder, name, 'scenario.json'));
  const names = readdirSync(folder).filter(isExample);
  return names.map((name) => name.replace(/\.json$/, '')).sort();
}

/** Where the parts are found. @param {Settings} settings */
export const urlsOf = ({ port, simulatorPort, temporalUiPort, workerMetricsPort, apiMetricsPort }) => ({
  api: `http://127.0.0.1:${port}`,
  simulator: `http://127.0.0.1:${simulatorPort}`,
  temporalUi: `http://127.0.0.1:${temporalUiPort}`,
  workerMetrics: `http://127.0.0.1:${workerMetricsPort}/metrics`,
  apiMetrics: `http://127.0.0.1:${apiMetricsPort}/metrics`,
});

/**
 * The environment of every part.
 * @param {Settings} settings
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentOf(settings, env) {
  const { api, simulator, temporalUi } = urlsOf(settings);
  const { NODE_ENV: _, ...rest } = env; // someone's NODE_ENV=production would ask for production's keys
  return {
    ...rest,
    PORT: String(settings.port),
    SIMULATOR_PORT: String(settings.simulatorPort),
    TEMPORAL_ADDRESS: settings.temporalAddress,
    DATA_DIR: settings.dataDir,
    RULES: settings.rules,
    DEMO: settings.demo,
    API_URL: api,
    CODEC_ORIGIN: temporalUi,
    TEMPORAL_UI_URL: temporalUi,
    // The development UI has no sign-in; on loopback the endpoint is for that page alone.
    CODEC_ACCESS: env.HOST && env.HOST !== '127.0.0.1' ? 'token' : 'open',
    PARTNERS_URL: simulator,
    JWKS_URL: `${simulator}/identity/jwks.json`,
    TOKEN_ISSUER: `${simulator}/identity`,
    STOP_WITH_PARENT: '1',
  };
}
