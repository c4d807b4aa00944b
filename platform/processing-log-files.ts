/** The log of data processing as files, one for each route: `{dataDir}/processing-log/{routeId}.jsonl`. For development. */
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lineOf, ProcessingLine, ProcessingLogAway, type ProcessingLog } from './processing-log.ts';

/**
 * @param service - which process writes
 * @param register - where the register of processing activities is
 */
export function fileProcessingLog(dataDir: string, service: string, register?: string): ProcessingLog {
  const folder = join(dataDir, 'processing-log');
  const pathOf = (routeId: string) => join(folder, `${routeId}.jsonl`);
  const opened = (path: string) =>
    open(path, 'a', 0o600).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return open(path, 'a', 0o600);
    });
  return {
    async record(processing) {
      await away('written', async () => {
        const file = await opened(pathOf(processing.routeId));
        try {
          // One write: lines of several processes do not mix.
          await file.write(`${JSON.stringify(lineOf(processing, { service, register }))}\n`);
          if (!processing.isInHistory) await file.datasync();
        } finally {
          await file.close();
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
