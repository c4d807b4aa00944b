/** The housing agreement over HTTP: what is agreed, who gets a place, who waits, and what a rush comes to. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import example from '../../examples/housing-agreements/twente.json' with { type: 'json' };
import { documented } from '../api/contract.ts';
import type { Answer, Caller } from '../support/api-caller.ts';
import { persist } from '../support/persist.ts';
import { anAgreement, bareRoutes } from '../support/region.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
let policy: Caller;
let manager: Caller;
let routes: string[];
let year = 2030;

beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl', budget: { events: 100, days: 30 } });
  policy = documented(await system.as({ role: 'policy', subject: 'pol-1' }));
  manager = documented(system.api);
  routes = await bareRoutes(system.client, 200);
});
afterAll(() => system?.stop());

/** An agreement of its own for each test. */
async function agreed(places: number): Promise<string> {
  const path = `/housing-agreements/twente/${(year += 1)}`;
  const { status } = await policy.put(path, anAgreement(places));
  expect(status).toBe(201);
  return path;
}
const reserve = (path: string, routeId: string, more: object = {}, key?: string) =>
  manager.post(`${path}/reservations`, { routeId, ...more }, key ? { 'idempotency-key': key } : {});
const kindOf = ({ status, body }: Answer) => [status, body?.type?.split('/').at(-1)];

describe('a housing agreement', () => {
  it('is made once, and amended by who has seen its latest version', async () => {
    const path = await agreed(3);
    const { status, headers, body } = await manager.get(path);
    expect([status, headers.get('etag'), body]).toMatchObject([
      200,
      '"1"',
      { version: 1, ...anAgreement(3) },
    ]);
    expect((await manager.get(path, { 'if-none-match': '"1"' })).status).toBe(304);
    expect((await policy.put(path, anAgreement(3))).status).toBe(200); // the same once more
    expect(kindOf(await policy.put(path, anAgreement(4)))).toEqual([428, 'agreement-version-missing']);
    const amended = await policy.put(path, anAgreement(4), { 'if-match': '"1"' });
    expect([amended.status, amended.headers.get('etag')]).toEqual([200, '"2"']);
    expect(kindOf(await policy.put(path, anAgreement(5), { 'if-match': '"1"' }))).toEqual([
      412,
      'agreement-changed',
    ]);
  });

  it('is made of the example', async () => {
    const { status, body } = await policy.put('/housing-agreements/twente/2028', example);
    expect([status, body]).toMatchObject([201, example]);
  });

  it('is there for the region alone, and made by policy and process directors', async () => {
    const path = await agreed(1);
    const elsewhere = documented(
      await system.as({ role: 'case-manager', subject: 'cm-9', municipality: 'GM0200' }),
    );
    expect(kindOf(await elsewhere.get(path))).toEqual([404, 'unknown-agreement']);
    expect(kindOf(await manager.put(path, anAgreement(2)))).toEqual([403, 'forbidden']);
    expect(kindOf(await policy.put('/housing-agreements/nergens/2030', anAgreement(2)))).toEqual([
      404,
      'unknown-agreement',
    ]);
    expect(kindOf(await reserve('/housing-agreements/twente/2099', routes[0]!))).toEqual([
      404,
      'unknown-agreement',
    ]);
    const outside = { ...anAgreement(1), agreed: [{ ...anAgreement(1).agreed[0]!, municipality: 'GM0200' }] };
    expect((await policy.put('/housing-agreements/twente/2098', outside)).body).toMatchObject({
      errors: [{ location: '/agreed/0/municipality' }],
    });
  });

  it('is never amended below what is taken: the problem names the number, in either language', async () => {
    const path = await agreed(2);
    for (const routeId of routes.slice(0, 2)) await reserve(path, routeId);
    const refused = await policy.put(path, anAgreement(1), { 'if-match': '"1"', 'accept-language': 'en' });
    expect(kindOf(refused)).toEqual([409, 'below-taken']);
    expect(refused.body.detail).toBe(
      '2 places of de-woonplaats, GM0153, own-home are reserved or realised: 1 are too few, 2 is the least.',
    );
  });
});

describe('a reservation', () => {
  it('is confirmed, and counts as realised; a released one goes to the next', async () => {
    const path = await agreed(1);
    const [first, second] = routes as [string, string];
    const held = await reserve(path, first);
    expect([held.status, held.body.status]).toEqual([201, 'reserved']);
    const castle = await reserve(path, second, { wishes: { housingForms: ['castle'] } });
    expect([castle.status, castle.body.errors]).toMatchObject([
      400,
      [{ location: '/wishes/housingForms/0', code: 'unknown-housing-form' }],
    ]);
    const waits = await reserve(path, second, { urgentByLaw: true });
    expect(waits.body).toMatchObject({ status: 'queued', queue: { position: 1, reason: 'first' } });
    expect((await manager.get(`${path}/queue`)).body).toMatchObject({ items: [{ routeId: second }] });
    expect(
      kindOf(await manager.post(`${path}/reservations/${waits.body.reservationId}/confirmation`, {})),
    ).toEqual([409, 'not-reserved']);
    const own = `${path}/reservations/${held.body.reservationId}`;
    expect((await manager.delete(own)).status).toBe(204);
    expect((await manager.delete(own)).status).toBe(204);
    expect(kindOf(await manager.get(own))).toEqual([409, 'reservation-ended']);
    const other = `${path}/reservations/${waits.body.reservationId}`;
    expect((await manager.get(other)).body.status).toBe('reserved');
    const home = await manager.post(`${other}/confirmation`, { neighbourhood: 'BU01530101' });
    expect([home.status, home.body.status]).toEqual([200, 'realised']);
    expect(kindOf(await manager.delete(other))).toEqual([409, 'already-realised']);
    expect((await manager.get(`${path}/utilisation`)).body).toMatchObject({
      agreed: 1,
      realised: 1,
      free: 0,
      byNeighbourhood: [{ neighbourhood: 'BU01530101', realised: 1 }],
    });
  });

  it('is the same one under the same key; another under that key is refused', async () => {
    const path = await agreed(5);
    const [first, second] = routes as [string, string];
    const once = await reserve(path, first, {}, 'k-1');
    const again = await reserve(path, first, {}, 'k-1');
    expect([once.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(once.body);
    expect(once.headers.get('location')).toBe(`/v1${path}/reservations/${once.body.reservationId}`);
    expect(kindOf(await reserve(path, second, {}, 'k-1'))).toEqual([409, 'idempotency-key-reused']);
    expect(kindOf(await reserve(path, first, { wishes: { housingForms: ['tripartite-lease'] } }))).toEqual([
      409,
      'reservation-exists',
    ]);
    expect(kindOf(await reserve(path, '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22'))).toEqual([
      404,
      'unknown-route',
    ]);
  });

  it('is refused for a route that has its home', async () => {
    const path = await agreed(2);
    for (const stage of ['cti', 'aftercare']) {
      const [housed] = await bareRoutes(system.client, 1, undefined, stage);
      expect(kindOf(await reserve(path, housed!))).toEqual([409, 'no-place-needed']);
    }
    const [seeking] = await bareRoutes(system.client, 1, undefined, 'housing');
    expect((await reserve(path, seeking!)).status).toBe(201);
  });

  it('that its corporation takes back leaves the route in the queue, or with another place', async () => {
    const path = await agreed(1);
    const director = documented(
      await system.as({ role: 'process-director', subject: 'pd-1', municipality: 'GM0153' }),
    );
    const { body } = await reserve(path, routes[0]!);
    await reserve(path, routes[1]!);
    const gone = await director.post(`${path}/reservations/${body.reservationId}/withdrawal`, {
      placeStays: false,
    });
    expect(gone.body).toMatchObject({ status: 'queued', queue: { position: 1 } });
  });
});

it('a year that is closed carries its queue and free places over to the next', async () => {
  const old = await agreed(1);
  await reserve(old, routes[0]!);
  const waits = await reserve(old, routes[1]!, { waitingSince: '2026-03-01T00:00:00Z' });
  const closed = await policy.post(`${old}/closure`, { carryOver: { places: true, queue: true } });
  expect([closed.status, closed.body.closed.carryOver]).toEqual([200, { places: true, queue: true }]);
  expect(kindOf(await reserve(old, routes[2]!))).toEqual([409, 'agreement-closed']);
  const next = await agreed(1); // made after the closure: what is carried over waits for it
  const reservation = await until('the queue came over', async () => {
    const answer = await system.api.get(`${next}/reservations/${waits.body.reservationId}`);
    return answer.status === 200 && answer.body;
  });
  expect(reservation).toMatchObject({ status: 'reserved', waitingSince: '2026-03-01T00:00:00.000Z' });
});

describe('two hundred at once for fifty places', () => {
  it('fifty get one, the others wait in order, and releases go to the right next', async () => {
    const path = await agreed(50);
    // Half of them are urgent by law; each waits since another day.
    const asked = routes.map((routeId, i) => ({
      routeId,
      urgentByLaw: i % 2 === 0,
      waitingSince: new Date(Date.UTC(2026, 0, 1 + ((i * 7) % 200))).toISOString(),
    }));
    const began = Date.now();
    const answers = await Promise.all(
      asked.map(
        async (each) =>
          (
            await persist(() =>
              manager.post(`${path}/reservations`, each, { 'idempotency-key': each.routeId }),
            )
          ).answer,
      ),
    );
    console.log(`200 reservations at once in ${Date.now() - began} ms`);
    expect(answers.every(({ status }) => status === 200 || status === 201)).toBe(true);
    const held = answers.filter(({ body }) => body.status === 'reserved').map(({ body }) => body);
    expect(held.length).toBe(50);
    expect((await manager.get(`${path}/utilisation`)).body).toMatchObject({
      agreed: 50,
      reserved: 50,
      free: 0,
      queued: 150,
    });

    const fair = (routeId: string) => {
      const { urgentByLaw, waitingSince } = asked.find((each) => each.routeId === routeId)!;
      return `${urgentByLaw ? 0 : 1} ${waitingSince}`;
    };
    const { body: queue } = await manager.get(`${path}/queue`);
    const order = (queue.items as { routeId: string }[]).map(({ routeId }) => routeId);
    expect(order.map(fair)).toEqual(order.map(fair).toSorted());
    const without = new Set(held.map(({ routeId }) => routeId));
    expect(new Set(order)).toEqual(new Set(routes.filter((routeId) => !without.has(routeId))));

    await Promise.all(
      held.slice(0, 20).map(({ reservationId }) => manager.delete(`${path}/reservations/${reservationId}`)),
    );
    const { body: after } = await manager.get(`${path}/queue`);
    const left = (after.items as { routeId: string }[]).map(({ routeId }) => routeId);
    expect(left).toEqual(order.slice(20));
    expect((await manager.get(`${path}/utilisation`)).body).toMatchObject({
      reserved: 50,
      free: 0,
      queued: 130,
    });
  });
});
