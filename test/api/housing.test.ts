/** Housing forms, skills, the wish and the match, over real HTTP; every answer held against the document. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RouteState } from '../../domain/route-state.ts';
import type { Caller } from '../support/api-caller.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
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
const start = async (more: object = {}, by = api): Promise<string> => {
  const { status, body } = await by.post('/routes', { ...aStart, ...more });
  expect(status).toBe(201);
  return `/routes/${body.routeId}`;
};
const inAssen = () => start({ municipality: 'GM0106', region: 'assen', birthYear: 1974 }, elsewhere);
const forms = ({ body }: { body: { items: { housingForm: string }[] } }) =>
  body.items.map(({ housingForm }) => housingForm);
const english = { 'accept-language': 'en' };

describe('the housing forms', () => {
  it('are those of the region, else the national ones, with the rent caps', async () => {
    const { body } = await api.get('/housing-forms?region=assen');
    expect([body.region, body.forms.length]).toEqual(['assen', 5]);
    expect(body.rentCaps).toContainEqual(expect.objectContaining({ monthly: 932.93 }));
    expect((await api.get('/housing-forms?region=twente')).body.id).toBe('nl');
    expect((await partner.get('/housing-forms')).body.id).toBe('nl');
  });

  it('of a region that cannot be one are refused', async () => {
    const answer = await api.get('/housing-forms?region=No%20region');
    expect([answer.status, kind(answer)]).toEqual([400, 'invalid-input']);
  });
});

describe('the match of a route', () => {
  it('asks after what is not known, and then says why each form fits or what it takes', async () => {
    const path = await inAssen();
    const before = (await elsewhere.get(`${path}/housing-match`)).body;
    expect(before.advised).toMatchObject({ because: 'direct-own-home' });
    expect(before.items[0]).toMatchObject({ direct: true, fits: false, next: [{ kind: 'assessment' }] });

    const levels = { 'living-skills': 2, 'handling-money': 1, 'personal-care': 3, 'asking-for-help': 1 };
    expect((await elsewhere.put(`${path}/skills`, { levels })).status).toBe(200);
    const wish = await elsewhere.put(`${path}/housing-wish`, { housingForm: 'own-home' });
    expect(wish.status).toBe(200);
    const { body, headers } = await operations.get(`${path}/housing-match`);
    expect([body.catalogue.id, body.wish.finding, body.advised.because]).toEqual([
      'assen',
      'not-yet',
      'wish',
    ]);
    expect(body.items[0]).toMatchObject({
      housingForm: 'own-home',
      wished: true,
      fits: false,
      next: [{ kind: 'training', skill: 'handling-money', sentence: 'woontraining: omgaan met geld' }],
      sentence: 'Past na: woontraining: omgaan met geld',
    });
    expect(headers.get('content-language')).toBe('nl');
    const inEnglish = await operations.get(`${path}/housing-match`, english);
    expect(inEnglish.body.items[0]).toMatchObject({
      name: 'Own home',
      sentence: 'Fits after: housing training: handling money',
    });
    expect(inEnglish.body.items[0].skills).toContainEqual({
      skill: 'handling-money',
      asked: 2,
      has: 1,
      verdict: 'missing',
      sentence: 'handling money: needed is with some support, recorded is with daily support',
    });
    const { body: told } = await elsewhere.get(`${path}/timeline`, english);
    expect(told.items.map(({ sentence }: { sentence: string }) => sentence)).toEqual(
      expect.arrayContaining(['Skills recorded', 'Housing wish recorded']),
    );
  });

  it('follows a wish that is taken back', async () => {
    const path = await inAssen();
    await elsewhere.put(`${path}/housing-wish`, { housingForm: 'shared-home' });
    expect(forms(await elsewhere.get(`${path}/housing-match`))[0]).toBe('shared-home');
    await elsewhere.put(`${path}/housing-wish`, { housingForm: null });
    const { body } = await elsewhere.get(`${path}/housing-match`);
    expect([body.wish, body.advised.because]).toEqual([undefined, 'direct-own-home']);
  });

  it("of another municipality's route is that of no route at all; a partner gets none", async () => {
    const path = await inAssen();
    expect((await api.get(`${path}/housing-match`)).status).toBe(404);
    expect((await api.put(`${path}/skills`, { levels: {} })).status).toBe(404);
    expect((await api.put(`${path}/housing-wish`, { housingForm: 'own-home' })).status).toBe(404);
    expect((await partner.get(`${path}/housing-match`)).status).toBe(403);
    expect((await operations.put(`${path}/skills`, { levels: {} })).status).toBe(403);
  });
});

describe('skills and wishes', () => {
  it('are codes and levels that are known here', async () => {
    const path = await start();
    const wrong = await api.put(`${path}/skills`, { levels: { 'living-skills': 4, cooking: 1 } });
    expect([wrong.status, kind(wrong), wrong.body.errors.length]).toEqual([400, 'invalid-input', 2]);
    expect(JSON.stringify(wrong.body.errors)).toContain('moet 0, 1, 2 of 3 zijn');
    const words = await api.put(`${path}/skills`, { levels: { 'living-skills': 'drinkt te veel' } });
    expect([words.status, JSON.stringify(words.body).includes('drinkt')]).toEqual([400, false]);
    const unknown = await api.put(`${path}/housing-wish`, { housingForm: 'shared-home' }, english);
    expect([unknown.status, unknown.body.errors[0].code]).toEqual([400, 'unknown-housing-form']);
  });

  it('replace what was known, once under their key', async () => {
    const path = await start();
    const headers = { 'idempotency-key': randomUUID() };
    const first = { levels: { 'living-skills': 2, 'handling-money': 2 } };
    expect((await api.put(`${path}/skills`, first, headers)).status).toBe(200);
    await api.put(`${path}/skills`, { levels: { 'living-skills': 3 } });
    expect((await api.put(`${path}/skills`, first, headers)).status).toBe(200);
    const other = await api.put(`${path}/skills`, { levels: {} }, headers);
    expect([other.status, kind(other)]).toEqual([409, 'idempotency-key-reused']);
    const handle = system.client.workflow.getHandle(path.replace('/routes/', 'route/'));
    expect((await handle.query<RouteState>('routeState')).skills).toEqual({ 'living-skills': 3 });
  });
});

describe('a housing training', () => {
  it('is begun by who decides, once, and the match says that it runs', async () => {
    await system.simulator.setBehaviours([{ stepId: 'housing.training', mode: 'silent' }]);
    const path = await inAssen();
    await elsewhere.put(`${path}/skills`, { levels: { 'handling-money': 1 } });
    const training = { skills: ['handling-money'] };
    const { status, body: waiting } = await elsewhere.post(`${path}/housing-training`, training);
    expect(status).toBe(200);
    expect(waiting.blockers).toContain('no-consent');
    const consent = { purposes: ['housing-training'], givenOn: '2026-10-01' };
    await elsewhere.put(`${path}/consents/support-provider`, consent);
    const { body } = await elsewhere.get(path);
    const { steps } = body.tracks.find(({ track }: { track: string }) => track === 'housing');
    expect(steps).toMatchObject([{ stepId: 'housing.training', party: 'support-provider', status: 'open' }]);
    const match = await elsewhere.get(`${path}/housing-match`, english);
    const step = { kind: 'training', skill: 'handling-money', training: 'running' };
    const own = match.body.items.find(
      ({ housingForm }: { housingForm: string }) => housingForm === 'own-home',
    );
    expect(own.next).toContainEqual(expect.objectContaining(step));
    const second = await elsewhere.post(`${path}/housing-training`, training);
    expect([second.status, kind(second)]).toEqual([409, 'training-under-way']);
    const asked = await until('the provider was asked', async () =>
      system.simulator
        .ledger(path.replace('/routes/', ''))
        .requests.find(({ stepId }) => stepId === 'housing.training'),
    );
    expect(asked.data).toEqual(training);
  });

  it('is of skills that are known here, and of a route that one may command', async () => {
    const path = await inAssen();
    for (const skills of [[], ['cooking']])
      expect((await elsewhere.post(`${path}/housing-training`, { skills })).status).toBe(400);
    const training = { skills: ['handling-money'] };
    expect((await api.post(`${path}/housing-training`, training)).status).toBe(404);
    expect((await operations.post(`${path}/housing-training`, training)).status).toBe(403);
  });
});

it('moves are recorded, counted and shown; one of tomorrow or to an unknown form is refused', async () => {
  const path = await inAssen();
  const move = { to: 'shared-home', forced: true, reason: 'end-of-stay', date: '2026-10-01' };
  const headers = { 'idempotency-key': randomUUID() };
  for (let i = 0; i < 2; i += 1) {
    const { status, body } = await elsewhere.post(`${path}/moves`, move, headers);
    expect([status, body.moves]).toEqual([200, { total: 1, forced: 1, latest: [move] }]);
  }
  const wrong = async (more: object) => {
    const { status, body } = await elsewhere.post(`${path}/moves`, { ...move, ...more });
    return [status, body.errors?.[0].location];
  };
  expect(await wrong({ date: '2999-01-01' })).toEqual([400, '/date']);
  expect(await wrong({ to: 'houseboat' })).toEqual([400, '/to']);
  expect(await wrong({ reason: 'own-wish' })).toEqual([400, '/forced']);
  expect((await api.post(`${path}/moves`, move)).status).toBe(404);
  expect((await operations.post(`${path}/moves`, move)).status).toBe(403);
});

it('a decision for a step of the ladder needs a reason of its own; one for an own home does not', async () => {
  const path = await start({ person: aPerson, wishes: { living: 'Dicht bij mijn zus' } });
  await until('the decision is open', async () => {
    const { body } = await api.get(`${path}/waits`);
    return body.items.some(({ stepId }: { stepId: string }) => stepId === 'intake.decision');
  });
  const decide = (more: object) =>
    api.post(`${path}/decision`, { granted: true, reason: 'Klaar', ...more }, english);
  const without = await decide({ housingForm: 'tripartite-lease' });
  expect([without.status, kind(without)]).toEqual([409, 'ladder-needs-reason']);
  expect(without.body.detail).toMatch(/^This housing form is no direct own home/);
  const silent = await decide({});
  expect([silent.status, silent.body.errors]).toMatchObject([
    400,
    [{ location: '/housingForm', detail: 'is missing: a grant names the housing form that is advised' }],
  ]);
  const nowhere = await decide({ housingForm: 'houseboat' });
  expect([nowhere.status, nowhere.body.errors[0].code]).toEqual([400, 'unknown-housing-form']);
  expect((await decide({ housingForm: 'tripartite-lease', ladderReason: 'bridge' })).status).toBe(200);
});
