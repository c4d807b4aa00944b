/** Lets a route on hold go on: every date shifts by as long as it lasted. */
import { z } from 'zod';
import { changing, optionsOf, wordOf } from '../lib/options.ts';
import { giveOne } from '../lib/single.ts';

export const name = 'release';
export const usage = 'ROUTE --by ops-1 --reason TEXT [--yes]';

export function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { words, ...asked } = optionsOf(args, z.object(changing));
  return giveOne({ ...asked, route: wordOf(words, 0, 'ROUTE') }, { kind: 'go-on' }, env);
}
