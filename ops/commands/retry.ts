/** Sends at once what waits in back-off, of one route or of all that wait on a partner. */
import { z } from 'zod';
import { PartnerParty } from '../../contracts/vocabulary.ts';
import { waitingOn } from '../../domain/operations/visibility.ts';
import { SettingsError } from '../../platform/settings.ts';
import { bulk } from '../lib/bulk.ts';
import { bulkOptions, paceOf } from '../lib/bulk-options.ts';
import { looking, optionsOf } from '../lib/options.ts';
import { withSession } from '../lib/session.ts';
import { routeIdOf } from '../lib/single.ts';
import { counted, noticed, teller } from '../lib/told.ts';

export const name = 'retry';
export const usage = `ROUTE [--yes]
or --party debt-service --by ops-1 --reason TEXT [--yes]: all routes that wait on a partner`;

const One = z.object({ ...looking, yes: z.boolean().default(false) });
const All = z.object({ ...bulkOptions, party: PartnerParty });

export async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const isAll = args.some((arg) => arg === '--party' || arg.startsWith('--party='));
  if (!isAll) return one(args, env);
  const asked = optionsOf(args, All);
  const { by, reason, json, yes, party } = asked;
  if (asked.words[0]) throw new SettingsError('Name a ROUTE, or a --party, not both');
  const query = waitingOn(party);
  return bulk(
    { by, reason, json, yes, query, name: asked.name, ...paceOf(asked) },
    { kind: 'retry', party },
    env,
  );
}

async function one(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { words, json, yes } = optionsOf(args, One);
  if (!words[0]) throw new SettingsError('ROUTE is missing');
  const routeId = routeIdOf(words[0]);
  const told = teller(json);
  return withSession(env, told, async ({ routes }) => {
    const waiting = await noticed(told, `Asking for ${routeId} …`, routes.waitingRequests(routeId));
    for (const each of waiting) {
      const { activityId, activity, attempt, failure, nextAttemptAt, isUnderWay } = each;
      const when = isUnderWay ? 'is being sent now' : `next at ${nextAttemptAt}`;
      told.thing(
        { routeId, ...each },
        `${activityId}  ${activity}, attempt ${attempt}, ${failure ?? '-'}, ${when}`,
      );
    }
    const retried = yes ? await routes.retry(routeId) : 0;
    told.thing(
      { summary: yes ? 'retried' : 'waiting', routeId, count: yes ? retried : waiting.length },
      inWords(waiting.length, yes ? retried : undefined),
    );
    if (!yes && waiting.length > 0)
      told.say('Nothing was changed. To send them at once: the same with --yes');
    return 0;
  });
}

function inWords(waiting: number, retried: number | undefined): string {
  if (waiting === 0) return 'Nothing to send: no request waits to be taken';
  if (retried === undefined) return counted(waiting, 'request waits', 'requests wait');
  return `${retried} sent at once`;
}
