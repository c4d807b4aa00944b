/** A partner that is away: its routes are held, also those that come to wait later, and go on when it is back. */
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import { Instant } from '../../contracts/ids.ts';
import { AskedParty } from '../../contracts/vocabulary.ts';
import { waitingOn } from '../../domain/operations/visibility.ts';
import { SettingsError } from '../../platform/settings.ts';
import {
  endOutage,
  extendOutage,
  outageStatus,
  outageWorkflowId,
  type OutageStatus,
  type PartnerOutageInput,
} from '../../workflows/partner-outage.messages.ts';
import { changing, looking, optionsOf, wordOf } from '../lib/options.ts';
import { answerThing, answerWords, countedWith, none, planned, routesOf } from '../lib/plan.ts';
import { withSession, type Session } from '../lib/session.ts';
import { counted, teller, type Teller } from '../lib/told.ts';

export const name = 'outage';
export const usage = `begin PARTY --until 2027-01-15T08:00:00Z --by ops-1 --reason TEXT [--look-every 180] [--yes]
extend PARTY --until 2027-01-16T08:00:00Z --by ops-1 [--yes]
end PARTY --by ops-1 [--yes]
list`;

const { by, reason, yes } = changing;
const Begin = z.object({
  ...looking,
  by,
  reason,
  yes,
  until: Instant,
  'look-every': z.coerce.number().min(1).max(3600).default(180),
});
const Extend = z.object({ ...looking, by, yes, until: Instant });
const End = z.object({ ...looking, by, yes });

const acts: Readonly<Record<string, (args: readonly string[], env: NodeJS.ProcessEnv) => Promise<number>>> = {
  begin,
  extend: (args, env) => tell(optionsOf(args, Extend), env),
  end: (args, env) => tell(optionsOf(args, End), env),
  list,
};

export async function run([act, ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const known = acts[act ?? ''];
  if (!known) throw new SettingsError(`outage begin, extend, end or list; not ${act ?? 'nothing'}`);
  return known(args, env);
}

async function begin(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { words, json, yes, by, reason, until: end, 'look-every': lookEverySeconds } = optionsOf(args, Begin);
  const party = partyOf(words);
  const until = new Date(end).toISOString();
  if (until <= new Date().toISOString()) throw new SettingsError('--until: must be in the future');
  const told = teller(json);
  const input: PartnerOutageInput = { party, by, reason, until, lookEverySeconds };
  return withSession(env, told, async (session) => {
    if (!yes) return wouldHold(session, told, input);
    await session.client.workflow
      .start('partnerOutage', {
        args: [input],
        workflowId: outageWorkflowId(party),
        taskQueue: session.taskQueue,
        staticSummary: `Storing bij ${party}, gemeld door ${by}`,
      })
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        throw new SettingsError(`There is an outage of ${party} already: outage list, extend or end`);
      });
    told.thing({ summary: 'begun', party, until }, `Begun as ${outageWorkflowId(party)}, until ${until}`);
    return 0;
  });
}

async function wouldHold(
  session: Session,
  told: Teller,
  { party, by, until }: PartnerOutageInput,
): Promise<number> {
  let counts = none;
  const order = { kind: 'hold', until } as const;
  told.progress('Asking routes what they would answer …');
  const waiting = routesOf(session, waitingOn(party));
  for await (const each of planned(session, waiting, { name: 'outage', by, order })) {
    counts = countedWith(counts, each);
    told.thing(answerThing(each, 'would'), answerWords(each, 'would'));
  }
  const { done, refused, unreached } = counts;
  told.thing(
    { summary: 'would', party, until, done, refused, unreached },
    `${counted(done, 'route')} would be held until ${until}, ${refused} left alone, ${unreached} not reached; those that come to wait later as well`,
  );
  told.say('Nothing was changed. To do it: the same with --yes');
  return 0;
}

/** Ends an outage, or moves its end. */
async function tell(
  {
    words,
    json,
    yes,
    by,
    until: given,
  }: { words: readonly string[]; json: boolean; yes: boolean; by: string; until?: string },
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const party = partyOf(words);
  const told = teller(json);
  const until = given && new Date(given).toISOString();
  return withSession(env, told, async ({ client }) => {
    const outage = client.workflow.getHandle(outageWorkflowId(party));
    try {
      const before = await outage.query(outageStatus);
      if (before.phase !== 'holding') throw new SettingsError(`The outage of ${party} has ended`);
      if (!yes) {
        const what = until
          ? `would last until ${until}`
          : `would end: ${counted(before.held, 'route')} would go on`;
        told.thing({ would: until ? 'extend' : 'end', ...before }, `The outage of ${party} ${what}`);
        told.say('Nothing was changed. To do it: the same with --yes');
        return 0;
      }
      if (!until) told.progress(`Letting ${counted(before.held, 'route')} go on …`);
      const after = until
        ? await outage.executeUpdate(extendOutage, { args: [{ by, until }] })
        : await outage.executeUpdate(endOutage, { args: [{ by }] });
      const end = until ? after : ((await outage.result()) as OutageStatus);
      told.thing({ summary: until ? 'extended' : 'ended', ...end }, inWords(end));
      return 0;
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      throw new SettingsError(`There is no outage of ${party}`);
    }
  });
}

async function list(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { json } = optionsOf(args, z.object(looking));
  const told = teller(json);
  return withSession(env, told, async ({ client }) => {
    let count = 0;
    const query = `WorkflowType = 'partnerOutage' AND ExecutionStatus = 'Running'`;
    for await (const { workflowId } of client.workflow.list({ query })) {
      const status = await client.workflow.getHandle(workflowId).query(outageStatus);
      told.thing(status, inWords(status));
      count += 1;
    }
    told.thing({ summary: 'outages', count }, `${counted(count, 'outage')} under way`);
    return 0;
  });
}

function partyOf(words: readonly string[]): string {
  const parsed = AskedParty.safeParse(wordOf(words, 0, 'PARTY'));
  if (!parsed.success) throw new SettingsError(`PARTY is one of ${AskedParty.options.join(', ')}`);
  return parsed.data;
}

const inWords = ({ party, phase, since, until, held, goneOn, left, unreached }: OutageStatus): string =>
  `${party}: ${phase}, since ${since}, until ${until}: ${held} held, ${goneOn} gone on, ${left} left alone, ${unreached} not reached`;
