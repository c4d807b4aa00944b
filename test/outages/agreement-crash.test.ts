/** kill -9 of worker, API and Temporal in the middle of a rush for places: nothing is lost, nothing is sold twice. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectClient } from '../../platform/connection.ts';
import { ConnectionSettings, readSettings } from '../../platform/settings.ts';
import { loadSigningKey, signToken } from '../../simulator/identity.ts';
import { caller, type Caller } from '../support/api-caller.ts';
import { persist } from '../support/persist.ts';
import { createParts, type Parts } from '../support/processes.ts';
import { anAgreement, bareRoutes } from '../support/region.ts';
import { until } from '../support/until.ts';

const [places, count] = [30, 120];
let dataDir: string;
let parts: Parts;
let manager: Caller;
let policy: Caller;
let routes: string[];
let year = 2026;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'outflow-'));
  parts = await createParts(dataDir, { LOG_LEVEL: 'warn', RUN_EVENTS: '40' });
  await Promise.all([parts.temporal.start(), parts.simulator.start()]);
  await Promise.all([parts.worker.start(), parts.api.start()]);
  const as = async (who: { role: 'case-manager' | 'policy'; subject: string; municipality?: string }) =>
    caller(
      parts.apiUrl,
      await signToken({
        key: await loadSigningKey(dataDir),
        issuer: `${parts.simulatorUrl}/identity`,
        audience: 'outflow-routes',
        expiresInSeconds: 3600,
        ...who,
      }),
    );
  manager = await as({ role: 'case-manager', subject: 'cm-17', municipality: 'GM0153' });
  policy = await as({ role: 'policy', subject: 'pol-1' });
  const at = { TEMPORAL_ADDRESS: parts.temporalAddress, DATA_DIR: dataDir };
  const client = await connectClient(readSettings(ConnectionSettings, at));
  routes = await bareRoutes(client, count);
  await client.connection.close();
}, 120_000);
afterAll(async () => {
  await parts?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

describe('a rush for places survives', () => {
  it.each(['worker', 'api', 'temporal'] as const)('kill -9 of the %s', async (part) => {
    const path = `/housing-agreements/twente/${(year += 1)}`;
    expect((await persist(() => policy.put(path, anAgreement(places)))).answer.status).toBe(201);
    let answered = 0;
    const rush = routes.map(async (routeId) => {
      const headers = { 'idempotency-key': routeId };
      const call = () => manager.post(`${path}/reservations`, { routeId }, headers);
      const { answer } = await persist(call);
      answered += 1;
      return { routeId, ...answer };
    });
    await until('some have their answer', () => answered > 0, 30_000, 1);
    await parts[part].kill();
    await parts[part].start();
    const answers = await Promise.all(rush);
    expect(answers.filter(({ status }) => status !== 200 && status !== 201)).toEqual([]);

    const { body: figures } = (await persist(() => manager.get(`${path}/utilisation`))).answer;
    expect(figures).toMatchObject({ reserved: places, free: 0, queued: count - places });
    const { body: queue } = (await persist(() => manager.get(`${path}/queue`))).answer;
    const order = (queue.items as { routeId: string }[]).map(({ routeId }) => routeId);
    const held = answers.filter(({ body }) => body.status === 'reserved');
    expect(new Set([...order, ...held.map(({ routeId }) => routeId)])).toEqual(new Set(routes));

    // Told once more, under the same keys: each has what it had.
    const again = await persist(() =>
      manager.post(
        `${path}/reservations`,
        { routeId: held[0]!.routeId },
        { 'idempotency-key': held[0]!.routeId },
      ),
    );
    expect([again.answer.status, again.answer.body]).toEqual([200, held[0]!.body]);
    const { body } = held[0]!;
    await persist(() => manager.delete(`${path}/reservations/${body.reservationId}`));
    const next = (await persist(() => manager.get(`${path}/queue`))).answer.body.items;
    expect(next.map((each: { routeId: string }) => each.routeId)).toEqual(order.slice(1));
  });
});
