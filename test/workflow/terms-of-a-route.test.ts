/**
 * Two routes under the national rules that are late with everything a term of law or agreement is about: each step is
 * answered only once the process director was told. The server begins on the day on which the test runs, so what is
 * expected can't stand here as dates: it is reckoned by test/support/slow-reckoning.ts, which is held against dates
 * made by hand in test/domain/terms-by-hand.test.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSystem, type System } from '../support/system.ts';
import {
  attributesDue,
  limits,
  monthsFromTheMove,
  municipality,
  noticesDue,
  periods,
  startLateRoutes,
} from './late-routes.ts';
import { createWalk, type Notice, type Walked } from './term-walk.ts';

let system: System;
let usual: Walked;
let threatened: Walked;
let notices: Record<'usual' | 'threatened', Notice[]>;

beforeAll(async () => {
  // Answers that overtake the completion of their request wedge a workflow on this server.
  system = await startSystem({ server: 'time-skipping', rules: 'nl', delayMs: 200 });
  const api = await system.as({ role: 'case-manager', subject: 'cm-17', municipality });
  ({ usual, threatened } = await startLateRoutes(system, api));
  const walk = createWalk(system, api);
  while (await walk.pass([usual, ...(threatened.late.size > 0 ? [threatened] : [])]));
  notices = { usual: await walk.noticesOf(usual), threatened: await walk.noticesOf(threatened) };
});
afterAll(() => system?.stop());

const ofNoTerm: ReadonlySet<string> = new Set(['thin-network', 'case-review', 'new-address']);

describe('a route that is late with everything', () => {
  it('comes to each reminder, term, escalation and end of a period, and to none before its time', () => {
    const late = Object.keys(limits).flatMap((id) => [`${id} escalated`, `${id} overdue`, `${id} reminder`]);
    const ended = [...Object.keys(periods), ...Object.keys(monthsFromTheMove)].map((id) => `${id} ended`);
    const seen = usual.seen.map(({ stepId, kind }) => `${stepId} ${kind}`);
    expect(seen.sort()).toEqual([...late, ...ended].sort());
    expect(usual.seen.filter(({ tooEarly }) => tooEarly)).toEqual([]);
  });

  it('tells the party, then the case manager, then the process director, once each, and nobody else', () => {
    const ofTerms = notices.usual.filter(({ kind }) => !ofNoTerm.has(kind));
    expect(ofTerms).toMatchObject(noticesDue(usual));
    expect(notices.usual.find(({ stepId }) => stepId === 'debt.plan')?.basis).toBe('Wgs art. 4a');
  });

  it('shows in lists how it is, what is due next, and since when it is in its stage', () => {
    const underWay = usual.seen.slice(0, -1);
    const shown = underWay.map(({ attributes }) => attributes);
    expect(shown).toMatchObject(underWay.map((_, i) => attributesDue(usual, i)));
    expect(new Set(shown.map(({ RouteHealth }) => RouteHealth)).size).toBe(3);
    expect(new Set(shown.map(({ RouteStage }) => RouteStage)).size).toBe(5);
  });

  it('tells the case manager of each case review, once of a network without anybody in it, and of the new address', () => {
    const told = notices.usual.filter(({ kind }) => ofNoTerm.has(kind));
    expect(told.map(({ kind }) => kind).toSorted()).toEqual([
      ...Array<string>(3).fill('case-review'),
      'new-address',
      'thin-network',
    ]);
  });

  it('never fails for it, and goes on to its end', () => {
    const statuses = usual.seen.map(({ status }) => status);
    expect(new Set(statuses.slice(0, -1))).toEqual(new Set(['RUNNING']));
    expect(statuses.at(-1)).toBe('COMPLETED');
    const { route } = usual.seen.at(-1)!;
    expect(route).toMatchObject({ stage: 'closed', ending: 'completed', health: 'OnTrack' });
    const steps = route.tracks.flatMap((track) => track.steps);
    expect(new Set(steps.map(({ status, attempt }) => `${status} ${attempt}`))).toEqual(new Set(['done 1']));
  });
});

it('under threat the first talk is late after three working days', () => {
  const seen = threatened.seen.filter(({ stepId }) => stepId === 'debt.first-talk');
  expect(seen.map(({ kind }) => kind)).toEqual(['reminder', 'overdue', 'escalated']);
  expect(threatened.seen.filter(({ tooEarly }) => tooEarly)).toEqual([]);
  const told = notices.threatened.filter(({ stepId }) => stepId === 'debt.first-talk');
  expect(told).toMatchObject(noticesDue({ ...threatened, seen }));
  expect(new Set(told.map(({ basis }) => basis))).toEqual(new Set(['Wgs art. 4(2)']));
  expect(threatened.seen.map(({ attributes }) => attributes)).toMatchObject(
    threatened.seen.map((_, i) => attributesDue(threatened, i)),
  );
});
