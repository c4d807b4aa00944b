/** The journal: one JSON line per change, on disk before anybody is told. */
import { mkdir, open, readFile, rename, truncate, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Line } from './book.ts';

export interface Journal {
  /** Resolves once the line, and all before it, are on disk. */
  append(line: Line): Promise<void>;
  /** Writes anew what stands in it: what a partner erases is to be nowhere. */
  rewrite(change: (line: Line) => Line): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the journal, and reads what it holds. A last line that a crash tore is cut off: nobody was told of it.
 * @throws Error when a line before the last cannot be read
 */
export async function openJournal(path: string): Promise<{ lines: Line[]; journal: Journal }> {
  await mkdir(dirname(path), { recursive: true });
  const lines = await readLines(path);
  // It holds what was disclosed to the partners, so nobody else may read it.
  return { lines, journal: journalOn(path, await open(path, 'a', 0o600)) };
}

async function readLines(path: string): Promise<Line[]> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return Buffer.alloc(0);
    throw cause;
  });
  const lines: Line[] = [];
  let start = 0;
  for (let end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', start)) {
    const line = parseLine(bytes.toString('utf8', start, end));
    if (!line && end + 1 < bytes.length)
      throw new Error(`${path}: line ${lines.length + 1} cannot be read; mend it or remove the file`);
    if (!line) break;
    lines.push(line);
    start = end + 1;
  }
  if (start < bytes.length) await truncate(path, start);
  return lines;
}

function parseLine(text: string): Line | undefined {
  try {
    return Line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

interface Waiting {
  readonly text: string;
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

interface Rewrite {
  readonly change: (line: Line) => Line;
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

function journalOn(path: string, opened: FileHandle): Journal {
  let file = opened;
  let waiting: Waiting[] = [];
  const rewrites: Rewrite[] = [];
  let flushing = Promise.resolve();
  let isFlushing = false;
  let failure: unknown;

  // Lines that come in while the disk is busy share the next sync.
  async function flush(): Promise<void> {
    isFlushing = true;
    while (waiting.length > 0 || rewrites.length > 0) {
      for (const { change, resolve, reject } of rewrites.splice(0)) await anew(change).then(resolve, reject);
      const batch = waiting;
      waiting = [];
      try {
        // After a failed write the end of the file is unknown: a further line could hide a torn one.
        if (failure) throw failure;
        await file.appendFile(batch.map(({ text }) => text).join(''));
        await file.datasync();
        for (const { resolve } of batch) resolve();
      } catch (cause) {
        failure = cause;
        for (const { reject } of batch) reject(cause);
      }
    }
    isFlushing = false;
  }

  async function anew(change: (line: Line) => Line): Promise<void> {
    const lines = (await readLines(path)).map((line) => `${JSON.stringify(change(line))}\n`);
    await writeFile(`${path}.new`, lines.join(''), { mode: 0o600, flush: true });
    await rename(`${path}.new`, path);
    await file.close();
    file = await open(path, 'a', 0o600);
  }

  return {
    append: (line) =>
      new Promise((resolve, reject) => {
        waiting.push({ text: `${JSON.stringify(line)}\n`, resolve, reject });
        if (!isFlushing) flushing = flush();
      }),
    rewrite: (change) =>
      new Promise((resolve, reject) => {
        rewrites.push({ change, resolve, reject });
        if (!isFlushing) flushing = flush();
      }),
    async close() {
      await flushing;
      await file.close();
    },
  };
}
