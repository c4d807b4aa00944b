/** One repair for all routes that a query finds. */
import { z } from 'zod';
import { Instant } from '../../contracts/ids.ts';
import { PartnerParty } from '../../contracts/vocabulary.ts';
import type { RepairOrder } from '../../domain/operations/repair.ts';
import { SettingsError } from '../../platform/settings.ts';
import { bulk, followed } from '../lib/bulk.ts';
import { bulkOptions, paceOf } from '../lib/bulk-options.ts';
import { ruleSetOf, stepOf } from '../lib/known.ts';
import { optionsOf } from '../lib/options.ts';
import { resultOf } from '../lib/result.ts';

export const name = 'repair';
export const usage = `--query "RouteHealth = 'Technical'" ORDER --by ops-1 --reason TEXT [--yes]
ORDER is one of --redo STEP, --complete STEP [--result JSON], --hold UNTIL, --release yes, --rule-set ID, --retry PARTY
[--name NAME] [--per-second 10] [--at-once 4]; there is no skip: two people look at each route for that
or --name NAME [--cancel]: follows a repair that was begun before, or calls it off`;

const orders = {
  redo: z.string().optional(),
  complete: z.string().optional(),
  hold: Instant.optional(),
  release: z.literal('yes').optional(),
  'rule-set': z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .optional(),
  retry: PartnerParty.optional(),
};
const Asked = z.object({ ...bulkOptions, ...orders, query: z.string(), result: z.string().optional() });
const Followed = z.object({
  name: bulkOptions.name.unwrap(),
  json: bulkOptions.json,
  cancel: z.boolean().default(false),
});

export async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const isFollowed = !args.some((arg) => arg === '--query' || arg.startsWith('--query='));
  if (isFollowed && args.includes('--name')) return followed(optionsOf(args, Followed), env);
  const asked = optionsOf(args, Asked);
  const { by, reason, json, yes, query } = asked;
  const order = orderOf(asked);
  if (order.kind === 'adopt-rules') await ruleSetOf(order.ruleSet);
  return bulk({ by, reason, json, yes, query, name: asked.name, ...paceOf(asked) }, order, env);
}

/** @throws SettingsError when there is not exactly one */
function orderOf(asked: z.output<typeof Asked>): RepairOrder {
  const { redo, complete, hold, release, retry, result, 'rule-set': ruleSet } = asked;
  const given: RepairOrder[] = [
    ...(redo ? [{ kind: 'redo', stepId: stepOf(redo) } as const] : []),
    ...(complete ? [{ kind: 'complete', stepId: stepOf(complete), ...resultOf(result) } as const] : []),
    ...(hold ? [{ kind: 'hold', until: new Date(hold).toISOString() } as const] : []),
    ...(release ? [{ kind: 'go-on' } as const] : []),
    ...(ruleSet ? [{ kind: 'adopt-rules', ruleSet } as const] : []),
    ...(retry ? [{ kind: 'retry', party: retry } as const] : []),
  ];
  const [order, ...more] = given;
  if (!order || more.length > 0)
    throw new SettingsError('Name exactly one ORDER: npm run ops -- repair --help says which');
  return order;
}
