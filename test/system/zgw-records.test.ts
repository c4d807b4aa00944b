/** The end of a route whose municipality keeps its files in a record system that speaks ZGW. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { zgwRecordSystem, zgwSettings } from '../adapters/zgw-record-system.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
let records: Awaited<ReturnType<typeof zgwRecordSystem>>;
let dir: string;

beforeAll(async () => {
  records = await zgwRecordSystem();
  dir = await mkdtemp(join(tmpdir(), 'zgw-'));
  const settings = await zgwSettings(records.url, dir);
  system = await startSystem({ server: 'dev', rules: 'demo', settings });
});
afterAll(async () => {
  await system?.stop();
  await records.close();
  await rm(dir, { recursive: true });
});

it('a route is closed once its whole file is there, and nobody has to tell that; also when an answer got lost', async () => {
  let isBroken = true;
  records.goesWrong(({ method, url }) =>
    method === 'POST' && url === '/rollen' && isBroken ? ((isBroken = false), 'made-and-lost') : undefined,
  );
  const { body } = await system.api.post('/routes', { ...aStart, person: aPerson });
  const path = `/routes/${body.routeId}`;
  expect((await system.api.post(`${path}/closure`, { reason: 'Verhuisd naar familie' })).status).toBe(202);
  // A route that has ended is in no cache: to look at it is to replay it.
  const closed = await until('the route is closed', async () => {
    const { body: route } = await system.api.get(path);
    const { items } = (await system.api.get(`${path}/timeline`)).body;
    return items.at(-1)?.what === 'personal-data-deleted' && route;
  });
  expect(closed.ending).toBe('closed-early');
  expect(records.counts()).toEqual({
    '/zaken': 1,
    '/rollen': 2,
    '/zaakinformatieobjecten': 1,
    '/statussen': 2,
    '/resultaten': 1,
  });
  expect(records.kept['/zaken']).toMatchObject([{ identificatie: `UR-${body.routeId}` }]);
  const { body: timeline } = await system.api.get(`${path}/timeline`);
  expect(timeline.items.slice(-3)).toMatchObject([
    { what: 'step-completed', by: 'record-system', stepId: 'closure.file' },
    { what: 'route-closed', by: 'record-system' },
    { what: 'personal-data-deleted', by: 'calendar' },
  ]);
  expect(system.simulator.ledger(body.routeId).requests.map(({ stepId }) => stepId)).not.toContain(
    'closure.file',
  );
});
