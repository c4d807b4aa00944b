/** Figures about promised homes, over a real server; every answer held against the document. */
import { randomUUID } from 'node:crypto';
import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../support/api-caller.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { documented } from './contract.ts';

const path = '/reports/home-promise';
const [promise, place] = ['HomePromise', 'Municipality'].map((name) =>
  defineSearchAttributeKey(name, 'KEYWORD'),
) as [
  ReturnType<typeof defineSearchAttributeKey<'KEYWORD'>>,
  ReturnType<typeof defineSearchAttributeKey<'KEYWORD'>>,
];

let system: System;
let policy: Caller;
let director: Caller;

/** Routes that nobody works on: for a count it is enough what lists show of them. */
async function routes(count: number, municipality: string, status?: string): Promise<void> {
  for (let i = 0; i < count; i += 1)
    await system.client.workflow.start('outflowRoute', {
      workflowId: `route/${randomUUID()}`,
      taskQueue: 'nobody',
      args: [],
      typedSearchAttributes: new TypedSearchAttributes([
        { key: place, value: municipality },
        ...(status ? [{ key: promise, value: status }] : []),
      ]),
    });
}

beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
  policy = documented(await system.as({ role: 'policy', subject: 'pol-1' }));
  director = documented(
    await system.as({ role: 'process-director', subject: 'pd-1', municipality: 'GM0164' }),
  );
  await routes(5, 'GM0164', 'running');
  await routes(4, 'GM0164', 'passed');
  await routes(7, 'GM0164', 'kept');
  await routes(2, 'GM0141', 'running');
  await routes(6, 'GM0164'); // promised nothing
  await until('all are counted', async () => (await counted(policy))[2]?.count === 7);
});
afterAll(() => system?.stop());

const counted = async (by: Caller, query = ''): Promise<{ status: string; count: number | null }[]> =>
  (await by.get(path + query)).body.items;
const keptBack = { count: null, suppressed: true };

describe('the report of promised homes', () => {
  it('counts routes by how their promise stands; figures under five are kept back', async () => {
    expect((await policy.get(`${path}?municipality=GM0164`)).body).toEqual({
      municipality: 'GM0164',
      countedAt: expect.stringMatching(/^20.*Z$/),
      items: [
        { status: 'running', count: 5 },
        { status: 'passed', ...keptBack },
        { status: 'kept', count: 7 },
        { status: 'kept-late', ...keptBack },
        { status: 'ended', ...keptBack },
      ],
    });
  });

  it('is about all municipalities when none is named, to whom may see all', async () => {
    await until('both are counted', async () => (await counted(policy))[0]?.count === 7);
    expect((await policy.get(path)).body).not.toHaveProperty('municipality');
    expect((await counted(director))[0]).toEqual({ status: 'running', count: 5 });
  });

  it("tells a process director nothing about somebody else's municipality, be there few or many", async () => {
    const { status, body } = await director.get(`${path}?municipality=GM0141`);
    expect([status, body.items.map(({ count }: { count: unknown }) => count)]).toEqual([
      200,
      [null, null, null, null, null],
    ]);
    const elsewhere = documented(
      await system.as({ role: 'process-director', subject: 'pd-2', municipality: 'GM0141' }),
    );
    expect((await counted(elsewhere, '?municipality=GM0164')).map(({ count }) => count)).toEqual(
      Array.from({ length: 5 }, () => null),
    );
  });

  it('is a table to who asks for one', async () => {
    const token = await system.token({ role: 'policy', subject: 'pol-1' });
    const response = await fetch(`${system.url}/v1${path}?municipality=GM0164`, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/csv, application/json;q=0.5' },
    });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('vary')).toContain('Accept');
    expect(await response.text()).toBe(
      [
        'municipality,status,count,suppressed',
        'GM0164,running,5,false',
        'GM0164,passed,,true',
        'GM0164,kept,7,false',
        'GM0164,kept-late,,true',
        'GM0164,ended,,true',
        '',
      ].join('\r\n'),
    );
  });

  it('refuses a municipality that is none', async () => {
    expect((await policy.get(`${path}?municipality=Enschede`)).status).toBe(400);
  });
});

/** With these the personal plan is there, for which a person has a week. */
const wishes = { living: 'Zelfstandig' };

it('a route in Twente is listed with its promise from its grant on; one elsewhere never is', async () => {
  await system.simulator.setBehaviours([{ stepId: 'housing.urgency', mode: 'silent' }]);
  const elsewhere = await system.as({ role: 'case-manager', subject: 'cm-9', municipality: 'GM0001' });
  const granted = async (by: Caller, municipality: string) => {
    const { body } = await by.post('/routes', { ...aStart, municipality, person: aPerson, wishes });
    const route = await accompany(by, body.routeId, ({ stage }) => stage === 'housing', { everyMs: 100 });
    return { routeId: body.routeId as string, route };
  };
  const attributeOf = async (routeId: string) => {
    const { typedSearchAttributes } = await system.client.workflow.getHandle(`route/${routeId}`).describe();
    return typedSearchAttributes.get(promise);
  };
  const there = await granted(system.api, 'GM0153');
  const here = await granted(elsewhere, 'GM0001');
  expect(there.route.homePromise).toMatchObject({ status: 'running', signals: 0 });
  await until('it is listed', async () => (await attributeOf(there.routeId)) === 'running');
  expect(here.route).not.toHaveProperty('homePromise');
  expect(await attributeOf(here.routeId)).toBeUndefined();
  const waits = documented(system.api);
  const { body } = await waits.get(`/routes/${there.routeId}/waits`);
  expect(body.homePromise.sentence).toMatch(/^Woning beloofd uiterlijk /);
  await system.api.post(`/routes/${there.routeId}/closure`, { reason: 'Verhuisd' });
  await until('it has ended', async () => (await attributeOf(there.routeId)) === 'ended');
});
