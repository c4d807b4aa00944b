/** Shows that work goes on: in place on a terminal, a line now and then anywhere else; nothing for what is done at once. */

/** What takes less needs no sign of life. */
const QUIET_MS = 2_000;
/** In a log file every line stays, so they are few. */
const LINE_EVERY_MS = 10_000;

export interface Progress {
  readonly during: <T>(label: string, work: Promise<T>) => Promise<T>;
}

/** @param stream - another one than what is told, so that what is told can be kept in a file */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  return {
    async during(label, work) {
      const began = performance.now();
      const show = () => {
        const seconds = Math.round((performance.now() - began) / 1000);
        stream.write(stream.isTTY ? `\r\u001B[2K… ${label} (${seconds} s)` : `… ${label} (${seconds} s)\n`);
      };
      let every: NodeJS.Timeout | undefined;
      const first = setTimeout(() => {
        show();
        every = setInterval(show, stream.isTTY ? 500 : LINE_EVERY_MS);
      }, QUIET_MS);
      try {
        return await work;
      } finally {
        clearTimeout(first);
        clearInterval(every);
        if (every && stream.isTTY) stream.write('\r\u001B[2K');
      }
    },
  };
}
