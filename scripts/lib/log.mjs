/**
 * @typedef {object} Log what a person sees while a script works
 * @property {(text: string) => void} line prints one line
 * @property {<T>(label: string, work: Promise<T>) => Promise<T>} during shows that work goes on, until it ends
 */

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const QUIET_MS = 2_000; // what takes less needs no sign of life
const LINE_EVERY_MS = 10_000; // in a log file every line stays, so they are few

/** Elapsed time as people read it. @param {number} sinceMs a `performance.now()` */
export function elapsed(sinceMs) {
  const seconds = (performance.now() - sinceMs) / 1000;
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}

/**
 * A log on a stream: a spinner in place on a terminal, a line every ten seconds anywhere else.
 * @param {NodeJS.WriteStream} stream
 * @returns {Log}
 */
export function createLog(stream = process.stdout) {
  return {
    line: (text) => void stream.write(`${text}\n`),
    async during(label, work) {
      const began = performance.now();
      let frame = 0;
      const tick = () => {
        if (!stream.isTTY) {
          stream.write(`${label} … ${elapsed(began)}\n`);
          return;
        }
        if (performance.now() - began < QUIET_MS) return;
        const text = `${SPINNER[frame++ % SPINNER.length]} ${label} … ${elapsed(began)}`;
        stream.write(`\r\u001B[2K${text.slice(0, (stream.columns || 80) - 1)}`);
      };
      const timer = setInterval(tick, stream.isTTY ? 120 : LINE_EVERY_MS);
      try {
        return await work;
      } finally {
        clearInterval(timer);
        if (stream.isTTY) stream.write('\r\u001B[2K');
      }
    },
  };
}
