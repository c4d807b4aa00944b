/** Moves of a person: recorded by people, but for the keys, which are a move by themselves. */
import { expect, it } from 'vitest';
import type { MoveBody } from '../../contracts/commands.ts';
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { movesKept, movesOf } from '../../domain/moves.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { routeView } from '../../domain/view.ts';
import { aRoute, now } from '../support/a-route.ts';

let given = 0;
const order = (state: RouteState, command: Command): RouteState => {
  const actor = { subject: 'cm-17', role: 'case-manager' } as const;
  return carryOut(state, { id: `key-${(given += 1)}`, fingerprint: 'f', actor, command }, now);
};
const moved = (state: RouteState, more: Partial<MoveBody> = {}): RouteState =>
  order(state, {
    kind: 'record-move',
    move: { to: 'shared-home', forced: true, reason: 'end-of-stay', date: '2026-10-01', ...more },
  });
const reason = { jwe: 'reason' };
const done = { status: 'done', attempt: 1, since: now, closedAt: '2026-10-15T22:30:00.000Z' } as const;
const housed: RouteState = {
  ...aRoute(),
  steps: { 'housing.offer': done, 'housing.offer-answer': done, 'housing.key-handover': done },
  offers: [{ offerId: 'a', housingForm: 'own-home', status: 'accepted', madeAt: now }],
};
const keys = { date: '2026-10-16', to: 'own-home', forced: false, reason: 'key-handover' };

it('a route of which no move is known has none', () => {
  expect(routeView(aRoute(), 'nl').moves).toEqual({ total: 0, forced: 0, latest: [] });
});

it('forced moves are counted, and no others', () => {
  const route = moved(moved(aRoute(), { forced: false }));
  expect(movesOf(route)).toMatchObject({ total: 2, forced: 1 });
});

it('the keys are a move that was not forced, on the day in Amsterdam', () => {
  expect(movesOf(housed)).toEqual({ total: 1, forced: 0, latest: [keys] });
  const after = moved(housed, { date: '2026-11-01' });
  expect(movesOf(after)).toMatchObject({ total: 2, forced: 1 });
  expect(movesOf(moved(after)).latest.map(({ date }) => date)).toEqual([
    '2026-11-01',
    '2026-10-16',
    '2026-10-01',
  ]);
});

it('the keys of a home that was lost stay counted when the search begins again, once', () => {
  const again = order(housed, { kind: 'reopen', track: 'housing', reason });
  expect(movesOf(again)).toEqual({ total: 1, forced: 0, latest: [keys] });
  const rehoused = { ...again, steps: { ...again.steps, 'housing.key-handover': { ...done, attempt: 2 } } };
  expect(movesOf(rehoused).total).toBe(2);
  const redone = order(housed, { kind: 'redo', stepId: 'housing.key-handover', reason });
  expect(movesOf({ ...redone, steps: housed.steps }).total).toBe(1);
});

it('of many moves the newest are kept, and all are counted', () => {
  let route = aRoute();
  for (let day = 1; day <= 30; day += 1)
    route = moved(route, { date: `2026-09-${String(day).padStart(2, '0')}`, forced: day % 2 === 0 });
  const { total, forced, latest } = movesOf(route);
  expect([total, forced, latest.length]).toEqual([30, 15, movesKept]);
  expect([latest[0]!.date, latest.at(-1)!.date]).toEqual(['2026-09-30', '2026-09-21']);
  expect(latest[0]).toEqual({
    date: '2026-09-30',
    to: 'shared-home',
    forced: true,
    reason: 'end-of-stay',
  });
});
