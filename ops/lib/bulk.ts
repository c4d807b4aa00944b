/** One order for all routes that a query finds: a list of what they would answer, and with --yes the durable repair. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { orderText } from '../../domain/operations/repair-progress.ts';
import type { RepairOrder } from '../../domain/operations/repair.ts';
import { SettingsError } from '../../platform/settings.ts';
import { repairAsked, repairWorkflowId, type BulkRepairInput } from '../../workflows/bulk-repair.messages.ts';
import { follow } from './follow.ts';
import { answerThing, answerWords, planned, routesOf } from './plan.ts';
import { withSession, type Session } from './session.ts';
import { teller, type Teller } from './told.ts';

export interface Bulk {
  readonly json: boolean;
  readonly yes: boolean;
  readonly by: string;
  readonly reason: string;
  readonly query: string;
  /** Left out: made of what is asked, so that the same command again is the same repair. */
  readonly name?: string | undefined;
  readonly perSecond: number;
  readonly atOnce: number;
}

/** @returns 0 when all of it is done, or would be; 1 when routes refused or were not reached; 130 when it was left */
export async function bulk(asked: Bulk, order: RepairOrder, env: NodeJS.ProcessEnv): Promise<number> {
  const { json, yes, by, reason, query, perSecond, atOnce } = asked;
  const told = teller(json);
  const name = asked.name ?? nameOf(asked, order);
  return withSession(env, async (session) => {
    if (!yes) return list(session, told, { ...asked, name, order });
    const pace = { perSecond, atOnce };
    const isJoined = await start(session, { name, query, order, by, reason, pace });
    told.say(
      isJoined
        ? `Joined the repair ${name}, which was begun before.`
        : `${orderText(order)}: ${await session.routes.count(query)} open routes, as repair/${name}`,
    );
    return follow(session, told, name);
  });
}

/** Short, and the same for the same question. */
function nameOf({ by, reason, query }: Bulk, order: RepairOrder): string {
  const print = createHash('sha256')
    .update(JSON.stringify([by, reason, query, order]))
    .digest('hex');
  return `${order.kind}-${print.slice(0, 8)}`;
}

async function list(
  session: Session,
  told: Teller,
  asked: Bulk & { readonly name: string; readonly order: RepairOrder },
): Promise<number> {
  const counts = { done: 0, refused: 0, unreached: 0 };
  for await (const each of planned(session, routesOf(session, asked.query), asked)) {
    counts[each.outcome.outcome] += 1;
    told.thing(answerThing(each, 'would'), answerWords(each, 'would'));
  }
  const { done, refused, unreached } = counts;
  told.thing(
    { summary: 'would', name: asked.name, ...counts },
    `${orderText(asked.order)}: ${done} would be done, ${refused} would refuse, ${unreached} not reached`,
  );
  told.say(`Nothing was changed. To do it: the same with --yes (as repair/${asked.name})`);
  return refused + unreached === 0 ? 0 : 1;
}

/** @returns whether it was begun before @throws SettingsError when another repair has that name */
async function start({ client, taskQueue }: Session, input: BulkRepairInput): Promise<boolean> {
  const workflowId = repairWorkflowId(input.name);
  try {
    await client.workflow.start('bulkRepair', {
      args: [input],
      workflowId,
      taskQueue,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      staticSummary: `${orderText(input.order)}, door ${input.by}`,
    });
    return false;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const { pace: _, ...begun } = await client.workflow.getHandle(workflowId).query(repairAsked);
    const { pace: __, ...now } = input;
    if (isDeepStrictEqual(begun, now)) return true;
    throw new SettingsError(`Another repair is called ${input.name}: choose another --name`);
  }
}

/** Follows a repair that was begun before, or calls it off. */
export async function followed(
  { name, cancel, json }: { readonly name: string; readonly cancel: boolean; readonly json: boolean },
  env: NodeJS.ProcessEnv,
): Promise<number> {
  return withSession(env, async (session) => {
    const told = teller(json);
    try {
      if (cancel) await session.client.workflow.getHandle(repairWorkflowId(name)).cancel();
      return await follow(session, told, name);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError)
        throw new SettingsError(`There is no repair ${name}, or it has ended`);
      throw error;
    }
  });
}
