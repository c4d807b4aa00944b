/** What the health says of a worker, over a real server; a clock that runs ahead makes an idle worker an old one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHealthCheck } from '../../api/gateway/health.ts';
import { Line } from '../../api/gateway/line.ts';
import { caller } from '../support/api-caller.ts';
import { aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
  await system.simulator.setBehaviours([{ mode: 'silent' }]);
});
afterAll(() => system?.stop());

const ok = { status: 'ok', temporal: 'up', worker: 'polling' };
const away = { status: 'degraded', temporal: 'up', worker: 'away' };
const health = async () => (await caller(system.url).get('/health')).body as object;
/** The health where the worker's latest poll is half a minute old. */
const healthOfIdle = () =>
  createHealthCheck(new Line(system.client, 'outflow-routes', () => Date.now() + 30_000))();
const said = (expected: object) => async () => JSON.stringify(await health()) === JSON.stringify(expected);

describe('a worker', () => {
  it('that waits for work is there, before there is a route and after', async () => {
    await until('its first poll is seen', said(ok));
    expect(await healthOfIdle()).toEqual(ok);
    await system.api.post('/routes', aStart);
    await until('the idle worker is heard', async () => (await healthOfIdle()).worker === 'polling');
  });

  it('that stopped is away within seconds, and there again when another comes up', async () => {
    await system.stopWorker();
    const before = Date.now();
    expect(await healthOfIdle()).toEqual(away);
    expect(Date.now() - before).toBeLessThan(1100);
    await until('it is said to be away', said(away), 7000);
    await system.startWorker();
    await until('it is said to be there', said(ok), 5000);
    await until('and when idle too', async () => (await healthOfIdle()).worker === 'polling', 5000);
  });
});
