/** The log of data processing as files, one for each route: `{dataDir}/processing-log/{routeId}.jsonl`. For development. */
import { closeSync, fdatasync, mkdirSync, openSync, writeSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lineOf, ProcessingLine, ProcessingLogAway, type ProcessingLog } from './processing-log.ts';

const onDisk = promisify(fdatasync);

/**
 * @param service - which process writes
 * @param register - where the register of processing activities is
 */
export function fileProcessingLog(dataDir: string, service: string, register?: string): ProcessingLog {
  const folder = join(dataDir, 'processing-log');
  const pathOf = (routeId: string) => join(folder, `${routeId}.jsonl`);
  const opened = (path: string): number => {
    try {
      return openSync(path, 'a', 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return openSync(path, 'a', 0o600);
    }
  };
  return {
    async record(processing) {
      await away('written', async () => {
        const file = opened(pathOf(processing.routeId));
        try {
          // One write: lines of several processes do not mix.
          writeSync(file, `${JSON.stringify(lineOf(processing, { service, register }))}\n`);
          // The disk alone is waited for: the rest is done sooner than another thread could take it up.
          if (!processing.isInHistory) await onDisk(file);
        } finally {
          closeSync(file);
        }
      });
    },
    of: (routeId) =>
      away('read', async () => {
        const text = await readFile(pathOf(routeId), 'utf8').catch((error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return '';
          throw error;
        });
        // What a crash tore off was told to nobody.
        return text
          .split('\n')
          .slice(0, -1)
          .map((line) => ProcessingLine.parse(JSON.parse(line)));
      }),
    prune: (before) =>
      away('let go of', async () => {
        const files = await readdir(folder).catch(() => [] as string[]);
        let gone = 0;
        for (const file of files) {
          const { mtimeMs } = await stat(join(folder, file));
          if (mtimeMs >= Date.parse(before)) continue;
          await rm(join(folder, file));
          gone += 1;
        }
        return gone;
      }),
  };
}

async function away<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw new ProcessingLogAway(`The log of data processing cannot be ${what}`, { cause });
  }
}
