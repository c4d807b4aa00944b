/**
 * Payload keys are rotated under a route that runs, over real processes: what was written before stays readable, what is
 * written afterwards is under the new key, and what a process cannot read it says by the key's id.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RouteView } from '../../contracts/views.ts';
import { dropKey } from '../../platform/key-rotation.ts';
import { textOfRing } from '../../platform/key-ring.ts';
import { connectClient } from '../../platform/connection.ts';
import { readPayloadKeys } from '../../platform/payload-keys.ts';
import { ConnectionSettings, readSettings } from '../../platform/settings.ts';
import { runKeys } from '../../scripts/keys/run.ts';
import type { Caller } from '../support/api-caller.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import { createParts, type Parts } from '../support/processes.ts';
import { until } from '../support/until.ts';
import { kept, payloadsIn } from '../support/what-the-server-keeps.ts';

let DATA_DIR: string;
let parts: Parts;
let client: Client;
let api: Caller;
let routeId: string;
let first: string;

beforeAll(async () => {
  DATA_DIR = await mkdtemp(join(tmpdir(), 'outflow-'));
  parts = await createParts(DATA_DIR, { SIMULATOR_DELAY_MS: '50' });
  await Promise.all([parts.temporal.start(), parts.simulator.start()]);
  await Promise.all([parts.worker.start(), parts.api.start()]);
  client = await connectClient(readSettings(ConnectionSettings, where()));
  api = await parts.as({ role: 'case-manager', subject: 'cm-17', municipality: 'GM0153' });
  first = (await readPayloadKeys({ DATA_DIR })).current;
});
afterAll(async () => {
  await client?.connection.close();
  await parts?.stop();
  await rm(DATA_DIR, { recursive: true, force: true });
});

const where = () => ({ DATA_DIR, TEMPORAL_ADDRESS: parts.temporalAddress });
const keys = (step: string, id?: string) =>
  runKeys({ step, id, of: 'payloads', lose: false, env: where(), usage: '' });
const reached = (stepId: string, status: string) => (route: RouteView) =>
  route.tracks.flatMap(({ steps }) => steps).find((step) => step.stepId === stepId)?.status === status;

/** Both processes with the keys that are in the file now. */
async function startAgain(): Promise<void> {
  await Promise.all([parts.worker.kill(), parts.api.kill()]);
  await Promise.all([parts.worker.start(), parts.api.start()]);
}

/** The ids of the keys of all encrypted payloads that the server keeps. */
async function keysInUse(): Promise<string[]> {
  const ids = payloadsIn(await kept(client)).flatMap(({ metadata }) => metadata?.['encryption-key-id'] ?? []);
  return [...new Set(ids.map((id) => Buffer.from(id).toString()))].sort();
}

describe('the payload keys', () => {
  it('are rotated while a route runs, and nobody notices', async () => {
    const { body } = await api.post('/routes', aStart, { 'idempotency-key': 'of-before-the-rotation' });
    routeId = body.routeId;
    await until('the intake is asked', async () => (await api.get(`/routes/${routeId}`)).status === 200);
    expect(await keysInUse()).toEqual([first]);

    await keys('add', 'second');
    // One process knows the new key, the other does not yet: it meets nothing that it cannot read.
    await parts.api.kill();
    await parts.api.start();
    expect((await api.put(`/routes/${routeId}/person`, aPerson)).status).toBe(200);
    await accompany(api, routeId, reached('intake.registry-check', 'done'));
    await startAgain();
    expect(await keysInUse()).toEqual([first]);

    await keys('use', 'second');
    await parts.worker.kill();
    await parts.worker.start(); // the worker writes under the new key already, the API still under the old one
    await accompany(api, routeId, reached('intake.decision', 'done'));
    await startAgain();
    await accompany(api, routeId, ({ facts }) => facts.includes('income'));
    expect(await keysInUse()).toEqual([first, 'second'].sort());
    // The same call of before the rotation is still known as the same.
    const again = await api.post('/routes', aStart, { 'idempotency-key': 'of-before-the-rotation' });
    expect([again.status, again.body.routeId]).toEqual([200, routeId]);
    const other = await api.post(
      '/routes',
      { ...aStart, caseManager: 'cm-18' },
      { 'idempotency-key': 'of-before-the-rotation' },
    );
    expect(other.status).toBe(409);
  });

  it('may not go while a route needs them', async () => {
    await expect(keys('drop', first)).rejects.toThrow(
      `"${first}" is still needed by route/${routeId}: wait, or lose what it encrypted with --lose (docs/keys.md)`,
    );
    await keys('add', 'never-used');
    expect(await keys('drop', 'never-used')).toContain('Dropped "never-used"');
  });

  it('that are missing are named by whoever meets what they encrypted; once they are back, all goes on', async () => {
    const file = join(DATA_DIR, 'keys', 'payload-keys.json');
    const whole = await readFile(file, 'utf8');
    await writeFile(file, textOfRing(dropKey(await readPayloadKeys({ DATA_DIR }), first)));
    await startAgain();
    const asked = await api.get(`/routes/${routeId}`);
    expect([429, 500, 503]).toContain(asked.status); // whoever has to read it, fails
    const line = `No payload key \\"${first}\\" here: put it back, under that id (docs/keys.md)`;
    await until(
      'worker or API names the key',
      () => parts.worker.said().includes(line) || parts.api.said().includes(line),
    );
    await writeFile(file, whole);
    await startAgain();
    const route = await accompany(api, routeId, ({ facts }) => facts.includes('home'));
    expect(route.tracks.flatMap(({ steps }) => steps).every(({ attempt }) => attempt === 1)).toBe(true);
  });
});
