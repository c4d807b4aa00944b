/** Asks a step anew. */
import { z } from 'zod';
import { stepOf } from '../lib/known.ts';
import { changing, optionsOf, wordOf } from '../lib/options.ts';
import { giveOne } from '../lib/single.ts';

export const name = 'redo';
export const usage = 'ROUTE STEP --by ops-1 --reason TEXT [--yes]';

export function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { words, ...asked } = optionsOf(args, z.object(changing));
  const route = wordOf(words, 0, 'ROUTE');
  return giveOne({ ...asked, route }, { kind: 'redo', stepId: stepOf(wordOf(words, 1, 'STEP')) }, env);
}
