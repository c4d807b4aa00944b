import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { elapsed } from './log.mjs';
import { openLogFile } from './log-file.mjs';

/**
 * @typedef {object} Part one process of `npm start`
 * @property {string} name as people read it
 * @property {string} logFile
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env
 * @property {string} cwd
 * @property {() => Promise<boolean>} [isReady] asked again and again until it answers yes
 * @property {number} [readyWithinMs] three minutes when left out; then it is ended and started again
 * @property {string} [readyLine] or: ready when a line on its standard output holds this
 * @property {boolean} [once] it ends by itself, and prints straight to the terminal
 */
/** @typedef {{ code: number, message: string }} Fatal why everything has to stop */

const WRONG_SETTING = 2;
const FAILURES_WITHIN_MS = 60_000;
const TOO_MANY_FAILURES = 5;
const LONGEST_PAUSE_MS = 10_000;
const READY_WITHIN_MS = 180_000; // on a machine with much else to do, bundling alone can take a minute
const GRACE_MS = 10_000;
const LOOK_EVERY_MS = 100;
const LONGEST_REASON = 300;

/**
 * Keeps one part running: starts it, waits until it is ready, starts it again when it ends, stops it.
 * @param {Part} part
 * @param {{ say: (line: string) => void, onFatal: (fatal: Fatal) => void }} supervisor
 */
export function createService(part, { say, onFatal }) {
  const log = openLogFile(part.logFile);
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  let [stopping, lastError, endedFor, beenReady] = [false, '', '', false];
  /** @type {number[]} */
  let failures = [];
  const givenUp = new AbortController(); // ends waits and pauses when the part is stopped

  /** The whole group: what the part itself began goes with it. @param {number | undefined} pid */
  const killGroup = (pid) => {
    try {
      if (pid) process.kill(-pid, 'SIGKILL');
    } catch {
      // nothing is left of it
    }
  };

  /** Resolves when the part is ready for the first time; never when it cannot be. @param {() => void} onReady */
  function launch(onReady) {
    const began = performance.now();
    let heard = false;
    [lastError, endedFor] = ['', ''];
    // A group of its own: Ctrl-C in the terminal reaches this script alone, which then keeps the order.
    // stdin stays open as long as this script lives, so that the part notices when it is gone.
    const { command, args, cwd, env } = part;
    const stdout = part.once ? 'inherit' : 'pipe';
    const started = spawn(command, args, { cwd, env, detached: true, stdio: ['pipe', stdout, 'pipe'] });
    child = started;
    started.stdin?.on('error', () => {});
    if (started.stdout) {
      log.take(
        started.stdout,
        (line) => (heard ||= Boolean(part.readyLine && line.includes(part.readyLine))),
      );
    }
    if (started.stderr) log.take(started.stderr, (line) => (lastError = line.trim()));
    started.once('error', (error) => onFatal({ code: 1, message: `${part.name}: ${error.message}` }));
    started.once('exit', () => killGroup(started.pid)); // what it left would hold its port, and its output open
    started.once('close', (code, signal) => {
      if (child === started) child = undefined;
      if (!stopping) void ended(code, signal, onReady);
    });
    const isReady = part.isReady ?? (async () => heard || !part.readyLine);
    void becomeReady(started, isReady, began, onReady);
  }

  /**
   * @param {import('node:child_process').ChildProcess} started
   * @param {() => Promise<boolean>} isReady
   * @param {number} began
   * @param {() => void} onReady
   */
  async function becomeReady(started, isReady, began, onReady) {
    const goesOn = () => child === started && !stopping;
    const { readyWithinMs = READY_WITHIN_MS } = part;
    while (!(await isReady()) && goesOn()) {
      if (performance.now() - began > readyWithinMs) {
        endedFor = `it was not ready within ${readyWithinMs / 1000} s`;
        return killGroup(started.pid);
      }
      await sleep(LOOK_EVERY_MS);
    }
    if (!goesOn()) return;
    if (!part.once) say(`${part.name} ready${beenReady ? ' again' : ''} (${elapsed(began)})`);
    beenReady = true;
    onReady();
  }

  /** @param {number | null} code @param {NodeJS.Signals | null} signal @param {() => void} onReady */
  async function ended(code, signal, onReady) {
    if (part.once && code === 0) return;
    const how = endedFor ? 'was ended here' : signal ? `ended by ${signal}` : `ended with exit code ${code}`;
    const why = (endedFor || lastError).slice(0, LONGEST_REASON);
    if (part.once) return say(`${part.name} ${how}: ${lastError} (see ${log.path})`);
    if (code === WRONG_SETTING) return onFatal({ code, message: `${part.name}: ${lastError}` });
    failures = [...failures, Date.now()].filter((at) => Date.now() - at < FAILURES_WITHIN_MS);
    if (failures.length >= TOO_MANY_FAILURES) {
      const count = `${part.name} failed ${failures.length} times within a minute`;
      return onFatal({ code: 1, message: `${count} (see ${log.path}). The last of it:\n${log.tail()}` });
    }
    const pauseMs = Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** (failures.length - 1));
    const again = `starting again in ${pauseMs / 1000} s (failure ${failures.length}, see ${log.path})`;
    say(`${part.name} ${how}${why && `: ${why}`}; ${again}`);
    try {
      await sleep(pauseMs, undefined, { signal: givenUp.signal });
      launch(onReady);
    } catch {
      // stopped during the pause
    }
  }

  return {
    name: part.name,
    /** Resolves when the part is ready for the first time. @returns {Promise<void>} */
    start: () => new Promise((resolve) => launch(resolve)),
    /** Asks the part to stop, and kills it after ten seconds; at once when `now` is set. */
    async stop(now = false) {
      stopping = true;
      givenUp.abort();
      const running = child;
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      if (now) return killGroup(running.pid);
      const gone = once(running, 'exit');
      running.kill('SIGTERM');
      const timer = setTimeout(() => killGroup(running.pid), GRACE_MS);
      await gone;
      clearTimeout(timer);
      killGroup(running.pid);
    },
  };
}
