/** What is another's, over a real server: it looks as if it were not there, and nothing happens to it. */
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../api/operation.ts';
import { operations } from '../../api/operations.ts';
import { Role } from '../../contracts/vocabulary.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { accessRows, type Row } from '../api/access-table.ts';
import { callOperation, momentOfExamples, partyFor, type About } from '../api/operation-calls.ts';
import type { Answer } from '../support/api-caller.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import { anAgreement } from '../support/region.ts';
import { startSystem, type System } from '../support/system.ts';
import { givesUpAfterMs, until } from '../support/until.ts';

/** GM0014 lies in another region. */
const elsewhere = { municipality: 'GM0014' };

let system: System;
let routeId: string;
let reservationId: string;
const operationOf = ({ operationId }: Row): Operation =>
  operations.find((each) => each.operationId === operationId)!;
const tokens = new Map<string, Promise<string>>();

/** A route that is nobody's. */
const elsewhereRoute = randomUUID() as string;

/** A token of a role in a municipality, or of a party; of a person, of their own route unless it is to be a stranger's. */
function token(
  role: Role,
  limits: { municipality?: string; party?: 'debt-service' | 'housing-corporation' },
) {
  const isStranger = limits.municipality === elsewhere.municipality;
  const limit = role === 'person' ? { route: isStranger ? elsewhereRoute : routeId } : limits;
  const name = JSON.stringify([role, limit]);
  const made = tokens.get(name) ?? system.token({ role, subject: `${role}-1`, ...limit });
  tokens.set(name, made);
  return made;
}

beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl', clock: () => Date.parse(momentOfExamples) });
  await system.simulator.setBehaviours([{ mode: 'silent' }]);
  routeId = (await system.api.post('/routes', { ...aStart, person: aPerson })).body.routeId;
  await until('the registry is asked', async () => {
    const { body } = await system.api.get(`/routes/${routeId}/waits`);
    return body.items?.some(({ stepId }: { stepId?: string }) => stepId === 'intake.registry-check');
  });
  const policy = await system.as({ role: 'policy', subject: 'pol-1' });
  await policy.put('/housing-agreements/twente/2030', anAgreement(5));
  const reserved = await system.api.post('/housing-agreements/twente/2030/reservations', { routeId });
  reservationId = reserved.body.reservationId;
  let seen = 0;
  const rests = async () => seen === (seen = await historyLength());
  await until('the route has come to rest', rests, givesUpAfterMs, 1500);
});
afterAll(() => system?.stop());

const kindOf = ({ status, body }: Answer) => `${status} ${body?.type?.split('/').at(-1)}`;

/** Everything that a caller can tell one answer from another by, but for when it was given and to what. */
function apart({ status, headers, body }: Answer, about: About) {
  const { instance: _, ...rest } = body ?? {};
  const names = new Set(['x-request-id', 'date', 'content-length']);
  const said = [...headers].filter(([name]) => !names.has(name));
  return {
    status,
    headers: Object.fromEntries(said),
    body: JSON.stringify(rest).replaceAll(about.routeId!, ''),
  };
}

const call = async (row: Row, token: string, about: About) =>
  callOperation(operationOf(row), { url: system.url, token, about });
const rolesOf = ({ may }: Row) => Role.options.filter((role) => !['–', 'open', 'yes'].includes(may[role]));
const historyLength = async () =>
  (await system.client.workflow.getHandle(`route/${routeId}`).describe()).historyLength;
const ledger = () => system.client.workflow.getHandle('housing-agreement/twente/2030');

const ofRoutes = accessRows.filter(({ ofAnother }) => ofAnother === '404 unknown-route');
const ofAgreements = accessRows.filter(({ ofAnother }) => ofAnother === '404 unknown-agreement');

describe("another municipality's route", () => {
  it.each(ofRoutes)(
    'is not there for $operationId: the answer is that of a route that never was',
    async (row) => {
      const before = await historyLength();
      const never = { routeId: randomUUID() as string };
      for (const role of rolesOf(row)) {
        const stranger = await token(role, elsewhere);
        const answer = await call(row, stranger, { routeId });
        expect([role, kindOf(answer)]).toEqual([role, row.ofAnother]);
        expect(apart(answer, { routeId })).toEqual(apart(await call(row, stranger, never), never));
      }
      expect(await historyLength()).toBe(before);
      const keys = await readdir(join(system.dataDir, 'keys'), { recursive: true });
      expect(keys.filter((file) => file.includes(never.routeId))).toEqual([]);
    },
  );

  it('is not asked: it is as unknown while no worker is there', async () => {
    await system.stopWorker();
    const row = ofRoutes.find(({ operationId }) => operationId === 'getRoute')!;
    const stranger = await token('case-manager', elsewhere);
    expect(kindOf(await call(row, stranger, { routeId }))).toBe('404 unknown-route');
    expect(kindOf(await call(row, stranger, { routeId: randomUUID() }))).toBe('404 unknown-route');
    await system.startWorker();
  });

  it('is in no list and in no figure, and none is started there', async () => {
    const stranger = await system.as({ role: 'process-director', subject: 'pd-9', ...elsewhere });
    expect((await stranger.get('/routes')).body).toEqual({ items: [] });
    expect((await stranger.get('/routes?municipality=GM0153')).body).toEqual({ items: [] });
    const { body } = await stranger.get('/reports/home-promise?municipality=GM0153');
    expect(body.items.every(({ suppressed }: { suppressed?: true }) => suppressed)).toBe(true);
    expect(kindOf(await stranger.post('/routes', aStart))).toBe('403 forbidden');
  });

  it('gets no news of a partner whose token names another municipality', async () => {
    const limited = await system.token({
      role: 'partner',
      subject: 'debt-service',
      party: 'debt-service',
      ...elsewhere,
    });
    const row = accessRows.find(({ operationId }) => operationId === 'tellPartnerEvent')!;
    expect(kindOf(await call(row, limited, { routeId }))).toBe('404 unknown-route');
  });
});

describe("another region's agreement", () => {
  it.each(ofAgreements)('is not there for $operationId', async (row) => {
    const before = (await ledger().describe()).historyLength;
    for (const role of rolesOf(row)) {
      const stranger = await token(role, elsewhere);
      const answer = await call(row, stranger, { routeId, reservationId });
      // Whoever is bound to no municipality is bound where the token names one.
      expect([role, kindOf(answer)]).toEqual([role, row.ofAnother]);
      const never = await call(row, stranger, { routeId, reservationId, region: 'nowhere' });
      expect(apart(answer, { routeId })).toEqual(apart(never, { routeId }));
    }
    expect((await ledger().describe()).historyLength).toBe(before);
  });

  it('and within the region another municipality sees the queue, and touches neither its reservations nor its routes', async () => {
    const neighbour = { municipality: 'GM0141' };
    for (const row of ofAgreements.filter(({ call }) => call.includes('/reservations')))
      for (const role of rolesOf(row)) {
        const answer = await call(row, await token(role, neighbour), { routeId, reservationId });
        const expected = row.operationId === 'reservePlace' ? '404 unknown-route' : '404 unknown-reservation';
        expect([row.operationId, role, kindOf(answer)]).toEqual([row.operationId, role, expected]);
      }
  });
});

describe("another party's news", () => {
  it.each(accessRows.filter(({ may }) => may.partner === 'party'))(
    'is not that of $operationId',
    async (row) => {
      const own = partyFor(operationOf(row));
      const other = own === 'debt-service' ? 'housing-corporation' : 'debt-service';
      const answer = await call(row, await token('partner', { party: other }), { routeId });
      const isNothing = answer.status === 200 && answer.body.items?.length === 0;
      expect(isNothing ? 'an empty list' : kindOf(answer)).toBe(row.ofAnother);
    },
  );
});

describe('what is their own', () => {
  it.each(accessRows.filter((row) => rolesOf(row).length > 0))(
    'nobody is told of $operationId that it is not there, or not for them',
    async (row) => {
      for (const role of rolesOf(row)) {
        const mine =
          role === 'partner'
            ? { party: partyFor(operationOf(row)) }
            : role === 'case-manager' || role === 'process-director'
              ? { municipality: 'GM0153' }
              : {};
        const kind = kindOf(await call(row, await token(role, mine), { routeId, reservationId }));
        expect([role, kind]).not.toEqual([
          role,
          expect.stringMatching(/forbidden|unknown-(route|agreement|reservation)|not-your|token/),
        ]);
        expect([role, kind]).not.toEqual([role, expect.stringMatching(/^5/)]);
      }
    },
  );

  it('all of it came to their own route', async () => {
    const state = await system.client.workflow.getHandle(`route/${routeId}`).query<RouteState>('routeState');
    expect(state.revision).toBeGreaterThan(10);
  });
});
