/** Takes a run back to an earlier workflow task, after a bug was mended; what it was told since is told again. */
import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import { SettingsError } from '../../platform/settings.ts';
import { sinceReset, whereItDiffers, type ResetPoint } from '../lib/history.ts';
import { commandsBehind, lost, reading } from '../lib/told-again.ts';
import { changing, optionsOf, wordOf } from '../lib/options.ts';
import { withSession } from '../lib/session.ts';
import { routeIdOf } from '../lib/single.ts';
import { teller } from '../lib/told.ts';

export const name = 'reset';
export const usage = `ROUTE [--to EVENT] --by ops-1 --reason TEXT [--yes]
to the workflow task where it went another way than the code goes now, or to the one that ended with EVENT;
look at docs/runbook.md first: seldom needed`;

const Options = z.object({ ...changing, to: z.coerce.number().int().min(1).optional() });

export async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { words, json, yes, by, reason, to } = optionsOf(args, Options);
  const routeId = routeIdOf(wordOf(words, 0, 'ROUTE'));
  const told = teller(json);
  return withSession(env, told, async (session) => {
    const { client } = session;
    const { runId } = await client.workflow
      .getHandle(`route/${routeId}`)
      .describe()
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
        throw new SettingsError(`There is no route ${routeId}`);
      });
    told.progress('Reading the history of the route …');
    const { events } = await client.workflow.getHandle(`route/${routeId}`, runId).fetchHistory();
    const differsAt = await whereItDiffers(events ?? [], reading(session));
    const point = sinceReset(events ?? [], differsAt, to);
    if (!point)
      throw new SettingsError(
        to === undefined
          ? 'No worker says that the code goes another way than this history: no reset is needed, or name a workflow task by --to EVENT'
          : `No workflow task of this run ended with event ${to}`,
      );
    told.thing({ routeId, runId, ...point }, inWords(point));
    const commands = await commandsBehind(session, events ?? [], point.to);
    for (const { id, actor, command } of commands)
      told.thing(
        { command: command.kind, id, by: actor.subject },
        `  ${command.kind}, by ${actor.subject} (${id})`,
      );
    if (!yes) {
      told.say('Nothing was changed. To do it: the same with --yes');
      return 0;
    }
    const answer = await client.workflowService.resetWorkflowExecution({
      namespace: client.options.namespace,
      workflowExecution: { workflowId: `route/${routeId}`, runId },
      reason: `${by}: ${reason}`,
      workflowTaskFinishEventId: events!.find(({ eventId }) => Number(eventId) === point.to)!.eventId!,
      requestId: randomUUID(),
    });
    told.progress('Waiting until the route was told again …');
    const missing = await lost(session, routeId, commands);
    for (const { id, actor, command } of missing)
      told.thing(
        { lost: command.kind, id, by: actor.subject },
        `Not taken again, to be given anew: ${command.kind}, by ${actor.subject} (${id})`,
      );
    told.thing(
      { summary: 'reset', routeId, runId: answer.runId, lost: missing.length },
      `Reset: goes on in run ${answer.runId}`,
    );
    return missing.length === 0 ? 0 : 1;
  });
}

function inWords({ to, at, differsAt, events, toldAgain, asked }: ResetPoint): string {
  const again = Object.entries(toldAgain).map(([what, count]) => `${count}× ${what}`);
  return [
    `Back to event ${to} of ${at}${differsAt === undefined ? '' : `, since the code goes another way at event ${differsAt}`}; ${events} events behind it are left in the old run.`,
    `Told again, at the moment of the reset: ${again.join(', ') || 'nothing'}.`,
    `Requests that are handed over again under their own keys, which partners know: ${asked}.`,
  ].join('\n');
}
