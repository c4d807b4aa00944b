/** A list that is read page by page while its routes begin, change, end and go on in new runs, over a real server. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RouteList } from '../../contracts/views.ts';
import { startAnotherApi } from '../support/another-api.ts';
import { caller, type Caller } from '../support/api-caller.ts';
import { aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

const count = 23;
const pageSize = 5;
let system: System;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl', budget: { events: 20, days: 30 } });
  await system.simulator.setBehaviours([{ mode: 'silent' }]);
});
afterAll(() => system?.stop());

const start = async (caseManager: string): Promise<string> =>
  (await system.api.post('/routes', { ...aStart, caseManager })).body.routeId;

/** Routes of one case manager, all of them in the list. */
async function aCaseload(): Promise<{ query: string; caseManager: string; routeIds: string[] }> {
  const caseManager = `cm-${randomUUID().slice(0, 8)}`;
  const routeIds = await Promise.all(Array.from({ length: count }, () => start(caseManager)));
  const query = `/routes?caseManager=${caseManager}&pageSize=${pageSize}`;
  await until('all are listed', async () => {
    const { body } = await system.api.get(`/routes?caseManager=${caseManager}&pageSize=200`);
    return body.items.length === count;
  });
  return { query, caseManager, routeIds };
}

async function page(query: string, cursor: string | undefined, api: Caller = system.api): Promise<RouteList> {
  const { status, body } = await api.get(query + (cursor ? `&cursor=${cursor}` : ''));
  expect(status).toBe(200);
  return body as RouteList;
}

async function pagesFrom(query: string, cursor: string | undefined): Promise<string[][]> {
  const pages: string[][] = [];
  let next = cursor;
  do {
    const { items, nextCursor } = await page(query, next);
    pages.push(items.map(({ routeId }) => routeId));
    next = nextCursor;
  } while (next);
  return pages;
}

const listed = (query: string) =>
  system.client.workflowService.countWorkflowExecutions({ namespace: 'default', query });

/** Moves a route until it goes on in a new run, and that is in the store. */
async function goesOnAsNew(routeId: string): Promise<void> {
  const handle = system.client.workflow.getHandle(`route/${routeId}`);
  const { runId } = await handle.describe();
  await until('it goes on in a new run', async () => {
    const held = { until: new Date(Date.now() + 3_600_000).toISOString(), reason: 'Vakantie' };
    await system.api.post(`/routes/${routeId}/hold`, held);
    await system.api.delete(`/routes/${routeId}/hold`);
    return (await handle.describe()).runId !== runId;
  });
  await until('the store has it', async () => {
    const of = `WorkflowId = 'route/${routeId}' AND ExecutionStatus`;
    const [old, open] = [await listed(`${of} = 'ContinuedAsNew'`), await listed(`${of} = 'Running'`)];
    return Number(old.count) > 0 && Number(open.count) === 1;
  });
}

async function ends(routeId: string): Promise<void> {
  await system.api.post(`/routes/${routeId}/closure`, { reason: 'Verhuisd' });
}

it('no route that did not change is missed or told twice, and none is missed at all', async () => {
  const { query, caseManager, routeIds } = await aCaseload();
  const first = await page(query, undefined);
  const read = first.items.map(({ routeId }) => routeId);
  const unread = routeIds.filter((routeId) => !read.includes(routeId));
  expect([read.length, unread.length]).toEqual([pageSize, count - pageSize]);

  const provision = { reason: 'no-roof' };
  await goesOnAsNew(unread[0]!);
  await goesOnAsNew(read[0]!);
  await system.api.post(`/routes/${unread[1]}/temporary-provision`, provision);
  await system.api.post(`/routes/${read[1]}/temporary-provision`, provision);
  await ends(unread[2]!);
  await ends(read[2]!);
  const begun = [await start(caseManager), await start(caseManager)];
  await until('those are listed', async () => {
    const { body } = await system.api.get(`/routes?caseManager=${caseManager}&pageSize=200`);
    return body.items.length === count + begun.length;
  });

  const pages = [read, ...(await pagesFrom(query, first.nextCursor))];
  for (const each of pages) expect(new Set(each).size).toBe(each.length);
  const told = pages.flat();
  const timesOf = (routeId: string) => told.filter((each) => each === routeId).length;
  const moved = new Set([unread[0]!, read[0]!, unread[2]!, read[2]!]);
  expect(routeIds.filter((routeId) => timesOf(routeId) === 0)).toEqual([]);
  expect(routeIds.filter((routeId) => !moved.has(routeId) && timesOf(routeId) !== 1)).toEqual([]);
  expect(begun.map(timesOf)).toEqual([1, 1]);
  expect(timesOf(unread[0]!)).toBe(1);
  expect(timesOf(read[0]!)).toBe(2);
});

it('a list of which nothing changes has each route once, and ends where it ends', async () => {
  const { query, routeIds } = await aCaseload();
  const pages = await pagesFrom(query, undefined);
  expect(pages.map(({ length }) => length)).toEqual([5, 5, 5, 5, 3]);
  expect(pages.flat().sort()).toEqual(routeIds.sort());
  const whole = await pagesFrom(query.replace(`pageSize=${pageSize}`, `pageSize=${count}`), undefined);
  expect(whole.flat()).toHaveLength(count);
});

it('a cursor outlives the process that gave it', async () => {
  const { query, routeIds } = await aCaseload();
  const { items, nextCursor } = await page(query, undefined);
  const other = await startAnotherApi(system);
  const token = await system.token({ role: 'case-manager', subject: 'cm-18', municipality: 'GM0153' });
  const second = await page(query, nextCursor, caller(other.url, token));
  await other.stop();
  const rest = await pagesFrom(query, second.nextCursor);
  const told = [...items, ...second.items].map(({ routeId }) => routeId).concat(...rest);
  expect(told.sort()).toEqual(routeIds.sort());
});

it('a cursor that was changed, or comes with other filters or of another municipality, is refused', async () => {
  const { query, caseManager } = await aCaseload();
  const { nextCursor } = await page(query, undefined);
  const [place, mark] = nextCursor!.split('.') as [string, string];
  const turned = (text: string, at: number) =>
    text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
  const elsewhere = await system.as({ role: 'case-manager', subject: 'cm-9', municipality: 'GM0014' });
  const asked = async (api: Caller, path: string) => {
    const { status, body } = await api.get(path);
    return `${status} ${body.type?.split('/').at(-1)}`;
  };
  for (const cursor of [
    `${turned(place, 3)}.${mark}`,
    `${place}.${turned(mark, 3)}`,
    `${place.slice(0, -1)}.${mark}`,
    `${place}.`,
    place,
    `.${mark}`,
  ])
    expect([cursor, await asked(system.api, `${query}&cursor=${cursor}`)]).toEqual([
      cursor,
      '400 invalid-input',
    ]);
  const others = [
    `/routes?cursor=${nextCursor}`,
    `/routes?caseManager=${caseManager}&stage=intake&cursor=${nextCursor}`,
  ];
  for (const path of others) expect(await asked(system.api, path)).toBe('400 invalid-input');
  expect(await asked(elsewhere, `${query}&cursor=${nextCursor}`)).toBe('400 invalid-input');
});
