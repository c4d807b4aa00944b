/** The worker's adapters and the played partners, which ask for OAuth 2: over real HTTP, with files as in production. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/create-activities.ts';
import type { StepRequest } from '../../activities/partner.ts';
import { DestinationName } from '../../platform/partners-file.ts';
import { readSettings, WorkerSettings } from '../../platform/settings.ts';
import { createSimulator, type RunningSimulator } from '../../simulator/create-simulator.ts';
import { portsOf } from '../../worker/create-worker.ts';
import { routeId } from '../support/a-route.ts';

const client = { id: 'outflow-routes', secret: 'a secret: of the tests, alone%' };
let dir: string;
let simulator: ReturnType<typeof createSimulator>;
let running: RunningSimulator;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'access-'));
  // Partners take their time: no answer goes out while these tests run.
  simulator = createSimulator({ dataDir: dir, delayMs: 1_000_000, client });
  running = await simulator.start();
});
afterAll(async () => {
  await running.close();
  await rm(dir, { recursive: true });
});

/** The activities of a worker that shows this secret everywhere; without one it knows nothing of tokens. */
async function activitiesWith(secret?: string) {
  await writeFile(join(dir, 'secret'), secret ?? '');
  const oauth2 = { tokenUrl: `${running.url}/identity/token`, clientId: client.id, secretFile: 'secret' };
  const entries = DestinationName.options.map((name) => [name, secret ? { oauth2 } : {}]);
  const file = join(dir, 'partners.json');
  await writeFile(file, JSON.stringify(Object.fromEntries(entries)));
  const env = { DATA_DIR: dir, PARTNERS_FILE: file, PARTNERS_URL: running.url };
  return createActivities(portsOf(readSettings(WorkerSettings, env)));
}

const request = (attempt: number): StepRequest => ({
  requestId: `${routeId}:debt.plan:${attempt}`,
  stepId: 'debt.plan',
  routeId,
  municipality: 'GM0153',
  dueAt: '2026-12-01T00:00:00.000Z',
  basis: 'Wgs art. 4(1)',
  known: {},
});
const notification = {
  key: `${routeId}:told`,
  kind: 'reminder',
  to: 'debt-service',
  recipient: 'debt-service',
  routeId,
  municipality: 'GM0153',
  stepId: 'debt.plan',
  dueAt: '2026-12-01T00:00:00.000Z',
  basis: 'agreed',
};
const told = async () => {
  const response = await fetch(`${running.url}/control/notifications?routeId=${routeId}`);
  return (await response.json()) as unknown[];
};

describe('partners that ask for a token', () => {
  it('take requests, releases and notices of who has one of their identity provider', async () => {
    const activities = await activitiesWith(client.secret);
    await activities['debt-service.request'](request(1));
    await activities['debt-service.release']({ requestId: request(1).requestId });
    await activities.notify(notification);
    expect(simulator.ledger(routeId).requests).toMatchObject([
      { requestId: request(1).requestId, effects: 1 },
    ]);
    expect(await told()).toHaveLength(1);
  });

  it.each([
    ['no token', undefined, 'debt-service answered with status 401'],
    [
      'another secret',
      'guessed',
      'the token endpoint of debt-service answered with status 401 (invalid_client)',
    ],
  ])('deny access to who has %s, which a person has to mend', async (_, secret, message) => {
    const activities = await activitiesWith(secret);
    await expect(activities['debt-service.request'](request(2))).rejects.toMatchObject({
      type: 'PartnerDeniedAccess',
      message,
      nonRetryable: true,
    });
    await expect(activities.notify({ ...notification, key: 'other' })).rejects.toMatchObject({
      type: 'PartnerDeniedAccess',
    });
    expect(simulator.ledger(routeId).requests.map(({ requestId }) => requestId)).not.toContain(
      request(2).requestId,
    );
    expect(await told()).toHaveLength(1);
  });

  it('take no token that is for the API', async () => {
    const forTheApi = await running.token({
      role: 'partner',
      subject: 'debt-service',
      party: 'debt-service',
    });
    const answered = await fetch(`${running.url}/debt-service/releases`, {
      method: 'POST',
      headers: { authorization: `Bearer ${forTheApi}`, 'content-type': 'application/json' },
      body: JSON.stringify({ requestId: request(1).requestId }),
    });
    expect(answered.status).toBe(401);
    expect(answered.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
  });
});
