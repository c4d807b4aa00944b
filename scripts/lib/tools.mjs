import { access, constants } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { cacheDir, entryOf, fillEntry } from './cache.mjs';
import { SettingError, SetUpError } from './errors.mjs';
import { withLock } from './lock.mjs';
import { elapsed } from './log.mjs';

/**
 * @typedef {object} Found
 * @property {boolean} ok
 * @property {string} text one line: what was found, or why not
 */
/**
 * @typedef {object} Maker one way to get the tool
 * @property {string} how
 * @property {string} version names the entry in the cache
 * @property {(dir: string, env: NodeJS.ProcessEnv) => Promise<Found>} make leaves `dir/command`, executable
 */
/**
 * @typedef {object} Tool
 * @property {string} name
 * @property {string} command
 * @property {string} variable
 * @property {string[]} [places] folders where it may be besides those of PATH
 * @property {(path: string) => Promise<Found>} check whether the program at a path works
 * @property {Maker[]} makers
 * @property {string} help what to do when nothing worked
 */

const isExecutable = (/** @type {string} */ path) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/** @param {Tool} tool @param {NodeJS.ProcessEnv} env @returns {Promise<string | undefined>} */
async function onPath({ command, places = [] }, env) {
  for (const dir of [...(env.PATH ?? '').split(delimiter).filter(Boolean), ...places]) {
    const path = resolve(dir, process.platform === 'win32' ? `${command}.exe` : command);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

/**
 * The path of a tool that works: from the environment, PATH or the cache, else made in the first way that succeeds.
 * Each try is one line in the log.
 * @param {Tool} tool
 * @param {{ env: NodeJS.ProcessEnv, log: import('./log.mjs').Log }} context
 * @returns {Promise<string>}
 */
export async function resolveTool(tool, { env, log }) {
  const cache = cacheDir(env);
  const say = (/** @type {string} */ how, /** @type {string} */ result) =>
    log.line(`${tool.name} · ${how}: ${result}`);
  /** @param {string} how @param {string} path */
  const works = async (how, path) => {
    const found = await tool.check(path);
    say(how, found.text);
    return found.ok;
  };

  const given = env[tool.variable];
  if (given) {
    if (await works(tool.variable, resolve(given))) return resolve(given);
    throw new SettingError(`${tool.variable}=${given} is not a working ${tool.name}.`);
  }
  say(tool.variable, 'not set');
  const present = await onPath(tool, env);
  if (present && (await works('PATH', present))) return present;
  if (!present) say('PATH', `no ${tool.command} there`);

  const entries = tool.makers.map(({ version }) => entryOf(cache, tool.command, version));
  const inCache = async () => {
    for (const path of entries.map((entry) => join(entry, tool.command))) {
      if ((await isExecutable(path)) && (await works('cache', path))) return path;
    }
    return undefined;
  };
  const cached = await inCache();
  if (cached) return cached;
  say('cache', `nothing in ${cache}`);

  const make = async () => {
    const meanwhile = await inCache(); // another set-up may have had the lock before this one
    if (meanwhile) return meanwhile;
    for (const maker of tool.makers) {
      const entry = entryOf(cache, tool.command, maker.version);
      const began = performance.now();
      const made = await fillEntry(cache, entry, async (dir) => {
        const trying = maker
          .make(dir, env)
          .then((found) => (found.ok ? tool.check(join(dir, tool.command)) : found));
        const found = await log.during(`${tool.name} · ${maker.how}`, trying);
        say(maker.how, `${found.ok ? 'ready' : found.text} (${elapsed(began)})`);
        return found.ok ? join(entry, tool.command) : undefined;
      });
      if (made) return made;
    }
    throw new SetUpError(tool.help);
  };
  const waiting = () => say('cache', 'another set-up is making it; waiting');
  return withLock(join(cache, `${tool.command}.lock`), make, waiting);
}
