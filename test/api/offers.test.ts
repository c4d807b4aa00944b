/** Excluded areas and the address of a shelter, over real HTTP; every answer held against the document. */
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RouteState } from '../../domain/route-state.ts';
import type { Caller } from '../support/api-caller.ts';
import { aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { documented } from './contract.ts';

let system: System;
let api: Caller;
let elsewhere: Caller;
let operations: Caller;
let partner: Caller;

beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
  const as = async (...who: Parameters<System['as']>) => documented(await system.as(...who));
  api = documented(system.api);
  elsewhere = await as({ role: 'case-manager', subject: 'cm-99', municipality: 'GM0106' });
  operations = await as({ role: 'operations', subject: 'ops-1' });
  partner = await as({ role: 'partner', subject: 'corporation', party: 'housing-corporation' });
});
afterAll(() => system?.stop());

const kind = ({ body }: { body: { type: string } }) => body.type.split('/').at(-1);
const start = async (): Promise<string> => {
  const { status, body } = await api.post('/routes', { ...aStart, origin: 'womens-shelter' });
  expect(status).toBe(201);
  return `/routes/${body.routeId}`;
};
const stateOf = (path: string) =>
  system.client.workflow.getHandle(path.replace('/routes/', 'route/')).query<RouteState>('routeState');

describe('excluded areas', () => {
  it('are shown, replaced and taken away, once under their key', async () => {
    const path = await start();
    expect((await api.get(path)).body.excludedAreas).toEqual([]);
    const headers = { 'idempotency-key': randomUUID() };
    const first = await api.put(`${path}/excluded-areas`, { areas: ['BU01530101', '7511'] }, headers);
    expect([first.status, first.body.excludedAreas]).toEqual([200, ['BU01530101', '7511']]);
    await api.put(`${path}/excluded-areas`, { areas: ['7512'] });
    expect((await api.put(`${path}/excluded-areas`, { areas: ['BU01530101', '7511'] }, headers)).status).toBe(
      200,
    );
    expect((await operations.get(path)).body.excludedAreas).toEqual(['7512']);
    const other = await api.put(`${path}/excluded-areas`, { areas: [] }, headers);
    expect([other.status, kind(other)]).toEqual([409, 'idempotency-key-reused']);
    expect((await api.put(`${path}/excluded-areas`, { areas: [] })).body.excludedAreas).toEqual([]);
    const { body } = await api.get(`${path}/timeline`, { 'accept-language': 'en' });
    expect(body.items.at(-1)).toMatchObject({ what: 'areas-excluded', sentence: 'Excluded areas recorded' });
  });

  it('are codes, each once, and twenty at the most', async () => {
    const path = await start();
    const wrong = async (areas: unknown) => {
      const answer = await api.put(`${path}/excluded-areas`, { areas });
      return [answer.status, kind(answer)];
    };
    const many = Array.from({ length: 21 }, (_, i) => `75${10 + i}`);
    for (const areas of [
      ['bij mijn ex'],
      ['7511 AB'],
      ['WK015301'],
      ['7511', '7511'],
      many,
      '7511',
      undefined,
    ])
      expect(await wrong(areas)).toEqual([400, 'invalid-input']);
    const words = await api.put(`${path}/excluded-areas`, { areas: ['bij mijn ex'] });
    expect(words.body.errors[0].detail).toMatch(/^moet een CBS-buurtcode zijn/);
    expect(JSON.stringify(words.body)).not.toContain('mijn ex');
  });
});

describe('the address of a shelter', () => {
  const address = 'Geheimestraat 7, 7500 AA Nergens';

  it('is kept under a key of its own, and shown as sealed alone', async () => {
    const path = await start();
    expect((await api.get(path)).body).not.toHaveProperty('shelterAddress');
    const { status, body } = await api.put(`${path}/shelter-address`, { address });
    expect([status, body.shelterAddress]).toEqual([200, 'sealed']);
    const shown = [(await api.get(path)).body, (await api.get(`${path}/timeline`)).body];
    const person = (await api.get(`${path}/person`)).body;
    const { shelterAddress, ...state } = await stateOf(path);
    expect(JSON.stringify([shown, person, state, shelterAddress])).not.toContain('Geheimestraat');
    const header = Buffer.from(shelterAddress!.jwe.split('.')[0]!, 'base64url').toString();
    const routeId = path.replace('/routes/', '');
    expect(JSON.parse(header)).toMatchObject({ kid: `${routeId}.shelter` });
    expect(await readdir(join(system.dataDir, 'keys', 'persons'))).toEqual(
      expect.arrayContaining([`${routeId}.key`, `${routeId}.shelter.key`]),
    );
  });

  it('that is none is refused, without a word of it', async () => {
    const path = await start();
    for (const body of [{}, { address: ' ' }, { address: 'Geheimestraat '.repeat(20) }, { address, x: 1 }]) {
      const answer = await api.put(`${path}/shelter-address`, body);
      expect([answer.status, kind(answer)]).toEqual([400, 'invalid-input']);
      expect(JSON.stringify(answer.body)).not.toContain('Geheimestraat');
    }
  });
});

it.each([
  ['excluded-areas', { areas: ['7511'] }],
  ['shelter-address', { address: 'Geheimestraat 7' }],
])('%s of a route are for who decides about it', async (what, body) => {
  const path = await start();
  expect((await elsewhere.put(`${path}/${what}`, body)).status).toBe(404);
  expect((await operations.put(`${path}/${what}`, body)).status).toBe(403);
  expect((await partner.put(`${path}/${what}`, body)).status).toBe(403);
  await api.post(`${path}/closure`, { reason: 'Verhuisd' });
  const ended = await api.put(`${path}/${what}`, body);
  expect([ended.status, kind(ended)]).toEqual([409, 'route-closed']);
});
