/** The overview and the report of bottlenecks over a real server; every answer held against the document. */
import { randomUUID } from 'node:crypto';
import { TypedSearchAttributes, type SearchAttributePair } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Blocker, Health, Party, Stage } from '../../contracts/vocabulary.ts';
import { ages } from '../../domain/figures/tally.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { attributesOf } from '../../workflows/route-attributes.messages.ts';
import type { Caller } from '../support/api-caller.ts';
import { aRoute } from '../support/a-route.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { documented } from './contract.ts';

const months = (count: number): string => {
  const then = new Date();
  then.setUTCDate(1);
  then.setUTCMonth(then.getUTCMonth() - count);
  return then.toISOString();
};

let system: System;
let manager: Caller;
let director: Caller;
let operations: Caller;
let policy: Caller;

/** Routes that nobody works on: for a count it is enough what lists show of them. */
async function routes(count: number, state: Partial<RouteState>, shown: Shown): Promise<string[]> {
  const { waitingOn: WaitingOn, health: RouteHealth = 'OnTrack' } = shown;
  const values: Record<string, unknown> = { WaitingOn, RouteHealth, Blocker: ['waiting-for-answer'] };
  const pairs = attributesOf({ ...aRoute(), ...state }).map(
    (pair) => ({ ...pair, value: values[pair.key.name] ?? pair.value }) as SearchAttributePair,
  );
  const started = Array.from({ length: count }, async () => {
    const workflowId = `route/${randomUUID()}`;
    await system.client.workflow.start('outflowRoute', {
      workflowId,
      taskQueue: 'nobody',
      args: [],
      typedSearchAttributes: new TypedSearchAttributes(pairs.filter(({ value }) => value !== null)),
    });
    return workflowId;
  });
  return Promise.all(started);
}

interface Shown {
  readonly waitingOn: readonly string[];
  readonly health?: string;
}

beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
  const as = async (...who: Parameters<System['as']>) => documented(await system.as(...who));
  manager = documented(system.api);
  director = await as({ role: 'process-director', subject: 'pd-1', municipality: 'GM0141' });
  operations = await as({ role: 'operations', subject: 'ops-1' });
  policy = await as({ role: 'policy', subject: 'pol-1' });
  const stageSince = months(4);
  await routes(6, { stageSince }, { waitingOn: ['debt-service', 'case-manager'] });
  await routes(
    7,
    { stageSince, stage: 'housing' },
    { waitingOn: ['housing-corporation'], health: 'Overdue' },
  );
  await routes(5, { stageSince: months(14), stage: 'housing' }, { waitingOn: ['housing-corporation'] });
  await routes(9, { municipality: 'GM0141', stageSince }, { waitingOn: ['debt-service'] });
  await routes(2, { municipality: 'GM0141', stageSince, stage: 'cti' }, { waitingOn: ['calendar'] });
  const [ended] = await routes(1, { stageSince }, { waitingOn: ['debt-service'] });
  await system.client.workflow.getHandle(ended!).terminate('Over');
  await until('all are listed as they are', async () => {
    const { body } = await operations.get('/routes?pageSize=200');
    const open = body.items.filter(({ status }: { status: string }) => status === 'open');
    return [body.items.length, open.length].join() === '30,29';
  });
});
afterAll(() => system?.stop());

type Figures = Record<string, unknown>[];
/** The figures of a list that are not nought, by what they are about. */
const told = (items: Figures, about: string) =>
  Object.fromEntries(items.filter(({ count }) => count !== 0).map((each) => [each[about], each.count]));

describe('the overview', () => {
  it('counts the open routes of a municipality by stage, health and whom they wait on', async () => {
    const { status, body } = await manager.get('/overview');
    expect([status, body.municipality, body.total]).toEqual([200, 'GM0153', { count: 18 }]);
    expect(body.stages.map(({ stage }: { stage: string }) => stage)).toEqual(Stage.options);
    expect(told(body.stages, 'stage')).toEqual({ intake: 6, housing: 12 });
    expect(body.health.map(({ health }: { health: string }) => health)).toEqual(Health.options);
    expect(told(body.health, 'health')).toEqual({ OnTrack: 11, Overdue: 7 });
    expect(body.waitingOn.map(({ party }: { party: string }) => party)).toEqual(Party.options);
    expect(told(body.waitingOn, 'party')).toEqual({
      'debt-service': 6,
      'case-manager': 6,
      'housing-corporation': 12,
    });
  });

  it('is in full to who sees the routes, and about all of them to who sees all', async () => {
    expect(told((await director.get('/overview')).body.stages, 'stage')).toEqual({ intake: 9, cti: 2 });
    expect((await operations.get('/overview')).body).toMatchObject({ total: { count: 29 } });
    const one = await operations.get('/overview?municipality=GM0141');
    expect(one.body).toMatchObject({ municipality: 'GM0141', total: { count: 11 } });
  });

  it("is that of no routes for somebody else's municipality, be there few or many", async () => {
    const { status, body } = await director.get('/overview?municipality=GM0153');
    expect([status, body.total, told(body.stages, 'stage')]).toEqual([200, { count: 0 }, {}]);
  });

  it('keeps back what is under five from who sees figures alone, and that from which it could be reckoned', async () => {
    const { body } = await policy.get('/overview?municipality=GM0141');
    expect(body.total).toEqual({ count: 11 });
    const stages = Object.fromEntries(
      body.stages.map(({ stage, ...figure }: Figures[number]) => [stage, figure]),
    );
    const keptBack = { count: null, suppressed: true };
    expect([stages.intake, stages.cti, stages.housing]).toEqual([keptBack, keptBack, keptBack]);
    const { body: all } = await policy.get('/overview');
    expect(all.total).toEqual({ count: 30 });
    expect(all.stages.slice(0, 3)).toEqual([
      { stage: 'intake', count: 15 },
      { stage: 'housing', ...keptBack },
      { stage: 'cti', ...keptBack },
    ]);
  });

  it('of a municipality that is none is refused', async () => {
    expect((await manager.get('/overview?municipality=Enschede')).status).toBe(400);
  });
});

const path = '/reports/bottlenecks';

describe('the report of bottlenecks', () => {
  it('says how many routes wait on whom and are overdue, why, and for how long they are in a stage', async () => {
    const { status, body } = await policy.get(`${path}?municipality=GM0153`);
    expect([status, body.items.length]).toEqual([200, 1]);
    const [{ municipality, waitingOn, blockers, stages }] = body.items;
    expect(municipality).toBe('GM0153');
    expect(waitingOn.map(({ party }: { party: string }) => party)).toEqual(Party.options);
    expect(waitingOn).toContainEqual({
      party: 'housing-corporation',
      waiting: { count: 12 },
      overdue: { count: 7 },
    });
    expect(blockers.map(({ blocker }: { blocker: string }) => blocker)).toEqual(Blocker.options);
    expect(blockers).toContainEqual({ blocker: 'waiting-for-answer', count: 18 });
    expect(stages.length).toBe(Stage.options.length * ages.length);
    expect(stages.filter(({ count }: { count: unknown }) => count)).toEqual([
      { stage: 'intake', since: '3-to-6-months', count: 6 },
      { stage: 'housing', since: '3-to-6-months', count: 7 },
      { stage: 'housing', since: 'over-12-months', count: 5 },
    ]);
  });

  it('compares municipalities, named or of a region, and tells nobody about those of others', async () => {
    const places = (items: Figures) => items.map(({ municipality }) => municipality);
    const two = await policy.get(`${path}?municipality=GM0153&municipality=GM0141`);
    expect(places(two.body.items)).toEqual(['GM0153', 'GM0141']);
    const region = await policy.get(`${path}?region=twente`);
    expect(places(region.body.items)).toEqual(expect.arrayContaining(['GM0153', 'GM0141', 'GM0164']));
    const all = await policy.get(path);
    expect(all.body.items).toMatchObject([
      { blockers: expect.arrayContaining([{ blocker: 'waiting-for-answer', count: 29 }]) },
    ]);
    expect(all.body.items[0]).not.toHaveProperty('municipality');
    const others = await director.get(`${path}?municipality=GM0153&municipality=GM0141`);
    const counts = others.body.items.map(({ blockers }: { blockers: Figures }) =>
      blockers.flatMap(({ count }) => count ?? []),
    );
    expect(counts).toEqual([[], [11]]);
  });

  it('refuses a region that is none, and is for nobody who works on single routes', async () => {
    expect((await policy.get(`${path}?region=nowhere`)).body.errors).toMatchObject([{ location: 'region' }]);
    expect((await policy.get(`${path}?municipality=GM0153&municipality=Almelo`)).status).toBe(400);
    expect((await manager.get(path)).status).toBe(403);
  });

  it('is a table to who asks for one', async () => {
    const token = await system.token({ role: 'policy', subject: 'pol-1' });
    const response = await fetch(`${system.url}/v1${path}?municipality=GM0153&municipality=GM0141`, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/csv' },
    });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [head, ...rows] = (await response.text()).split('\r\n');
    expect(head).toBe('municipality,of,value,detail,count,suppressed');
    expect(rows.at(-1)).toBe('');
    expect(rows.length - 1).toBe(
      2 * (2 * Party.options.length + Blocker.options.length + Stage.options.length * ages.length),
    );
    expect(rows).toEqual(
      expect.arrayContaining([
        'GM0153,waiting-on,housing-corporation,overdue,7,false',
        'GM0153,blocker,waiting-for-answer,,18,false',
        'GM0153,stage,housing,over-12-months,5,false',
        'GM0141,stage,cti,3-to-6-months,,true',
      ]),
    );
  });
});
