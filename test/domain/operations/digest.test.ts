import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StuckDigest } from '../../../contracts/digest.ts';
import { Health, Party } from '../../../contracts/vocabulary.ts';
import { digestKey, digestsOf, ownersOf } from '../../../domain/operations/digest.ts';
import { daysBefore, stuckKinds, stuckOf, type OpenRoute } from '../../../domain/operations/stuck.ts';
import { calendarFor } from '../../../platform/rule-sets/calendar.ts';

const now = '2026-11-30T06:00:00.000Z';
const rules = { escalation: { directorAfter: 'P1W' }, calendar: calendarFor(2026, 2) };
const day = '2026-11-30';
const linkOf = (routeId: string) => `https://routes.example/${routeId}`;

const aRoute: OpenRoute = {
  routeId: '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22',
  municipality: 'GM0153',
  caseManager: 'cm-17',
  stage: 'housing',
  health: 'OnTrack',
  waitingOn: ['debt-service'],
  blockers: ['waiting-for-answer'],
  changedAt: daysBefore(now, 1),
};
const stuck = (more: Partial<OpenRoute>) => stuckOf({ ...aRoute, ...more }, now, rules);

const someRoutes = fc.uniqueArray(
  fc.record({
    routeId: fc.uuid(),
    municipality: fc.constantFrom('GM0153', 'GM0141'),
    caseManager: fc.constantFrom('cm-1', 'cm-2', 'cm-3'),
    health: fc.constantFrom(...Health.options),
    waitingOn: fc.uniqueArray(fc.constantFrom(...Party.options), { maxLength: 3 }),
    daysAgo: fc.integer({ min: 0, max: 90 }),
    dueIn: fc.option(fc.integer({ min: -30, max: 30 }), { nil: undefined }),
    isWedged: fc.boolean(),
  }),
  { selector: ({ routeId }) => routeId, maxLength: 60 },
);

it('every route that stands still is in one digest of its owner, no other route is in any, and each is bounded', () => {
  fc.assert(
    fc.property(someRoutes, fc.integer({ min: 1, max: 8 }), (given, most) => {
      const routes = given.map(({ daysAgo, dueIn, isWedged, ...route }) => ({
        ...aRoute,
        ...route,
        changedAt: daysBefore(now, daysAgo),
        ...(dueIn !== undefined && { dueAt: daysBefore(now, -dueIn) }),
        ...(isWedged && { isWedged: true as const }),
      }));
      const standing = routes.flatMap((route) => stuckOf(route, now, rules) ?? []);
      const whole = digestsOf(standing, { day, linkOf, most: Infinity });
      for (const route of standing) {
        const naming = whole.filter((digest) =>
          digest.routes.some(({ routeId }) => routeId === route.routeId),
        );
        expect(naming.map(({ to, recipient }) => ({ to, recipient })).sort(byTo)).toEqual(ownersOf(route));
      }
      expect(whole.flatMap((digest) => digest.routes).length).toBe(standing.flatMap(ownersOf).length);
      for (const digest of digestsOf(standing, { day, linkOf, most })) {
        const ranks = digest.routes.map(({ why }) => stuckKinds.indexOf(why));
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
        expect(digest.routes.length).toBeLessThanOrEqual(most);
        expect(digest.routes.length + digest.more).toBe(digest.counts.total);
        expect(StuckDigest.parse(digest)).toEqual(digest);
      }
      const keys = whole.map(digestKey);
      expect(new Set(keys).size).toBe(keys.length);
    }),
    { numRuns: 40 },
  );
});

const byTo = (a: { to: string }, b: { to: string }) => (a.to < b.to ? -1 : 1);

describe('what stands still', () => {
  it('is the worst of what is so, and a healthy route is none of it', () => {
    expect(stuck({})).toBeUndefined();
    expect(stuck({ health: 'Overdue' })?.why).toBe('overdue');
    expect(stuck({ isWedged: true })?.why).toBe('technical');
    expect(stuck({ health: 'OnHold' })).toBeUndefined();
    expect(stuck({ health: 'OnHold', changedAt: daysBefore(now, 28) })?.why).toBe('on-hold');
    expect(stuck({ changedAt: daysBefore(now, 42) })?.why).toBe('unchanged');
    expect(stuck({ changedAt: daysBefore(now, 42), waitingOn: [] })?.why).toBe('unchanged');
  });

  it('is not who repays debts for months: that waits for the calendar', () => {
    expect(stuck({ changedAt: daysBefore(now, 400), waitingOn: ['calendar'] })).toBeUndefined();
  });

  it('comes before the process director when parties wait for each other, and a week after a term passed', () => {
    const told = (more: Partial<OpenRoute>) => ownersOf(stuck(more)!).map(({ to }) => to);
    expect(told({ health: 'Deadlocked' })).toEqual(['case-manager', 'process-director']);
    expect(told({ health: 'Overdue', dueAt: '2026-11-22T22:59:59.000Z' })).toHaveLength(2);
    expect(told({ health: 'Overdue', dueAt: '2026-11-23T22:59:59.000Z' })).toHaveLength(1);
    expect(told({ health: 'Technical' })).toHaveLength(1);
  });

  it('is said in Dutch', () => {
    const [digest] = digestsOf([stuck({ health: 'Overdue', dueAt: '2026-11-29T22:59:59.000Z' })!], {
      day,
      linkOf,
    });
    expect(digest!.sentence).toBe('1 route van u vraagt aandacht: 1 te laat.');
    expect(digest!.routes[0]!.sentence).toBe(
      'Te laat sinds 29 november 2026; wacht op de schuldhulpverlening; er is nog geen antwoord',
    );
  });
});
