/** Partners that sign what they tell, over a real server: the played ones do, by the keys that they publish. */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PartnerParty } from '../../contracts/vocabulary.ts';
import { sourceOf } from '../../simulator/partners.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import { isDone } from '../../scripts/replay/scene.ts';
import { startSystem, type System } from '../support/system.ts';

let system: System;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry-'));
  const file = join(folder, 'registry.json');
  const registry = (partnersUrl: string) => {
    const jwks = `${partnersUrl}/partners/jwks.json`;
    const of = (party: PartnerParty) => [{ oin: sourceOf(party).split(':')[3], systems: [party], jwks }];
    writeFileSync(
      file,
      JSON.stringify(Object.fromEntries(PartnerParty.options.map((party) => [party, of(party)]))),
    );
    return file;
  };
  system = await startSystem({ server: 'dev', rules: 'demo', simulator: { signsEvents: true }, registry });
});
afterAll(async () => {
  await system?.stop();
  await rm(folder, { recursive: true, force: true });
});

it('move a route; who has their token but not their key does not', async () => {
  const { body } = await system.api.post('/routes', { ...aStart, person: aPerson });
  const routeId = body.routeId as string;
  const party = 'debt-service';
  const thief = await system.as({ role: 'partner', subject: party, party });
  const event = {
    specversion: '1.0',
    id: randomUUID(),
    source: sourceOf(party),
    subject: routeId,
    type: 'nl.uitstroomroutes.concern-raised.v1',
    time: new Date().toISOString(),
    data: { kind: 'crisis' },
  };
  const refused = await thief.post('/partner-events', event, {
    'content-type': 'application/cloudevents+json',
  });
  expect([refused.status, refused.body.type.split('/').at(-1)]).toEqual([403, 'signature-missing']);

  const seen = await accompany(system.api, routeId, isDone('intake.registry-check', 'intake.debt-screening'));
  expect(seen.concerns).toEqual([]);
  const { requests, totals } = system.simulator.ledger(routeId);
  expect(totals).toMatchObject({ undeliverable: 0 });
  expect(requests.flatMap(({ receipts }) => receipts).length).toBeGreaterThanOrEqual(2);
});
