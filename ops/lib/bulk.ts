/** One order for all routes that a query finds: a list of what they would answer, and with --yes the durable repair. */
import { createHash } from 'node:crypto';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { orderText } from '../../domain/operations/repair-progress.ts';
import type { RepairOrder } from '../../domain/operations/repair.ts';
import { SettingsError } from '../../platform/settings.ts';
import { repairWorkflowId, type BulkRepairInput } from '../../workflows/bulk-repair.messages.ts';
import { begunBefore, type Begun } from './begun.ts';
import { follow } from './follow.ts';
import { answerThing, answerWords, countedWith, none, planned, routesOf } from './plan.ts';
import { withSession, type Session } from './session.ts';
import { counted, noticed, teller, type Teller } from './told.ts';

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

type Repair = Omit<BulkRepairInput, 'pace'> & { readonly pace: { perSecond: number; atOnce: number } };

/**
 * @returns 0 when all of it is done, or would be; 1 when routes refused or were not reached; 130 when it was left
 * @throws SettingsError, QueryInvalid, Unreachable
 */
export async function bulk(asked: Bulk, order: RepairOrder, env: NodeJS.ProcessEnv): Promise<number> {
  const { json, yes, by, reason, query, perSecond, atOnce } = asked;
  const told = teller(json);
  const repair: Repair = {
    name: asked.name ?? nameOf(asked, order),
    query,
    order,
    by,
    reason,
    pace: { perSecond, atOnce },
  };
  return withSession(env, told, async (session) => {
    const found = await noticed(told, 'Counting routes …', session.routes.count(query));
    const begun = await lookedFor(session, told, repair);
    if (begun.is === 'ended') return endedBefore(session, told, repair, begun.at, yes);
    if (begun.is !== 'running' && found === 0) return nothingFound(told, repair.name);
    if (!yes) return list(session, told, { ...repair, found, begun });
    if (begun.is !== 'running') await start(session, repair, begun);
    told.say(beginning(repair, begun, found));
    return follow(session, told, repair.name);
  });
}

/** Short, and the same for the same question. */
function nameOf({ by, reason, query }: Bulk, order: RepairOrder): string {
  const print = createHash('sha256')
    .update(JSON.stringify([by, reason, query, order]))
    .digest('hex');
  return `${order.kind}-${print.slice(0, 8)}`;
}

const lookedFor = (session: Session, told: Teller, repair: Repair): Promise<Begun> =>
  noticed(told, `Looking whether ${repair.name} was begun before …`, begunBefore(session, repair));

function beginning({ name, order }: Repair, begun: Begun, found: number): string {
  if (begun.is === 'running') return `Joined the repair ${name}, which is under way.`;
  if (begun.is === 'cut-off')
    return `Goes on with the repair ${name}, which was cut off at ${begun.at}: who was given it is not given it again.`;
  return `${orderText(order, 'en')}: ${counted(found, 'open route')}, as repair/${name}`;
}

function nothingFound(told: Teller, name: string): number {
  told.thing(
    { summary: 'none', name, found: 0 },
    'No open route is found by this query: there is nothing to do',
  );
  return 0;
}

/** What may be done once only. */
async function endedBefore(
  session: Session,
  told: Teller,
  { name }: Repair,
  at: string,
  yes: boolean,
): Promise<number> {
  const words = yes ? 'Nothing was done now' : 'Nothing would be done now';
  told.thing(
    { summary: 'ended-before', name, endedAt: at },
    `${words}: this repair ended at ${at}; to do it again give another --name. What came of it then:`,
  );
  return follow(session, told, name);
}

async function list(
  session: Session,
  told: Teller,
  asked: Repair & { readonly found: number; readonly begun: Begun },
): Promise<number> {
  const { name, by, order, found, begun } = asked;
  told.progress(`Asking ${counted(found, 'route')} what they would answer …`);
  let counts = none;
  for await (const each of planned(session, routesOf(session, asked.query), {
    name: begun.commands,
    by,
    order,
  })) {
    counts = countedWith(counts, each);
    told.thing(answerThing(each, 'would'), answerWords(each, 'would'));
  }
  const { done, nothingToSend, refused, unreached } = counts;
  const idle = nothingToSend > 0 ? `${nothingToSend} with nothing to send, ` : '';
  told.thing(
    { summary: 'would', name, begun: begun.is, ...counts },
    `${orderText(order, 'en')}: ${done} would be done, ${idle}${refused} would refuse, ${unreached} not reached`,
  );
  told.say(`Nothing was changed. ${toDoIt(name, begun)}`);
  return refused + unreached === 0 ? 0 : 1;
}

function toDoIt(name: string, { is }: Begun): string {
  if (is === 'running') return `It is under way as repair/${name}: the same with --yes follows it`;
  if (is === 'cut-off') return `It was cut off: the same with --yes does what is left of repair/${name}`;
  return `To do it: the same with --yes (as repair/${name})`;
}

/** @throws SettingsError when somebody else begins it at this moment */
async function start({ client, taskQueue }: Session, repair: Repair, begun: Begun): Promise<void> {
  try {
    await client.workflow.start('bulkRepair', {
      args: [{ ...repair, name: begun.commands }],
      workflowId: repairWorkflowId(repair.name),
      taskQueue,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      staticSummary: `${orderText(repair.order)}, door ${repair.by}`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    throw new SettingsError(
      `The repair ${repair.name} is begun at this moment: give the same again to follow it`,
    );
  }
}

/** Follows a repair that was begun before, or calls it off. */
export async function followed(
  { name, cancel, json }: { readonly name: string; readonly cancel: boolean; readonly json: boolean },
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const told = teller(json);
  return withSession(env, told, async (session) => {
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
