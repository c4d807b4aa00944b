/** kill -9 of each part in the middle of a route: afterwards it goes on, and no partner acted twice. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RouteView } from '../../contracts/views.ts';
import { loadSigningKey, signToken } from '../../simulator/identity.ts';
import { caller, type Caller } from '../support/api-caller.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import { createParts, type Parts } from '../support/processes.ts';

let dataDir: string;
let parts: Parts;
let api: Caller;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'outflow-'));
  parts = await createParts(dataDir, { SIMULATOR_DELAY_MS: '300', LOG_LEVEL: 'warn' });
  await Promise.all([parts.temporal.start(), parts.simulator.start()]);
  await Promise.all([parts.worker.start(), parts.api.start()]);
  const token = await signToken({
    key: await loadSigningKey(dataDir),
    issuer: `${parts.simulatorUrl}/identity`,
    audience: 'outflow-routes',
    role: 'case-manager',
    subject: 'cm-17',
    municipality: 'GM0153',
    expiresInSeconds: 3600,
  });
  api = caller(parts.apiUrl, token);
});
afterAll(async () => {
  await parts?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const stepOf = (route: RouteView, stepId: string) =>
  route.tracks.flatMap(({ steps }) => steps).find((step) => step.stepId === stepId);
const isOpen = (stepId: string) => (route: RouteView) => stepOf(route, stepId)?.status === 'open';

describe('a route survives', () => {
  it.each([
    ['worker', 'intake.debt-screening'],
    ['api', 'intake.skills'],
    ['temporal', 'debt.first-talk'],
    ['simulator', 'income.benefit'],
  ] as const)('kill -9 of the %s while it waits for %s', async (name, stepId) => {
    // Long enough to be seen open by whoever looks now and then, on a busy machine as well.
    await fetch(`${parts.simulatorUrl}/control/behaviours`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ stepId, mode: 'normal', delayMs: 3000 }]),
    });
    const { body } = await api.post('/routes', { ...aStart, person: aPerson });
    await accompany(api, body.routeId, isOpen(stepId));
    await parts[name].kill();
    await parts[name].start();
    const route = await accompany(api, body.routeId, ({ facts }) => facts.includes('home'));
    expect(route.tracks.flatMap(({ steps }) => steps).every(({ attempt }) => attempt === 1)).toBe(true);
    const ledger = await fetch(`${parts.simulatorUrl}/control/ledger?routeId=${body.routeId}`);
    const { totals } = (await ledger.json()) as { totals: Record<string, number> };
    expect(totals).toMatchObject({ actedTwice: 0, undeliverable: 0 });
  });
});
