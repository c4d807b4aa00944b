/** Shows that work goes on: in place on a terminal, a line now and then anywhere else; nothing for what is done at once. */

/** What takes less needs no sign of life. */
const QUIET_MS = 2_000;
const SHOW_EVERY_MS = 500;
/** In a log file every line stays, so they are few. */
const LINE_EVERY_MS = 10_000;

export interface Progress {
  readonly during: <T>(label: string, work: Promise<T>) => Promise<T>;
}

/** @param stream - another one than what is told, so that what is told can be kept in a file */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  let latest = { label: '', began: 0, shownAt: 0 };
  const show = () => {
    const now = performance.now();
    const every = stream.isTTY ? SHOW_EVERY_MS : LINE_EVERY_MS;
    if (now - latest.began < QUIET_MS || now - latest.shownAt < every) return;
    latest.shownAt = now;
    const text = `… ${latest.label} (${Math.round((now - latest.began) / 1000)} s)`;
    stream.write(stream.isTTY ? `\r\u001B[2K${text}` : `${text}\n`);
  };
  return {
    async during(label, work) {
      // What is waited for piece by piece under one label is one wait.
      if (label !== latest.label) latest = { label, began: performance.now(), shownAt: -LINE_EVERY_MS };
      show();
      const timer = setInterval(show, SHOW_EVERY_MS / 2);
      try {
        return await work;
      } finally {
        clearInterval(timer);
        if (stream.isTTY && latest.shownAt > 0) stream.write('\r\u001B[2K');
      }
    },
  };
}
