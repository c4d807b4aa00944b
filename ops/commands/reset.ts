/** Takes a route back to an earlier workflow task of its run, after a bug was mended; what it was told since is told again. */
import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import { SettingsError } from '../../platform/settings.ts';
import { sinceReset, type ResetPoint } from '../lib/history.ts';
import { changing, optionsOf, wordOf } from '../lib/options.ts';
import { withSession } from '../lib/session.ts';
import { routeIdOf } from '../lib/single.ts';
import { teller } from '../lib/told.ts';

export const name = 'reset';
export const usage = `ROUTE [--to EVENT] --by ops-1 --reason TEXT [--yes]
to the first workflow task of its run, or the one that ended with EVENT; look at docs/runbook.md first: seldom needed`;

const Options = z.object({ ...changing, to: z.coerce.number().int().min(1).optional() });

export async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { words, json, yes, by, reason, to } = optionsOf(args, Options);
  const routeId = routeIdOf(wordOf(words, 0, 'ROUTE'));
  const told = teller(json);
  return withSession(env, async ({ client }) => {
    const latest = client.workflow.getHandle(`route/${routeId}`);
    const { runId } = await latest.describe().catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      throw new SettingsError(`There is no route ${routeId}`);
    });
    const { events } = await client.workflow.getHandle(`route/${routeId}`, runId).fetchHistory();
    const point = sinceReset(events ?? [], to);
    if (!point)
      throw new SettingsError(
        to
          ? `No workflow task of this run ended with event ${to}`
          : 'No workflow task of this run has ended yet: nothing to take back',
      );
    told.thing({ routeId, runId, ...point }, inWords(point));
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
    told.thing({ summary: 'reset', routeId, runId: answer.runId }, `Reset: goes on in run ${answer.runId}`);
    return 0;
  });
}

function inWords({ to, at, events, toldAgain, asked }: ResetPoint): string {
  const again = Object.entries(toldAgain).map(([what, count]) => `${count}× ${what}`);
  return [
    `Back to event ${to} of ${at}; ${events} events behind it are left in the old run.`,
    `Told again, at the moment of the reset: ${again.join(', ') || 'nothing'}.`,
    `Requests that are handed over again under their own keys, which partners know: ${asked}.`,
  ].join('\n');
}
