/** Two people who have seen the same route, over a real server: one is heard. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../api/operations.ts';
import type { RouteState } from '../../domain/route-state.ts';
import type { Answer, Caller } from '../support/api-caller.ts';
import { aStart } from '../support/case-manager.ts';
import { anAgreement } from '../support/region.ts';
import { startSystem, type System } from '../support/system.ts';
import { documented } from './contract.ts';

let system: System;
let api: Caller;
let colleague: Caller;
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
  await system.simulator.setBehaviours([{ mode: 'silent' }]);
  api = documented(system.api);
  colleague = documented(
    await system.as({ role: 'process-director', subject: 'pd-1', municipality: 'GM0153' }),
  );
});
afterAll(() => system?.stop());

const kindOf = ({ status, body }: Answer) => `${status} ${body?.type?.split('/').at(-1)}`;
const changed = '412 route-changed';
const start = async (): Promise<{ path: string; etag: string; routeId: string }> => {
  const { body, headers } = await api.post('/routes', aStart);
  return { path: `/routes/${body.routeId}`, etag: headers.get('etag')!, routeId: body.routeId };
};
const provision = { reason: 'no-roof' };
const concern = operations.find(({ operationId }) => operationId === 'raiseConcern')!.body!.schema.meta()!
  .example as object;
const stateOf = (routeId: string) =>
  system.client.workflow.getHandle(`route/${routeId}`).query<RouteState>('routeState');

describe('a command with If-Match', () => {
  it('is for what its sender saw: of many at once one is heard, and of the others nothing is left', async () => {
    const { path, routeId } = await start();
    const { headers, body } = await api.get(path);
    const seen = { 'if-match': headers.get('etag')! };
    const before = (await system.client.workflow.getHandle(`route/${routeId}`).describe()).historyLength;
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => (i % 2 ? api : colleague).post(`${path}/concerns`, concern, seen)),
    );
    const heard = answers.filter(({ status }) => status === 201 || status === 200);
    expect(heard).toHaveLength(1);
    expect(answers.map(kindOf).filter((kind) => kind === changed)).toHaveLength(7);
    const { revision } = await stateOf(routeId);
    expect(revision).toBe(Number(/\d+/.exec(heard[0]!.headers.get('etag')!)![0]));
    expect((await api.get(path)).body.concerns?.length ?? 1).toBe((body.concerns?.length ?? 0) + 1);
    const after = (await system.client.workflow.getHandle(`route/${routeId}`).describe()).historyLength;
    // An Update is scheduled, started, accepted and completed, and published: those of the seven would be twenty more.
    expect(after - before).toBeLessThan(14);
  });

  it('fits by the tag of either language, by one of a list, and by *; not by a weak one, nor by that of something else', async () => {
    const { path, etag } = await start();
    const english = (await api.get(path, { 'accept-language': 'en' })).headers.get('etag')!;
    expect(english).not.toBe(etag);
    const refused = [`W/${etag}`, '"0.nl"', '"1"', '""', '"nonsense"', etag.replace('.nl', '.de')];
    for (const tag of [...refused, refused.join(', ')])
      expect([
        tag,
        kindOf(await api.post(`${path}/temporary-provision`, provision, { 'if-match': tag })),
      ]).toEqual([tag, changed]);
    for (const tag of ['nonsense', '*, "1"', '"1', 'W/*', ''])
      expect([
        tag,
        kindOf(await api.post(`${path}/temporary-provision`, provision, { 'if-match': tag })),
      ]).toEqual([tag, '400 invalid-input']);
    const first = await api.post(`${path}/temporary-provision`, provision, {
      'if-match': `"7.nl" , ${english}`,
    });
    expect(first.status).toBe(200);
    expect((await api.post(`${path}/concerns`, concern, { 'if-match': '*' })).status).toBeLessThan(300);
  });

  it('is answered as before when it is repeated under its key', async () => {
    const { path, etag } = await start();
    const headers = { 'if-match': etag, 'idempotency-key': randomUUID() };
    expect((await api.post(`${path}/temporary-provision`, provision, headers)).status).toBe(200);
    expect((await api.post(`${path}/temporary-provision`, provision, headers)).status).toBe(200);
    expect(kindOf(await api.post(`${path}/temporary-provision`, provision, { 'if-match': etag }))).toBe(
      changed,
    );
  });

  it("meets no route that is another's, and says of one that has ended that it has", async () => {
    const { path, etag } = await start();
    const stranger = documented(
      await system.as({ role: 'case-manager', subject: 'cm-9', municipality: 'GM0014' }),
    );
    expect(kindOf(await stranger.post(`${path}/concerns`, concern, { 'if-match': etag }))).toBe(
      '404 unknown-route',
    );
  });

  it('is held to it by the API where the run began before routes looked themselves', async () => {
    const { routeId } = await start();
    const old = randomUUID();
    await system.client.workflow.start('outflowRoute', {
      workflowId: `route/${old}`,
      taskQueue: 'outflow-routes',
      args: [{ state: { ...(await stateOf(routeId)), routeId: old, edition: 9 }, leavesTraces: true }],
      typedSearchAttributes: (await system.client.workflow.getHandle(`route/${routeId}`).describe())
        .typedSearchAttributes,
    });
    expect((await stateOf(old)).edition).toBe(9);
    const { headers } = await api.get(`/routes/${old}`);
    const key = { 'if-match': headers.get('etag')!, 'idempotency-key': randomUUID() };
    const path = `/routes/${old}/temporary-provision`;
    expect(kindOf(await api.post(path, provision, { 'if-match': '"0.nl"' }))).toBe(changed);
    expect((await api.post(path, provision, key)).status).toBe(200);
    expect((await api.post(path, provision, key)).status).toBe(200);
  });
});

it('an agreement, too, is amended by one of a list, and by *, and not by a weak tag', async () => {
  const policy = documented(await system.as({ role: 'policy', subject: 'pol-1' }));
  const path = '/housing-agreements/twente/2041';
  expect((await policy.put(path, anAgreement(3))).status).toBe(201);
  const amended = async (places: number, tag: string) =>
    kindOf(await policy.put(path, anAgreement(places), { 'if-match': tag }));
  expect(await amended(4, 'W/"1"')).toBe('412 agreement-changed');
  expect(await amended(4, '"7", "1"')).toBe('200 undefined');
  expect(await amended(5, '*')).toBe('200 undefined');
  expect(await amended(6, '2')).toBe('400 invalid-input');
  expect((await policy.get(path)).headers.get('etag')).toBe('"3"');
});

it('every command to a route takes it, and only those', () => {
  const takes = operations.filter(({ headers }) => headers && 'If-Match' in headers.shape);
  const commands = operations.filter(({ tag, method }) => tag === 'commands' && method !== 'get');
  expect(takes.map(({ operationId }) => operationId).sort()).toEqual(
    [...commands.map(({ operationId }) => operationId), 'putHousingAgreement'].sort(),
  );
});
