/** Moves routes to the rules that hold today under a national set. */
import { z } from 'zod';
import { bulk } from '../lib/bulk.ts';
import { bulkOptions, paceOf } from '../lib/bulk-options.ts';
import { ruleSetOf } from '../lib/known.ts';
import { optionsOf } from '../lib/options.ts';
import { giveOne } from '../lib/single.ts';
import { SettingsError } from '../../platform/settings.ts';

export const name = 'rules';
export const usage = `ROUTE --rule-set nl --by ops-1 --reason TEXT [--yes]
or in place of ROUTE: --query "Municipality = 'GM0153'" [--name NAME] [--per-second 10] [--at-once 4]`;

const Options = z.object({
  ...bulkOptions,
  'rule-set': z.string().regex(/^[a-z0-9-]{1,40}$/),
  query: z.string().optional(),
});

export async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const asked = optionsOf(args, Options);
  const { words, query, by, reason, json, yes } = asked;
  if ((words[0] === undefined) === (query === undefined))
    throw new SettingsError('Name a ROUTE or a --query: one of them, not both');
  const order = { kind: 'adopt-rules', ruleSet: await ruleSetOf(asked['rule-set']) } as const;
  if (query === undefined) return giveOne({ by, reason, json, yes, route: words[0]! }, order, env);
  return bulk({ by, reason, json, yes, query, name: asked.name, ...paceOf(asked) }, order, env);
}
