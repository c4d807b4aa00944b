import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const FULL_BYTES = 20_000_000;
const KEEP_LINES = 12;

/**
 * Appends what a part prints to its log file, and remembers the last of it. A log that has grown large is set aside
 * once, at the start.
 * @param {string} path
 */
export function openLogFile(path) {
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path) && statSync(path).size > FULL_BYTES) renameSync(path, `${path}.old`);
  const file = createWriteStream(path, { flags: 'a' });
  file.on('error', () => {}); // a full disk costs lines of the log, not the parts that write them
  /** @type {string[]} */
  let lines = [];
  return {
    path,
    /** The last lines. */
    tail: () => lines.join('\n'),
    /**
     * Writes a stream through, and hands over its lines.
     * @param {import('node:stream').Readable} stream
     * @param {(line: string) => void} onLine
     */
    take(stream, onLine) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (chunk) => {
        file.write(chunk);
        const parts = (rest + chunk).split('\n');
        rest = parts.pop() ?? '';
        for (const line of parts.filter((part) => part.trim() !== '')) {
          lines = [...lines, line].slice(-KEEP_LINES);
          onLine(line);
        }
      });
    },
  };
}
