/** kill -9 of worker, API and Temporal at moments that the seed chooses, for as long as there is something to disturb. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Parts } from '../support/processes.ts';
import type { Chance } from './chance.ts';

const killed = ['worker', 'api', 'temporal', 'worker', 'api'] as const;

/** Kills and restarts until it is told to stop; gives back how often each part was killed. */
export async function keepKilling(
  parts: Parts,
  chance: Chance,
  everyMs: { readonly least: number; readonly most: number },
  isOver: () => boolean,
  say: (line: string) => void,
): Promise<Record<string, number>> {
  const kills: Record<string, number> = { worker: 0, api: 0, temporal: 0 };
  for (;;) {
    const end = Date.now() + chance.from(everyMs.least, everyMs.most);
    while (Date.now() < end && !isOver()) await sleep(100);
    if (isOver()) return kills;
    const part = chance.one(killed);
    const at = Date.now();
    await parts[part].kill();
    await parts[part].start();
    kills[part] = kills[part]! + 1;
    say(`killed ${part}; back in ${Date.now() - at} ms`);
  }
}
