/** Shows what the digest of today says, or has it sent now. */
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import type { StuckDigest } from '../../contracts/digest.ts';
import { localDay } from '../../domain/calendar.ts';
import { digestsOf, ownerKey } from '../../domain/operations/digest.ts';
import { stuckOf, type OpenRoute } from '../../domain/operations/stuck.ts';
import { routesToLookAt } from '../../platform/open-routes.ts';
import { linkTo } from '../../platform/route-link.ts';
import { readSettings, SettingsError, WorkerSettings } from '../../platform/settings.ts';
import { readToldRules } from '../../platform/told-rules.ts';
import { connected } from '../lib/connected.ts';
import { isFreeDay, sendNow } from '../lib/digest-sent.ts';
import { looking, optionsOf } from '../lib/options.ts';
import { noticed, teller } from '../lib/told.ts';

export const name = 'digest';
export const usage = `[--owner cm-17] [--json]: shows what owners are told today of routes that stand still
--send: has it sent now, to all, and waits until it is`;

const Options = z.object({
  ...looking,
  owner: z.string().optional(),
  send: z.boolean().default(false),
});

/** @throws SettingsError, Unreachable */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { owner, send, json } = optionsOf(args, Options);
  if (send && owner !== undefined) throw new SettingsError('--send sends it to all: leave out --owner');
  const settings = readSettings(WorkerSettings, env);
  const told = teller(json);
  const at = new Date().toISOString();
  return connected(settings, told, async (client) => {
    const rules = await readToldRules(at, settings.RULES);
    if (send) return sendNow(client, settings.TASK_QUEUE, told, { rules, at });
    const reading = digestsOfNow(client, settings, rules, at);
    const digests = await noticed(told, 'Reading the lists of routes …', reading);
    const own = owner === undefined ? digests : digests.filter(({ recipient }) => recipient === owner);
    if (isFreeDay(rules, at)) told.say('Today is no working day: none of this is sent.');
    told.thing(own, own.length > 0 ? page(own) : nobody(owner));
    return 0;
  });
}

async function digestsOfNow(
  client: Client,
  settings: WorkerSettings,
  rules: Awaited<ReturnType<typeof readToldRules>>,
  at: string,
) {
  const routes = new Map<string, OpenRoute>();
  for await (const page of routesToLookAt(client, at))
    for (const route of page) routes.set(route.routeId, route);
  const stuck = [...routes.values()].flatMap((route) => stuckOf(route, at, rules) ?? []);
  const day = localDay(at, rules.calendar);
  return digestsOf(stuck, { day, linkOf: (routeId) => linkTo(routeId, settings) });
}

/** As owners read it, in Dutch. */
const page = (digests: readonly StuckDigest[]): string =>
  digests
    .flatMap((digest) => [
      `${ownerKey(digest)}: ${digest.sentence}`,
      ...digest.routes.map(({ routeId, sentence, link }) => `  ${routeId}  ${sentence}\n    ${link}`),
      ...(digest.more > 0 ? [`  … and ${digest.more} more, which the message counts and does not name`] : []),
    ])
    .join('\n');

const nobody = (owner: string | undefined): string =>
  owner === undefined
    ? 'No route stands still: nobody is told anything.'
    : `Nobody of the id ${owner} owns an open route that stands still.`;
