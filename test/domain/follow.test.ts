/** The phases of Critical Time Intervention, one behind the other. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { localDay } from '../../domain/calendar.ts';
import { carryOut } from '../../domain/commands.ts';
import type { Command } from '../../domain/command.ts';
import { nextMoment, passMoments } from '../../domain/moments.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { reach } from '../../domain/step-transitions.ts';
import { follows, type StepId } from '../../domain/steps.ts';
import { stepIdsOf, stepOf } from '../../domain/template.ts';
import { aRoute, now, rules } from '../support/a-route.ts';

const phases = ['cti.transition', 'cti.try-out', 'cti.transfer-of-care'] as const;
const done = { status: 'done', attempt: 1, since: now, closedAt: now } as const;
const moved: RouteState = { ...aRoute(), steps: { 'housing.key-handover': done } };
const { calendar } = rules('nl');
const dueOf = (state: RouteState, stepId: StepId) => state.steps[stepId]!.dueAt!;
const later = (moment: string, ms: number) => new Date(Date.parse(moment) + ms).toISOString();
const HOUR = 3_600_000;

/** Lets the phases pass from a moment on; the machine comes to each end so much later than it was. */
function passPhases(state: RouteState, from: string, lateMs: number): RouteState {
  let at = from;
  let passed = state;
  for (const phase of phases) {
    passed = reach(passed, phase, at);
    at = later(nextMoment(passed)!, lateMs);
    passed = passMoments(passed, at);
  }
  return passed;
}
const lastDays = (state: RouteState) => phases.map((phase) => localDay(dueOf(state, phase), calendar));

describe('three phases of three months are nine months from the move', () => {
  it.each([
    ['2026-11-02', '2027-02-02', '2027-05-02', '2027-08-02'],
    // No month is too short for more than its own phase.
    ['2026-08-31', '2026-11-30', '2027-02-28', '2027-05-31'],
    ['2027-08-31', '2027-11-30', '2028-02-29', '2028-05-31'],
    ['2026-05-31', '2026-08-31', '2026-11-30', '2027-02-28'],
    ['2026-11-30', '2027-02-28', '2027-05-30', '2027-08-30'],
    ['2026-11-29', '2027-02-28', '2027-05-29', '2027-08-29'],
    // A day that was cut off nowhere stays what it is, also where it is its month's last.
    ['2027-02-28', '2027-05-28', '2027-08-28', '2027-11-28'],
    ['2026-11-28', '2027-02-28', '2027-05-28', '2027-08-28'],
  ])('from %s: %s, %s, %s, whenever the machine comes to them', (move, ...ends) => {
    for (const late of [0, 1000, HOUR, 200 * 24 * HOUR])
      expect(lastDays(passPhases(moved, `${move}T11:00:00.000Z`, late))).toEqual(ends);
  });

  it('on every day, to the last second in Amsterdam', () => {
    const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2031-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 400 * HOUR }), (date, late) => {
        const from = date.toISOString();
        const first = Temporal.Instant.from(from).toZonedDateTimeISO('Europe/Amsterdam').toPlainDate();
        const last = first
          .add({ months: 9 })
          .toZonedDateTime({ timeZone: 'Europe/Amsterdam', plainTime: '23:59:59' });
        const due = dueOf(passPhases(moved, from, late), 'cti.transfer-of-care');
        expect(Date.parse(due)).toBe(last.epochMilliseconds);
      }),
    );
  });

  it('and each begins when the one before it ended', () => {
    const passed = passPhases(moved, now, HOUR);
    expect(passed.steps['cti.try-out']?.since).toBe(dueOf(passed, 'cti.transition'));
    expect(passed.steps['cti.transfer-of-care']?.since).toBe(dueOf(passed, 'cti.try-out'));
    // What the timeline says of it is when it came to it.
    const opened = passed.timeline.filter(({ what }) => what === 'step-opened');
    expect(opened[1]?.at).toBe(passed.steps['cti.transition']?.closedAt);
  });
});

describe('a phase', () => {
  const from = '2026-11-02T11:00:00.000Z';
  const command = (state: RouteState, given: Command, by: string, moment: string) =>
    carryOut(
      state,
      {
        id: `${by}:${moment}`,
        fingerprint: 'f',
        actor: { subject: by, role: 'case-manager' },
        command: given,
      },
      moment,
    );
  const reason = { jwe: 'reason' };

  it('begins at once when two people skipped the one before it, on a route that began before there were norms', () => {
    const { norms: _, ...before } = moved.rules;
    const skip = { kind: 'skip', stepId: 'cti.transition', reason } as const;
    const route = { ...moved, rules: before };
    const asked = command(reach(route, 'cti.transition', from), skip, 'cm-17', from);
    const skipped = command(asked, skip, 'cm-21', from);
    expect(localDay(dueOf(reach(skipped, 'cti.try-out', from), 'cti.try-out'), calendar)).toBe('2027-02-02');
  });

  it('begins at once when it alone is done anew', () => {
    const passed = passPhases(moved, from, HOUR);
    const late = '2027-12-10T11:00:00.000Z';
    const again = command(passed, { kind: 'redo', stepId: 'cti.try-out', reason }, 'cm-17', late);
    expect(localDay(dueOf(reach(again, 'cti.try-out', late), 'cti.try-out'), calendar)).toBe('2028-03-10');
  });

  it('begins at once after a relapse; those after it follow', () => {
    const passed = passPhases(moved, from, HOUR);
    const late = '2027-12-10T11:00:00.000Z';
    const reopened = command(passed, { kind: 'reopen', track: 'cti', reason }, 'cm-17', late);
    expect(lastDays(passPhases(reopened, late, 24 * HOUR))).toEqual([
      '2028-03-10',
      '2028-06-10',
      '2028-09-10',
    ]);
  });

  it('that was on hold, and ends so much later; those after it follow', () => {
    const [since, until] = ['2026-12-01T11:00:00.000Z', '2026-12-31T11:00:00.000Z'];
    const opened = reach(moved, 'cti.transition', from);
    const held = command(opened, { kind: 'hold', until, reason }, 'cm-17', since);
    const passed = passPhases(passMoments(held, until), until, HOUR);
    // 2 February and thirty days.
    expect(lastDays(passed)).toEqual(['2027-03-04', '2027-06-04', '2027-09-04']);
  });

  it('that a hold moved to the end of a month: those after it are counted from that day', () => {
    const [since, until] = ['2026-12-01T11:00:00.000Z', '2026-12-29T11:00:00.000Z'];
    const opened = reach(moved, 'cti.transition', '2026-10-31T11:00:00.000Z');
    const held = command(opened, { kind: 'hold', until, reason }, 'cm-17', since);
    const passed = passPhases(passMoments(held, until), until, HOUR);
    // 31 January and twenty-eight days.
    expect(lastDays(passed)).toEqual(['2027-02-28', '2027-05-28', '2027-08-28']);
  });

  it('that is held up further on: only those after it are counted anew', () => {
    const opened = reach(moved, 'cti.transition', '2026-08-31T11:00:00.000Z');
    const ends = dueOf(opened, 'cti.transition');
    const second = reach(passMoments(opened, ends), 'cti.try-out', ends);
    const [since, until] = ['2027-01-01T11:00:00.000Z', '2027-01-03T11:00:00.000Z'];
    const held = command(second, { kind: 'hold', until, reason }, 'cm-17', since);
    const resumed = passMoments(held, until);
    // 28 February, for the 31st, and two days.
    const late = dueOf(resumed, 'cti.try-out');
    expect(localDay(late, calendar)).toBe('2027-03-02');
    const last = reach(passMoments(resumed, late), 'cti.transfer-of-care', late);
    expect(localDay(dueOf(last, 'cti.transfer-of-care'), calendar)).toBe('2027-06-02');
  });
});

it('only a period follows, and only a period of its own track that stands before it', () => {
  for (const [later, earlier] of Object.entries(follows) as [StepId, StepId][]) {
    expect([stepOf({}, later).kind, stepOf({}, earlier).kind]).toEqual(['period', 'period']);
    expect(stepOf({}, later).track).toBe(stepOf({}, earlier).track);
    expect(stepIdsOf({}).indexOf(earlier)).toBeLessThan(stepIdsOf({}).indexOf(later));
  }
});
