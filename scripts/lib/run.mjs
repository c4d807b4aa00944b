import { spawn } from 'node:child_process';

/**
 * @typedef {object} Outcome of an outside tool
 * @property {boolean} ok it ended by itself with exit code 0
 * @property {number | null} code null when it was not found, or was killed
 * @property {string} output what it printed on both streams, the last 200 kB
 * @property {string} stdout
 * @property {string} reason one line for people that says why it is not ok
 */

const KEEP = 200_000;
const WATCH_EVERY_MS = 500;

/** The last line with something on it. @param {string} text */
export const lastLine = (text) => text.trim().split(/\r?\n/).at(-1)?.trim() ?? '';

/**
 * Runs an outside tool to its end. Never throws: what went wrong is in the outcome.
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {AbortSignal} [options.signal] ends the tool
 * @param {number} [options.timeoutMs]
 * @param {(elapsedMs: number) => string | undefined} [options.giveUp] asked twice a second; a reason ends the tool
 * @param {(chunk: string) => void} [options.onOutput]
 * @returns {Promise<Outcome>}
 */
export function run(command, args, options = {}) {
  const { cwd, env = process.env, signal, timeoutMs, giveUp, onOutput } = options;
  return new Promise((resolve) => {
    const began = performance.now();
    let [output, stdout, gaveUp] = ['', '', ''];
    const child = spawn(command, args, { cwd, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    const watch = setInterval(() => {
      const spent = performance.now() - began;
      gaveUp ||=
        giveUp?.(spent) ?? (timeoutMs && spent > timeoutMs ? `no end within ${timeoutMs / 1000} s` : '');
      if (gaveUp) child.kill('SIGKILL');
    }, WATCH_EVERY_MS);
    /** @param {number | null} code @param {string} reason */
    const end = (code, reason) => {
      clearInterval(watch);
      resolve({ ok: code === 0 && !gaveUp, code, output, stdout, reason: gaveUp || reason });
    };
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      stdout = (stdout + chunk).slice(-KEEP);
      output = (output + chunk).slice(-KEEP);
      onOutput?.(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      output = (output + chunk).slice(-KEEP);
      onOutput?.(chunk);
    });
    child.on('error', (error) => {
      const missing = 'code' in error && error.code === 'ENOENT';
      end(null, missing ? `${command} is not installed` : error.message);
    });
    child.on('close', (code, by) =>
      end(code, lastLine(output) || (by ? `ended by ${by}` : `exit code ${code}`)),
    );
  });
}
