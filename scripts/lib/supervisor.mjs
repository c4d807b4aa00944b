import { createService } from './service.mjs';

/** @typedef {import('./service.mjs').Fatal} Fatal */

const SAME_KEYPRESS_MS = 800; // npm passes Ctrl-C on, so that one press arrives here twice
const STOP_SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
const LOOK_AFTER_PARENT_MS = 1_000;

/** Of a start without npm the parent may be a shell that goes its own way; npm stays for as long as its script. */
const npm = process.env.npm_command === undefined ? undefined : process.ppid;

/**
 * Starts parts, and stops them in the opposite order: on a signal, when one of them cannot go on, or when the
 * process that began this one (npm) is gone.
 * @param {(line: string) => void} print
 */
export function createSupervisor(print) {
  /** @type {ReturnType<typeof createService>[]} */
  const services = [];
  const ending = new AbortController();
  let [exitCode, stopAt] = [0, 0];
  const say = (/** @type {string} */ line) => {
    if (!ending.signal.aborted) print(line);
  };
  const fail = (/** @type {Fatal} */ { code, message }) => {
    if (ending.signal.aborted) return;
    exitCode = code;
    print(`\n${message}`);
    ending.abort();
  };
  const onSignal = () => {
    if (stopAt === 0) stopAt = Date.now();
    else if (Date.now() - stopAt > SAME_KEYPRESS_MS) for (const service of services) void service.stop(true);
    ending.abort();
  };

  async function stopAll() {
    if (services.length > 0) print('\nStopping. Press Ctrl-C again to stop at once.');
    for (const service of services.toReversed()) await service.stop();
    print('Stopped.');
  }

  return {
    say,
    fail,
    signal: ending.signal,
    /** Starts a part; resolves when it is ready. @param {import('./service.mjs').Part} part */
    start: (part) => {
      if (ending.signal.aborted) return Promise.resolve();
      const service = createService(part, { say, onFatal: fail });
      services.push(service);
      return service.start();
    },
    /**
     * Waits until there is a reason to stop, then stops everything.
     * @param {Promise<void>} work that starts the parts
     * @returns {Promise<number>} the exit code
     */
    async run(work) {
      for (const name of STOP_SIGNALS) process.on(name, onSignal);
      process.stdout.on('error', () => {}); // the terminal may be gone while the parts still have to be stopped
      const look = setInterval(() => {
        if (npm !== undefined && process.ppid !== npm) fail({ code: 1, message: 'npm is gone.' });
      }, LOOK_AFTER_PARENT_MS);
      work.catch((error) => fail({ code: 1, message: String(error?.stack ?? error) }));
      if (!ending.signal.aborted) {
        await new Promise((resolve) => ending.signal.addEventListener('abort', resolve, { once: true }));
      }
      await stopAll();
      clearInterval(look);
      for (const name of STOP_SIGNALS) process.off(name, onSignal);
      return exitCode;
    },
  };
}
