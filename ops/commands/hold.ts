/** Puts a route on hold: its terms stand still. */
import { z } from 'zod';
import { Instant } from '../../contracts/ids.ts';
import { changing, optionsOf, wordOf } from '../lib/options.ts';
import { giveOne } from '../lib/single.ts';

export const name = 'hold';
export const usage = 'ROUTE --until 2027-01-15T08:00:00Z --by ops-1 --reason TEXT [--yes]';

export function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { words, until, ...asked } = optionsOf(args, z.object({ ...changing, until: Instant }));
  const order = { kind: 'hold', until: new Date(until).toISOString() } as const;
  return giveOne({ ...asked, route: wordOf(words, 0, 'ROUTE') }, order, env);
}
