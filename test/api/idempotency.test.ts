/** What is asked twice is done once, over a real server; and no POST is without a key. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../api/operations.ts';
import { documentFor } from '../../api/openapi.ts';
import type { Answer, Caller } from '../support/api-caller.ts';
import { aStart } from '../support/case-manager.ts';
import { anAgreement } from '../support/region.ts';
import { startSystem, type System } from '../support/system.ts';
import { documented } from './contract.ts';

const posts = operations.filter(({ method }) => method === 'post');

describe('each POST', () => {
  it.each(posts)('$operationId can be repeated', ({ headers, ownKey, path, operationId }) => {
    const takesKey = headers !== undefined && 'Idempotency-Key' in headers.shape;
    expect([operationId, takesKey, ownKey !== undefined]).toEqual([operationId, takesKey, !takesKey]);
    if (!ownKey) return;
    const { paths } = documentFor(operations, '1.0.0');
    expect(paths![path]!.post!.description).toContain(ownKey);
  });
});

it('every other command to a route can be repeated, too', () => {
  const commands = operations.filter(({ tag, method }) => tag === 'commands' && method !== 'get');
  const without = commands.filter(({ headers }) => !headers || !('Idempotency-Key' in headers.shape));
  expect(without.map(({ operationId }) => operationId)).toEqual([]);
});

describe('under one key', () => {
  let system: System;
  let manager: Caller;
  let director: Caller;
  let routeId: string;
  beforeAll(async () => {
    system = await startSystem({ server: 'dev', rules: 'nl' });
    await system.simulator.setBehaviours([{ mode: 'silent' }]);
    manager = documented(system.api);
    director = documented(
      await system.as({ role: 'process-director', subject: 'pd-1', municipality: 'GM0153' }),
    );
    routeId = (await manager.post('/routes', aStart)).body.routeId;
    await director.put(ledger, anAgreement(9));
  });
  afterAll(() => system?.stop());

  const ledger = '/housing-agreements/twente/2044';
  const kindOf = ({ status, body }: Answer) => `${status} ${body?.type?.split('/').at(-1)}`;
  const supporter = {
    relation: 'friend',
    support: ['practical'],
    name: 'Voorbeeld',
    reach: 'voorbeeld',
    personAgrees: true,
  };
  const reserve = () => ({ routeId, wishes: {} });

  it.each<[string, () => string, () => object, () => object]>([
    ['a start', () => '/routes', () => aStart, () => ({ ...aStart, origin: 'womens-shelter' })],
    [
      'a provision',
      () => `/routes/${routeId}/temporary-provision`,
      () => ({ reason: 'no-roof' }),
      () => ({ reason: 'no-roof', note: 'anders' }),
    ],
    [
      'an invitation',
      () => `/routes/${routeId}/supporters`,
      () => supporter,
      () => ({ ...supporter, name: 'Iemand anders' }),
    ],
    ['a reservation', () => `${ledger}/reservations`, reserve, () => ({ ...reserve(), urgentByLaw: false })],
    [
      'the end of a route',
      () => `/routes/${routeId}/closure`,
      () => ({ reason: 'Verhuisd' }),
      () => ({ reason: 'Toch niet verhuisd' }),
    ],
    [
      'the end of an agreement',
      () => `${ledger}/closure`,
      () => ({ carryOver: { places: true, queue: true } }),
      () => ({ carryOver: { places: false, queue: true } }),
    ],
  ])(
    '%s is done once, another body is refused, and another person has another key',
    async (_, path, body, other) => {
      const headers = { 'idempotency-key': randomUUID() };
      const by = path().startsWith(ledger) && path().endsWith('closure') ? director : manager;
      const [first, second] = [
        await by.post(path(), body(), headers),
        await by.post(path(), body(), headers),
      ];
      expect([first.status < 300, second.status < 300]).toEqual([true, true]);
      for (const id of ['routeId', 'reservationId']) expect(second.body[id]).toBe(first.body[id]);
      expect(second.headers.get('location') ?? first.headers.get('location')).toBe(
        first.headers.get('location'),
      );
      expect(kindOf(await by.post(path(), other(), headers))).toBe('409 idempotency-key-reused');
      // What somebody else asks under the same words is judged by itself, whatever comes of it.
      const another = await (
        by === director ? documented(await system.as({ role: 'policy', subject: 'pol-1' })) : director
      ).post(path(), other(), headers);
      expect(kindOf(another)).not.toBe('409 idempotency-key-reused');
      expect(another.status).toBeLessThan(500);
    },
  );
});
