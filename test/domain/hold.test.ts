/** What becomes of the dates of a route that was on hold. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carryOut } from '../../domain/commands.ts';
import type { Command } from '../../domain/command.ts';
import { addDays, endOfDay, localDay, localTime } from '../../domain/calendar.ts';
import { passMoments } from '../../domain/moments.ts';
import type { RouteState, StepRecord } from '../../domain/route-state.ts';
import { accepted, reach } from '../../domain/step-transitions.ts';
import type { StepId } from '../../domain/steps.ts';
import { escalationOf } from '../../domain/terms.ts';
import { agreement, aRoute, daysLater, now, rules } from '../support/a-route.ts';

const { calendar } = rules('nl');
const actor = { subject: 'cm-17', role: 'case-manager' as const };
const tell = (state: RouteState, command: Command, at: string) =>
  carryOut(state, { id: `${command.kind}:${at}`, fingerprint: 'f', actor, command }, at);
const asked = (stepId: StepId, set: 'nl' | 'demo' = 'nl') =>
  accepted(reach(aRoute({ rules: rules(set) }), stepId, now), stepId, 1, now);
/** Holds a route from one moment until another, and lets it go on. */
const hold = (state: RouteState, since: string, until: string) =>
  passMoments(tell(state, { kind: 'hold', until, reason: { jwe: 'reason' } }, since), until);
const clock = (moment: string | undefined) => localTime(moment!, calendar);

/** A step that was asked on Monday 2 November, after a hold. */
function held(stepId: StepId, since: string, until: string): StepRecord {
  return hold(asked(stepId), since, until).steps[stepId]!;
}

describe('a term in days still ends with the end of a day', () => {
  it.each<[StepId, string, string, string, string]>([
    // Two weeks until the 16th, and one hour: the exact time is just past midnight, on the 17th.
    ['intake.debt-screening', '2026-11-10T09:00:00Z', '2026-11-10T10:00:00Z', '2026-11-17', '2026-11-24'],
    // Three days and seven hours.
    ['intake.debt-screening', '2026-11-10T09:00:00Z', '2026-11-13T16:00:00Z', '2026-11-20', '2026-11-27'],
    // Whole days stay whole days.
    ['intake.debt-screening', '2026-11-10T09:00:00Z', '2026-11-13T09:00:00Z', '2026-11-19', '2026-11-26'],
    // No statute set it, so it may end on a Saturday, and does.
    ['intake.debt-screening', '2026-11-10T09:00:00Z', '2026-11-15T09:00:00Z', '2026-11-21', '2026-11-28'],
    // The act on debt counselling set this one: from 30 November to Saturday 5 December, hence Monday 7 December.
    ['debt.first-talk', '2026-11-10T09:00:00Z', '2026-11-15T09:00:00Z', '2026-12-07', '2026-12-14'],
    // To Christmas Day, a Friday.
    ['debt.first-talk', '2026-11-10T09:00:00Z', '2026-12-05T09:00:00Z', '2026-12-28', '2027-01-04'],
    // It ended in standard time; 135 days of 24 hours later it is 00:59:59 on 15 April, in summer time.
    ['debt.first-talk', '2026-11-10T09:00:00Z', '2027-03-25T09:00:00Z', '2027-04-15', '2027-04-22'],
  ])('%s, on hold from %s until %s: until %s, escalated at the end of %s', (...given) => {
    const [stepId, since, until, dueDay, escalationDay] = given;
    const { dueAt, escalateAt } = held(stepId, new Date(since).toISOString(), new Date(until).toISOString());
    expect(clock(dueAt)).toBe(`${dueDay}T23:59:59`);
    expect(clock(escalateAt)).toBe(`${escalationDay}T23:59:59`);
  });

  it('reminders are moved to the second, and one in hours ends to the second', () => {
    const before = asked('debt.first-talk').steps['debt.first-talk']!;
    const after = held('debt.first-talk', '2026-11-10T09:00:00.000Z', '2026-11-10T10:00:01.000Z');
    const by = (one: string, other: string) => Date.parse(other) - Date.parse(one);
    expect(by(before.remindAt![0]!, after.remindAt![0]!)).toBe(3_601_000);
    const demo = asked('debt.first-talk', 'demo');
    const later = hold(demo, '2026-11-02T09:00:01.000Z', '2026-11-02T09:00:03.000Z').steps['debt.first-talk'];
    const first = demo.steps['debt.first-talk']!;
    expect(by(first.dueAt!, later!.dueAt!)).toBe(2000);
    expect(by(first.escalateAt!, later!.escalateAt!)).toBe(2000);
  });
});

it('the process director is told as long after the term as was agreed, however far the act moves the term', () => {
  const short = { ...rules('nl'), escalation: { directorAfter: 'P1D' } };
  const state = accepted(reach(aRoute({ rules: short }), 'debt.first-talk', now), 'debt.first-talk', 1, now);
  // To Christmas Day, a Friday: the term ends on the 28th, three days later.
  const after = hold(state, '2026-11-10T09:00:00.000Z', '2026-12-05T09:00:00.000Z').steps['debt.first-talk']!;
  expect(clock(after.dueAt)).toBe('2026-12-28T23:59:59');
  expect(clock(after.escalateAt)).toBe('2026-12-29T23:59:59');
});

describe('a hold that ends while no worker is there', () => {
  const [since, until, back] = [2, 4, 12].map((days) => daysLater(days)) as [string, string, string];
  const round = {
    nr: 1,
    name: 'debt-and-home',
    status: 'active',
    askedAt: now,
    answerBy: daysLater(30),
    activeSince: now,
    commitments: [{ party: 'debt-service', facts: ['debt.stabilised'], keepBy: daysLater(60) }],
  } as const;
  const homePromise = {
    since: now,
    dueAt: daysLater(100),
    rule: 'no.rule',
    signalAt: daysLater(90),
    signals: 0,
  };
  const before = { ...asked('debt.first-talk'), rounds: [round], homePromise, agreement };
  const held = tell(before, { kind: 'hold', until, reason: { jwe: 'reason' } }, since);
  const datesOf = ({ steps, rounds, homePromise: promise }: RouteState) => {
    const { dueAt, remindAt, escalateAt } = steps['debt.first-talk']!;
    return [dueAt, remindAt, escalateAt, rounds, promise];
  };

  it('ends at its end all the same: nothing shifts by the time that the worker was away', () => {
    const late = passMoments(held, back);
    expect(datesOf(late)).toEqual(datesOf(passMoments(held, until)));
    expect(late.timeline.at(-1)).toMatchObject({ what: 'hold-ended', by: 'calendar', at: back });
    expect(late.rounds?.[0]?.commitments[0]?.keepBy).toBe(daysLater(62));
    expect(late.homePromise?.dueAt).toBe(daysLater(102));
  });

  it('nor when somebody lets the route go on before the calendar comes to it', () => {
    expect(datesOf(tell(held, { kind: 'go-on' }, back))).toEqual(datesOf(passMoments(held, until)));
  });

  it('a promise that was kept meanwhile stood still until then, or until the end of the hold', () => {
    const dueOf = (keptAt: string) =>
      passMoments({ ...held, homePromise: { ...homePromise, keptAt } }, back).homePromise?.dueAt;
    expect(dueOf(daysLater(3))).toBe(daysLater(101));
    expect(dueOf(daysLater(11))).toBe(daysLater(102));
  });

  it('what began after its end does not shift', () => {
    const later = reach(held, 'housing.contract', daysLater(11));
    const { dueAt } = later.steps['housing.contract']!;
    expect(passMoments(later, back).steps['housing.contract']?.dueAt).toBe(dueAt);
  });
});

describe('a term that had passed before the hold', () => {
  const since = '2026-12-01T08:00:00.000Z';
  const until = '2026-12-01T20:00:00.000Z';

  it('stays passed, with its date; only the escalation waits for longer', () => {
    const overdue = passMoments(asked('debt.first-talk'), since);
    const after = hold(overdue, since, until).steps['debt.first-talk']!;
    expect(after).toMatchObject({ overdue: true, dueAt: '2026-11-30T22:59:59.000Z' });
    expect(clock(after.escalateAt)).toBe('2026-12-08T23:59:59');
  });

  it('has passed also when the timer comes to it after the hold began', () => {
    const late = tell(asked('debt.first-talk'), { kind: 'hold', until, reason: { jwe: 'reason' } }, since);
    expect(late.steps['debt.first-talk']).toMatchObject({ overdue: true, dueAt: '2026-11-30T22:59:59.000Z' });
    expect(late.timeline.slice(-2).map(({ what }) => what)).toEqual(['step-overdue', 'hold-began']);
  });
});

it('whatever the hold, no date goes back, nobody loses time, and at most a day is given on top', () => {
  const begins = Date.parse('2026-11-03T00:00:00.000Z');
  const DAY = 86_400_000;
  fc.assert(
    fc.property(
      // No statute sets these; their reminders come after nine days at the earliest.
      fc.constantFrom<StepId>('housing.contract', 'income.postal-address', 'debt.registration'),
      fc.integer({ min: 0, max: 6 * DAY }),
      fc.integer({ min: 1, max: 400 * DAY }),
      (stepId, after, lasts) => {
        const [since, until] = [begins + after, begins + after + lasts].map((at) =>
          new Date(at).toISOString(),
        );
        const before = asked(stepId).steps[stepId]!;
        const shifted = hold(asked(stepId), since!, until!).steps[stepId]!;
        const exact = new Date(Date.parse(before.dueAt!) + lasts).toISOString();
        // To the second: a fraction of the last second of a day belongs to it.
        expect(shifted.dueAt!.slice(0, 19) >= exact.slice(0, 19)).toBe(true);
        expect(shifted.dueAt! < endOfDay(addDays(localDay(exact, calendar), 1), calendar)).toBe(true);
        expect(clock(shifted.dueAt)).toMatch(/T23:59:59$/);
        // The director is told as long after it as ever, on the calendar: a week over the change of the clock is no 168 hours.
        expect(shifted.escalateAt).toBe(escalationOf(rules('nl'), shifted.dueAt!));
        expect(shifted.remindAt![0]! < shifted.dueAt!).toBe(true);
      },
    ),
  );
});
