/**
 * npm run bench:api [-- --calls 300]: what the API adds to a call. Routes are started and partners' news is told over HTTP, and
 * beside that, in the same run and in turns, the very same is done straight with `@temporalio/client`. Real processes: server,
 * worker, API. One call at a time says how long each takes; several at once how many fit in a second. What cannot be had for
 * less stands below: the same body over HTTP to a process that does nothing, and a new person's key with what it seals.
 *
 * Fails when the API's median is more than so many times that of the direct call.
 */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { begin } from '../domain/step-transitions.ts';
import type { PartnerNews } from '../domain/news.ts';
import type { RouteState } from '../domain/route-state.ts';
import { rulesOn } from '../domain/rules.ts';
import { connectClient } from '../platform/connection.ts';
import { fileKeyStore } from '../platform/key-store-files.ts';
import { loadRuleBook } from '../platform/rule-sets.ts';
import { createSealer } from '../platform/sealer.ts';
import { ConnectionSettings, readSettings } from '../platform/settings.ts';
import { sourceOf } from '../simulator/partners.ts';
import { caller, type Caller } from '../test/support/api-caller.ts';
import { aPerson, aStart } from '../test/support/case-manager.ts';
import { withParts, type Campaign } from '../test/support/with-parts.ts';
import { tellNews } from '../workflows/outflow-route.messages.ts';
import { attributesOf } from '../workflows/route-attributes.messages.ts';
import { atOnce, tokenOf } from './lib/parked-routes.ts';
import { alignedTable } from './lib/table.ts';

const mostTimes = 1.15;
const inTurns = 25;
const warmUp = 30;
const lanes = 8;
/** Until the worker has done what the call before set off: else that is measured, on both ways. */
const pauseMs = 60;
const { calls } = parseArgs({ options: { calls: { type: 'string', default: '300' } } }).values;
const count = Number(calls);

/** One way to do something: prepared beforehand, so that only the call itself is timed. */
interface Way {
  readonly prepare: () => Promise<() => Promise<void>>;
}
interface Measured {
  readonly tookMs: number[];
  perSecond: number;
}

/** Several ways, in turns, so that whatever else the machine does falls on all. */
async function measure(ways: readonly Way[]): Promise<Measured[]> {
  const measured = ways.map((): Measured => ({ tookMs: [], perSecond: 0 }));
  for (const way of ways) for (const act of await prepared(way, warmUp)) await act();
  for (let done = 0; done < count; done += inTurns)
    for (const [i, way] of ways.entries())
      for (const act of await prepared(way, inTurns)) {
        const began = performance.now();
        await act();
        measured[i]!.tookMs.push(performance.now() - began);
        await sleep(pauseMs);
      }
  for (const [i, way] of ways.entries()) {
    const acts = await prepared(way, count);
    const began = performance.now();
    await atOnce(lanes, count, (at) => acts[at]!());
    measured[i]!.perSecond = (count * 1000) / (performance.now() - began);
  }
  return measured;
}

async function prepared({ prepare }: Way, many: number): Promise<(() => Promise<void>)[]> {
  const acts: (() => Promise<void>)[] = [];
  for (let i = 0; i < many; i += 1) acts.push(await prepare());
  return acts;
}

/** A first state as the API makes it, sealed with the keys that the processes share. */
async function states(dataDir: string) {
  const now = new Date().toISOString();
  const book = await loadRuleBook(now);
  const sealer = createSealer(fileKeyStore(dataDir));
  const rules = rulesOn(book, { national: 'nl', municipality: aStart.municipality, region: 'twente', now });
  return async (): Promise<RouteState> => {
    const routeId = randomUUID();
    const { origin, municipality, caseManager } = aStart;
    return begin({
      routeId,
      origin: origin as 'shelter',
      municipality,
      caseManager,
      targetGroup: origin,
      asksConsent: true,
      openingAnswer: await sealer.seal(routeId, aStart.openingAnswer),
      person: await sealer.seal(routeId, aPerson),
      rules,
      by: 'cm-17',
      now,
    });
  };
}

function startDirectly(client: Client, state: RouteState) {
  return client.workflow.start('outflowRoute', {
    args: [{ state, leavesTraces: true }],
    workflowId: `route/${state.routeId}`,
    taskQueue: 'outflow-routes',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'FAIL',
    typedSearchAttributes: new TypedSearchAttributes(
      attributesOf(state).filter(({ value }) => value !== null),
    ),
    memo: { fingerprint: 'direct', origin: state.origin },
    staticSummary: `Uitstroomroute ${state.municipality}, maatschappelijke opvang`,
    staticDetails: `Gestart ${state.startedAt}`,
  });
}

const must = (status: number, expected: readonly number[]) => {
  if (!expected.includes(status)) throw new Error(`Answered with status ${status}`);
};

async function starting(
  { dataDir }: Campaign,
  client: Client,
  { api, bare }: { api: Caller; bare: Caller },
): Promise<Way[]> {
  const nextState = await states(dataDir);
  const sealer = createSealer(fileKeyStore(dataDir));
  const body = { ...aStart, person: aPerson };
  return [
    {
      prepare: async () => async () =>
        must((await api.post('/routes', body, { 'idempotency-key': randomUUID() })).status, [201]),
    },
    {
      prepare: async () => {
        const state = await nextState();
        return async () => void (await startDirectly(client, state));
      },
    },
    { prepare: async () => async () => must((await bare.post('/routes', body)).status, [200]) },
    {
      prepare: async () => {
        const routeId = randomUUID();
        return async () =>
          void (await Promise.all([aStart.openingAnswer, aPerson].map((each) => sealer.seal(routeId, each))));
      },
    },
  ];
}

/** HTTP alone: a process that answers as much as the API does to a start, and does nothing. */
async function withBareServer<T>(answerBytes: number, run: (bare: Caller) => Promise<T>): Promise<T> {
  const child = fork(fileURLToPath(new URL('lib/bare-server.mjs', import.meta.url)), [String(answerBytes)]);
  try {
    const [port] = (await once(child, 'message')) as [number];
    return await run(caller(`http://127.0.0.1:${port}`));
  } finally {
    child.disconnect();
  }
}

/** About what the API answers to a start. */
const answerBytes = 6000;

/** Each route hears a concern no more often than it keeps any. */
const concernsEach = 4;

async function telling(
  client: Client,
  partner: Caller,
  nextState: () => Promise<RouteState>,
): Promise<Way[]> {
  /** Ids of routes, each as often as it may hear something. */
  const routes = () => {
    let ready: string[] = [];
    return async (): Promise<string> => {
      if (ready.length === 0) {
        const state = await nextState();
        await startDirectly(client, state);
        await client.workflow.getHandle(`route/${state.routeId}`).query('routeState');
        ready = Array.from({ length: concernsEach }, () => state.routeId);
      }
      return ready.pop()!;
    };
  };
  const [ofApi, ofClient] = [routes(), routes()];
  const party = 'support-provider' as const;
  return [
    {
      prepare: async () => {
        const event = {
          specversion: '1.0',
          id: randomUUID(),
          source: sourceOf(party),
          subject: await ofApi(),
          type: 'nl.uitstroomroutes.concern-raised.v1',
          time: new Date().toISOString(),
          data: { kind: 'nuisance' },
        };
        const headers = { 'content-type': 'application/cloudevents+json' };
        return async () => must((await partner.post('/partner-events', event, headers)).status, [200]);
      },
    },
    {
      prepare: async () => {
        const routeId = await ofClient();
        const news: PartnerNews = {
          eventId: `${party}:${randomUUID()}`,
          arrival: randomUUID().slice(0, 8),
          party,
          kind: 'concern-raised',
          reason: 'nuisance',
        };
        return async () =>
          void (await client.workflow
            .getHandle(`route/${routeId}`)
            .executeUpdate(tellNews, { args: [news], updateId: randomUUID() }));
      },
    },
  ];
}

const share = (sorted: readonly number[], part: number): number => sorted[Math.floor(sorted.length * part)]!;

function row(name: string, { tookMs, perSecond }: Measured): string[] {
  const sorted = [...tookMs].sort((a, b) => a - b);
  return [
    name,
    `${share(sorted, 0.5).toFixed(1)} ms`,
    `${share(sorted, 0.99).toFixed(1)} ms`,
    perSecond.toFixed(0),
  ];
}

const median = ({ tookMs }: Measured): number =>
  share(
    [...tookMs].sort((a, b) => a - b),
    0.5,
  );

const environment = { RULES: 'nl', LOG_LEVEL: 'info', SIMULATOR_BEHAVIOURS: '[{"mode":"silent"}]' };
await withParts(environment, async (campaign) => {
  const { parts, dataDir } = campaign;
  await Promise.all([parts.temporal.start(), parts.simulator.start()]);
  await Promise.all([parts.worker.start(), parts.api.start()]);
  const settings = { TEMPORAL_ADDRESS: parts.temporalAddress, DATA_DIR: dataDir };
  const client = await connectClient(readSettings(ConnectionSettings, settings));
  const api = caller(parts.apiUrl, await tokenOf(dataDir, parts, {}));
  const partner = caller(parts.apiUrl, await tokenOf(dataDir, parts, { party: 'support-provider' }));
  const news = await measure(await telling(client, partner, await states(dataDir)));
  const starts = await withBareServer(answerBytes, async (bare) =>
    measure(await starting(campaign, client, { api, bare })),
  );
  const lines = [
    ['', 'p50', 'p99', `a second, ${lanes} at once`],
    row('POST /v1/routes', starts[0]!),
    row('  workflow.start', starts[1]!),
    row('  HTTP alone', starts[2]!),
    row("  a new person's key, and two values sealed under it", starts[3]!),
    row('POST /v1/partner-events', news[0]!),
    row('  executeUpdate', news[1]!),
  ];
  const times = [starts, news].map(([ours, direct]) => median(ours!) / median(direct!));
  const isWithin = times.every((each) => each <= mostTimes);
  process.stdout.write(
    `${count} calls each\n${alignedTable(lines)}\n` +
      `${isWithin ? 'PASS' : 'FAIL'}: the medians are ${times.map((each) => each.toFixed(2)).join(' and ')} times ` +
      `those of the direct calls (at most ${mostTimes})\n`,
  );
  await client.connection.close();
  return isWithin;
});
