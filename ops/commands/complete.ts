/** Completes a step for a partner that answered in another way. */
import { z } from 'zod';
import { stepOf } from '../lib/known.ts';
import { changing, optionsOf, wordOf } from '../lib/options.ts';
import { resultOf } from '../lib/result.ts';
import { giveOne } from '../lib/single.ts';

export const name = 'complete';
export const usage = `ROUTE STEP [--result '{"debts":"none"}'] --by ops-1 --reason TEXT [--yes]`;

export function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { words, result, ...asked } = optionsOf(
    args,
    z.object({ ...changing, result: z.string().optional() }),
  );
  const route = wordOf(words, 0, 'ROUTE');
  const stepId = stepOf(wordOf(words, 1, 'STEP'));
  return giveOne({ ...asked, route }, { kind: 'complete', stepId, ...resultOf(result) }, env);
}
