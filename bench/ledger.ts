/**
 * npm run bench:ledger: how many reservations one housing agreement takes in a second, and what becomes of ten times as
 * many. Routes reserve and release, over HTTP, through one API and one worker. First as many callers as it keeps up with;
 * then ten times as many calls as it answered then are begun in each second, whether it keeps up or not. Each call that
 * is refused is refused clearly (429 with Retry-After) and made again under its key, until it is answered: nothing is
 * lost, nothing counts twice, no place is held twice.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { utilisation } from '../domain/housing-agreement/views.ts';
import { connectClient } from '../platform/connection.ts';
import { ConnectionSettings, readSettings } from '../platform/settings.ts';
import { loadSigningKey, signToken } from '../simulator/identity.ts';
import { caller, type Answer, type Caller } from '../test/support/api-caller.ts';
import { anAgreement, bareRoutes } from '../test/support/region.ts';
import { atOnce, environment, tokenOf } from './lib/parked-routes.ts';
import { withParts } from '../test/support/with-parts.ts';

const callersAtOnce = 64;
const timesTheLoad = 10;
const places = 800;
/** As many as an agreement can have places and people who wait: the queue is part of the load. */
const routesAtOnce = 1300;
const rounds = 3;
const lookEveryMs = 500;
const givenUpAfterMs = 120_000;
const path = '/housing-agreements/twente/2027';
const { seconds } = parseArgs({ options: { seconds: { type: 'string', default: '10' } } }).values;
const lastsMs = Number(seconds) * 1000;

const isOverload = ({ status }: Answer) => status === 429;

interface Tally {
  calls: number;
  readonly tookMs: number[];
  refused: number;
  /** Refusals without a word of when to come back, and any other answer that was not hoped for. */
  readonly wrong: string[];
}
const tally = (): Tally => ({ calls: 0, tookMs: [], refused: 0, wrong: [] });

/** Makes a call until it is answered, under one key. */
async function persist(of: Tally, make: () => Promise<Answer>, expected: readonly number[]): Promise<Answer> {
  const end = Date.now() + givenUpAfterMs;
  for (;;) {
    const began = Date.now();
    const answer = await make();
    of.calls += 1;
    if (expected.includes(answer.status)) {
      of.tookMs.push(Date.now() - began);
      return answer;
    }
    const retryAfter = Number(answer.headers.get('retry-after'));
    if (!isOverload(answer) || !(retryAfter > 0)) of.wrong.push(`${answer.status} ${answer.body?.type}`);
    if (isOverload(answer)) of.refused += 1;
    if (Date.now() > end) throw new Error(`No answer, but ${JSON.stringify(answer.body)}`);
    await sleep((retryAfter || 1) * 1000 * (0.5 + Math.random()));
  }
}

/** A route reserves, or joins the queue; gives the reservation's id. */
async function reserve(api: Caller, of: Tally, routeId: string, key: string): Promise<string> {
  const headers = { 'idempotency-key': key };
  const { body } = await persist(
    of,
    () => api.post(`${path}/reservations`, { routeId }, headers),
    [200, 201],
  );
  return body.reservationId as string;
}

/** And gives back what it got, or its place in the queue. */
async function release(api: Caller, of: Tally, reservationId: string): Promise<void> {
  await persist(of, () => api.delete(`${path}/reservations/${reservationId}`), [204]);
}

/** Begins so many a second, whether or not those before are done; ends when all are. */
async function byTheClock(
  perSecond: number,
  routes: readonly string[],
  act: (routeId: string) => Promise<void>,
): Promise<void> {
  const start = Date.now();
  const underWay: Promise<void>[] = [];
  while (underWay.length < routes.length) {
    const due = Math.floor(((Date.now() - start) / 1000) * perSecond);
    for (const routeId of routes.slice(underWay.length, due)) underWay.push(act(routeId));
    await sleep(5);
  }
  await Promise.all(underWay);
}

async function timed(act: () => Promise<void>): Promise<number> {
  const began = Date.now();
  await act();
  return Date.now() - began;
}

async function policyToken(dataDir: string, simulatorUrl: string): Promise<string> {
  return signToken({
    key: await loadSigningKey(dataDir),
    issuer: `${simulatorUrl}/identity`,
    audience: 'outflow-routes',
    role: 'policy',
    subject: 'pol-1',
    expiresInSeconds: 3600,
  });
}

const rate = ({ tookMs }: Tally, ms: number) => tookMs.length / (ms / 1000);
const nth = (times: readonly number[], share: number) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0;

await withParts(environment, async ({ parts, dataDir }) => {
  await Promise.all([parts.temporal.start(), parts.simulator.start()]);
  await Promise.all([parts.worker.start(), parts.api.start()]);
  const api = caller(parts.apiUrl, await tokenOf(dataDir, parts, {}));
  const policy = caller(parts.apiUrl, await policyToken(dataDir, parts.simulatorUrl));
  const settings = readSettings(ConnectionSettings, {
    TEMPORAL_ADDRESS: parts.temporalAddress,
    DATA_DIR: dataDir,
  });
  const client = await connectClient(settings);
  const routes = await bareRoutes(client, routesAtOnce);
  await client.connection.close();
  const { status } = await policy.put(path, anAgreement(places));
  if (status !== 201) throw new Error(`The agreement was not made: status ${status}`);
  const figures = async () => (await api.get(`${path}/utilisation`)).body as ReturnType<typeof utilisation>;

  const usual = tally();
  const usualMs = await timed(async () => {
    const end = Date.now() + lastsMs;
    await atOnce(callersAtOnce, callersAtOnce, async (i) => {
      for (let n = 0; Date.now() < end; n += 1)
        await release(api, usual, await reserve(api, usual, routes[i]!, `${i}:${n}`));
    });
  });
  const usualRate = rate(usual, usualMs);

  // Ten times as many are begun in each second, by the clock: all routes reserve, then all release, round after round.
  const rush = tally();
  const offered = Math.round(usualRate * timesTheLoad);
  let oversold = 0;
  const rushIsOver = new AbortController();
  const watching = (async () => {
    while (!rushIsOver.signal.aborted) {
      const { reserved, free: left } = await figures();
      if (reserved > places || left < 0) oversold += 1;
      await sleep(lookEveryMs);
    }
  })();
  let rushMs = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const held = new Map<string, string>();
    rushMs += await timed(() =>
      byTheClock(offered, routes, async (routeId) => {
        held.set(routeId, await reserve(api, rush, routeId, `${routeId}:${round}`));
      }),
    );
    const { reserved, queued } = await figures();
    if (reserved !== places || reserved + queued !== routes.length)
      rush.wrong.push(`${reserved} reserved and ${queued} queued of ${routes.length}`);
    rushMs += await timed(() =>
      byTheClock(offered, routes, (routeId) => release(api, rush, held.get(routeId)!)),
    );
  }
  rushIsOver.abort();
  await watching;
  const after = await figures();
  const nothingLost = after.reserved === 0 && after.queued === 0 && after.free === places;
  const within = usual.wrong.length === 0 && rush.wrong.length === 0 && oversold === 0 && nothingLost;
  process.stdout.write(
    `${usualRate.toFixed(0)} commands a second (half of them reservations) of ${callersAtOnce} callers at once: ` +
      `p50 ${nth(usual.tookMs, 0.5)} ms, p99 ${nth(usual.tookMs, 0.99)} ms, ${usual.refused} refused\n` +
      `ten times that, ${offered} a second: ${rush.tookMs.length} of ${2 * rounds * routes.length} carried out in ` +
      `${(rushMs / 1000).toFixed(1)} s (${rate(rush, rushMs).toFixed(0)} a second), p50 ${nth(rush.tookMs, 0.5)} ms, ` +
      `p99 ${nth(rush.tookMs, 0.99)} ms, ${rush.refused} refused with 429 and Retry-After\n` +
      `${within ? 'PASS' : 'FAIL'}: ${oversold} times oversold; ${nothingLost ? 'nothing lost' : JSON.stringify(after)}; ` +
      `other answers: ${JSON.stringify([...new Set([...usual.wrong, ...rush.wrong])])}\n`,
  );
  return within;
});
