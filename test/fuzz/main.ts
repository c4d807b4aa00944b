/**
 * Partner news under fire: thousands of events, twice, early, in any order, late and at once, while worker, API and
 * Temporal are killed and every route continues as new again and again. None may be lost, none applied twice, and each
 * receipt must be true (see oracle.ts and end.ts).
 *
 *   --events N   deliveries at the least (20000)
 *   --seed N     chooses what is told and what is killed; how it all interleaves is up to the machine
 *   --quick      1500 deliveries, in about a minute
 */
import { parseArgs } from 'node:util';
import type { Client } from '@temporalio/client';
import { PartnerParty } from '../../contracts/vocabulary.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { connectClient } from '../../platform/connection.ts';
import { ConnectionSettings, readSettings } from '../../platform/settings.ts';
import { loadSigningKey, signToken } from '../../simulator/identity.ts';
import { caller } from '../support/api-caller.ts';
import type { Parts } from '../support/processes.ts';
import { until } from '../support/until.ts';
import { withParts } from '../support/with-parts.ts';
import { Chance } from './chance.ts';
import { isJudged, wrongEnd } from './end.ts';
import { keepKilling } from './kills.ts';
import { live, type Life } from './life.ts';
import { verdictOf, wrongReceipts } from './oracle.ts';
import { tableOf } from './table.ts';
import { Partners } from './told.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    events: { type: 'string' },
    lives: { type: 'string', default: '30' },
  },
});
const seed = Number(values.seed);
const events = Number(values.events ?? (values.quick ? 1500 : 20_000));
const livesAtOnce = Number(values.lives);
/** History events of a run: a route of a hundred events then has some twenty runs. */
const eventsOfRun = 60;
const shownAtMost = 20;
const began = Date.now();
const say = (line: string) => {
  const spent = Math.floor((Date.now() - began) / 1000);
  process.stdout.write(
    `${String(Math.floor(spent / 60)).padStart(2)}:${String(spent % 60).padStart(2, '0')}  ${line}\n`,
  );
};

async function tokens(dataDir: string, { simulatorUrl }: Parts) {
  const key = await loadSigningKey(dataDir);
  const common = {
    key,
    issuer: `${simulatorUrl}/identity`,
    audience: 'outflow-routes',
    expiresInSeconds: 2 * 3600,
  };
  const partners = await Promise.all(
    PartnerParty.options.map(
      async (party) =>
        [party, await signToken({ ...common, role: 'partner', subject: party, party })] as const,
    ),
  );
  const manager = { role: 'case-manager', subject: 'cm-17', municipality: 'GM0153' } as const;
  return { partners: new Map(partners), manager: await signToken({ ...common, ...manager }) };
}

/** Lives routes, some at once, until enough was told. */
async function storm(parts: Parts, dataDir: string) {
  const { partners: tokensOf, manager } = await tokens(dataDir, parts);
  const partners = new Partners(parts.apiUrl, tokensOf);
  const lives: Life[] = [];
  let delivered = 0;
  const onDelivery = () => {
    delivered += 1;
    if (delivered % 1000 === 0) say(`${delivered} deliveries`);
  };
  const world = { manager: caller(parts.apiUrl, manager), partners, onDelivery };
  const isOver = () => delivered >= events;
  const failures: unknown[] = [];
  let count = 0;
  const lane = async () => {
    while (!isOver() && failures.length === 0) {
      const nth = (count += 1);
      lives.push(await live(`fuzz-${seed}-${nth}`, new Chance(seed * 10_007 + nth), world));
    }
  };
  const inLane = () => lane().catch((error: unknown) => void failures.push(error));
  let isDone = false;
  const killing = keepKilling(parts, new Chance(seed), { least: 10_000, most: 30_000 }, () => isDone, say);
  await Promise.all(Array.from({ length: livesAtOnce }, inLane));
  isDone = true;
  const kills = await killing;
  if (failures.length > 0) throw failures[0];
  return { lives, kills, partners };
}

/** The state of a route when it has judged all that it was told. */
async function stateOf(client: Client, { routeId, told }: Life): Promise<RouteState> {
  const handle = client.workflow.getHandle(`route/${routeId}`);
  let state: RouteState | undefined;
  const judged = async () => {
    state = await handle.query<RouteState>('routeState');
    return told.every((event) => isJudged(state!, event));
  };
  await until('everything is judged', judged, 20_000).catch(() => undefined); // what is not shows as lost
  if (!state) throw new Error(`route ${routeId} does not answer`);
  return state;
}

async function main(dataDir: string, parts: Parts): Promise<boolean> {
  await Promise.all([parts.temporal.start(), parts.simulator.start()]);
  await Promise.all([parts.worker.start(), parts.api.start()]);
  say(`everything is up; seed ${seed}, ${events} deliveries, ${livesAtOnce} routes at once`);
  const { lives, kills, partners } = await storm(parts, dataDir);
  say(`${lives.length} routes lived; now each is looked at`);
  const client = await connectClient(
    readSettings(ConnectionSettings, { DATA_DIR: dataDir, TEMPORAL_ADDRESS: parts.temporalAddress }),
  );
  const wrong: string[] = [];
  for (const life of lives) {
    const state = await stateOf(client, life);
    for (const event of life.told) {
      if (!verdictOf(event)) {
        const asked = await partners.askAfter(event, life.routeId);
        if (asked) event.asked = asked;
      }
    }
    const found = [...wrongReceipts(life), ...wrongEnd(life, state)];
    wrong.push(...found.map((what) => `route ${life.routeId}: ${what}`));
  }
  const runs = (await client.workflow.count(`WorkflowType = 'outflowRoute'`)).count;
  const failed = await client.workflow.count(
    `WorkflowType = 'outflowRoute' AND ExecutionStatus IN ('Failed', 'Terminated', 'TimedOut')`,
  );
  await client.connection.close();
  const told = lives.flatMap((life) => life.told);
  const unknown = told.filter((event) => !verdictOf(event)).length;
  const deliveries = told.reduce((sum, event) => sum + event.deliveries.length, 0);
  process.stdout.write(`\n${tableOf(lives)}\n\n`);
  process.stdout.write(
    `${deliveries} deliveries of ${told.length} events to ${lives.length} routes; ` +
      `killed: worker ${kills.worker}, API ${kills.api}, Temporal ${kills.temporal}; ` +
      `${runs} runs, ${runs - lives.length} of them continued as new; ${failed.count} failed\n` +
      `${unknown} queued events whose receipt is not kept any more; they count in the end of their route\n`,
  );
  for (const each of wrong.slice(0, shownAtMost)) process.stdout.write(`${each}\n`);
  process.stdout.write(`seed ${seed}: ${wrong.length + failed.count} wrong\n`);
  return wrong.length + failed.count === 0;
}

const environment = {
  RULES: 'nl', // so that no term passes meanwhile
  RUN_EVENTS: String(eventsOfRun),
  SIMULATOR_BEHAVIOURS: JSON.stringify([{ mode: 'silent' }]), // the fuzz plays the partners
  LOG_LEVEL: 'silent',
};
await withParts(environment, ({ dataDir, parts }) => main(dataDir, parts));
