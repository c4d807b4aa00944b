/**
 * npm run test:faults -- --each-event: kill -9 of the worker, and of the server, at each point at which the history of a
 * route or of the ledger can stand during a reservation and a round of commitments. The points are those that are met:
 * the campaign goes on until each was killed at, by both. What must hold is what `--rounds` looks at.
 */
import { parseArgs } from 'node:util';
import type { Client } from '@temporalio/client';
import { tokenOf } from '../../bench/lib/parked-routes.ts';
import { connectClient } from '../../platform/connection.ts';
import { ConnectionSettings, readSettings } from '../../platform/settings.ts';
import type { HistoryEvent } from '../../scripts/replay/history-file.ts';
import { caller } from '../support/api-caller.ts';
import { withParts } from '../support/with-parts.ts';
import { agreementWorkflowId } from '../../workflows/housing-agreement.messages.ts';
import { Aims } from './aims.ts';
import { DeadlockedRoutes, environment } from './deadlocked-routes.ts';
import { EventPlaces } from './event-places.ts';
import { followed } from './followed.ts';
import { LedgerWatch } from './ledger-watch.ts';

const { minutes, under } = parseArgs({
  options: {
    'each-event': { type: 'boolean' },
    minutes: { type: 'string', default: '15' },
    under: { type: 'string', default: '6' },
  },
}).values;
const withinMs = 5 * 60_000;
const underWay = Number(under);
const killed = ['worker', 'temporal'] as const;
/** A point that is passed within a millisecond can't be met. */
const triesEach = 4;
/** So many routes came to their keys and met nothing new: the rest is too rare to wait for. */
const routesInVain = 12;

await withParts(environment, async ({ parts, dataDir }) => {
  await Promise.all([parts.temporal.start(), parts.simulator.start()]);
  await Promise.all([parts.worker.start(), parts.api.start()]);
  const begun = Date.now();
  const say = (line: string) =>
    process.stdout.write(`${((Date.now() - begun) / 1000).toFixed(0).padStart(4)} s  ${line}\n`);
  const manager = caller(parts.apiUrl, await tokenOf(dataDir, parts, { municipality: 'GM0014' }));
  const director = caller(
    parts.apiUrl,
    await tokenOf(dataDir, parts, { role: 'process-director', municipality: 'GM0014' }),
  );
  const ledger = await LedgerWatch.begin(director, underWay / 2);
  const routes = new DeadlockedRoutes(manager, parts.simulatorUrl, withinMs);
  const client = await connectClient(
    readSettings(ConnectionSettings, { TEMPORAL_ADDRESS: parts.temporalAddress, DATA_DIR: dataDir }),
  );
  const aims = new Aims(killed, triesEach);
  const over = new AbortController();
  const { signal } = over;
  let isStriking = false;
  let kills = 0;
  const looks: Promise<unknown>[] = [];
  let lastNewAt = 0;

  /** Kills at a point that was not killed at yet; the worker may have gone on by then, so where it died is looked up. */
  async function strike(place: string, lastPlace: () => Promise<string | undefined>): Promise<void> {
    const part = aims.next(place);
    if (!part || isStriking) return;
    isStriking = true;
    kills += 1;
    await parts[part].kill();
    const died = part === 'worker' ? await lastPlace() : place;
    if (aims.killed(part, place, died)) lastNewAt = routes.ends.size;
    await parts[part].start();
    looks.push(ledger.look()); // a ledger whose task died with the worker answers ten seconds later
    if (kills % 10 === 0)
      say(`${kills} kills, ${aims.summary()}; ${routes.ends.size} routes have their keys`);
    isStriking = false;
  }

  async function watch(what: string, workflowId: string): Promise<void> {
    const places = new EventPlaces(what);
    const codecs = client.options.loadedDataConverter.payloadCodecs;
    for await (const events of followed({ client, codecs, workflowId, signal })) {
      const place = places.after(events);
      if (place) void strike(place, async () => places.nameAt(await lastEvent(client, workflowId)));
    }
  }

  const watched = [watch('ledger', agreementWorkflowId('demo-region', new Date().getFullYear()))];
  const isDone = () =>
    Date.now() - begun > Number(minutes) * 60_000 ||
    routes.faults.size > 0 ||
    routes.ends.size - lastNewAt > routesInVain;
  const lane = async (): Promise<void> => {
    while (!isDone()) {
      await routes.one((routeId) => watched.push(watch('route', `route/${routeId}`)));
      await ledger.grow(routes.ends.size + underWay / 2);
    }
  };
  await Promise.all(Array.from({ length: underWay }, lane));
  await Promise.all(looks);
  await ledger.grow(routes.begun);
  const unfair = await ledger.atTheEnd(routes.ends.size);
  over.abort();
  await Promise.all(watched);
  await client.connection.close();

  for (const [routeId, wrong] of routes.faults) say(`${routeId}: ${wrong.join('; ')}`);
  for (const what of unfair) say(what);
  process.stdout.write(`\n${aims.table()}\n\n`);
  const failed = routes.faults.size + unfair.length + (kills === 0 ? 1 : 0);
  process.stdout.write(
    `${routes.looks} looks at ${routes.begun} routes, ${kills} kills, ${aims.summary()}\n` +
      `${routes.ends.size} passed, ${failed} failed\n`,
  );
  return failed === 0;
});

/** The last event of the run that is under way. */
async function lastEvent(client: Client, workflowId: string): Promise<HistoryEvent | undefined> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  return events?.at(-1);
}
