/** Shows what the digest of today says, or has it sent now. */
import { parseArgs } from 'node:util';
import type { Client } from '@temporalio/client';
import type { StuckDigest } from '../../contracts/digest.ts';
import { isWorkingDay, localDay } from '../../domain/calendar.ts';
import { digestsOf, ownerKey } from '../../domain/operations/digest.ts';
import { stuckOf, type OpenRoute } from '../../domain/operations/stuck.ts';
import { connectClient } from '../../platform/connection.ts';
import { routesToLookAt } from '../../platform/open-routes.ts';
import { linkTo } from '../../platform/route-link.ts';
import { readSettings, SettingsError, WorkerSettings } from '../../platform/settings.ts';
import { readToldRules } from '../../platform/told-rules.ts';
import { beginNow } from '../schedules.ts';

export const name = 'digest';
export const usage =
  '[--owner cm-17] [--json]: shows what owners are told today of routes that stand still; --send: has it sent now, to all';

const shown = 20;

/** @throws SettingsError */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { owner, send, json } = asked(args);
  const settings = readSettings(WorkerSettings, env);
  const client = await connectClient(settings);
  try {
    if (send) {
      const workflowId = await beginNow(client, settings.TASK_QUEUE, 'stuck-digest');
      process.stdout.write(
        `The digest is being sent, by ${workflowId}; who has that of today already does not get it again.\n`,
      );
      return 0;
    }
    const { digests, isHoliday } = await digestsOfNow(client, settings);
    const own = owner === undefined ? digests : digests.filter(({ recipient }) => recipient === owner);
    process.stdout.write(json ? `${JSON.stringify(own)}\n` : page(own, isHoliday));
    return 0;
  } finally {
    await client.connection.close();
  }
}

function asked(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { owner: { type: 'string' }, send: { type: 'boolean' }, json: { type: 'boolean' } },
    }).values;
  } catch {
    throw new SettingsError(`Usage: npm run ops -- ${name} ${usage}`);
  }
}

async function digestsOfNow(client: Client, settings: WorkerSettings) {
  const at = new Date().toISOString();
  const rules = await readToldRules(at, settings.RULES);
  const routes = new Map<string, OpenRoute>();
  for await (const page of routesToLookAt(client, at))
    for (const route of page) routes.set(route.routeId, route);
  const day = localDay(at, rules.calendar);
  const stuck = [...routes.values()].flatMap((route) => stuckOf(route, at, rules) ?? []);
  const digests = digestsOf(stuck, { day, linkOf: (routeId) => linkTo(routeId, settings) });
  return { digests, isHoliday: !isWorkingDay(day, rules.calendar) };
}

function page(digests: readonly StuckDigest[], isHoliday: boolean): string {
  const lines = digests.flatMap((digest) => [
    `${ownerKey(digest)}: ${digest.sentence}`,
    ...digest.routes
      .slice(0, shown)
      .map(({ routeId, sentence, link }) => `  ${routeId}  ${sentence}\n    ${link}`),
    ...(digest.counts.total > shown ? [`  … en nog ${digest.counts.total - shown}`] : []),
  ]);
  const head = isHoliday ? ['Vandaag is geen werkdag: er wordt niets verstuurd.'] : [];
  return `${[...head, ...(lines.length > 0 ? lines : ['Er staat geen route stil.'])].join('\n')}\n`;
}
