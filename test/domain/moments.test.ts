import { describe, expect, it } from 'vitest';
import { nextMoment, passMoments } from '../../domain/moments.ts';
import { healthOf, waitingsOf } from '../../domain/standing.ts';
import { accepted, reach } from '../../domain/step-transitions.ts';
import { aRoute, daysLater, endOfDayLater, now } from '../support/a-route.ts';

const health = (state: Parameters<typeof waitingsOf>[0]) => healthOf(state, waitingsOf(state));

describe('the calendar of a route', () => {
  const asked = accepted(reach(aRoute(), 'debt.first-talk', now), 'debt.first-talk', 1, now);

  it('reminds at three quarters of the term and marks it overdue when it has passed', () => {
    // From Monday 10:00 until the end of a Monday: 28 days and 13:59:59, of which 21 days and 10:29:59.25.
    const reminder = '2026-11-23T19:29:59.250Z';
    expect(nextMoment(asked)).toBe(reminder);
    const reminded = passMoments(asked, reminder);
    expect(health(reminded)).toBe('DueSoon');
    expect(nextMoment(reminded)).toBe(endOfDayLater(28));
    const overdue = passMoments(reminded, endOfDayLater(28));
    expect(health(overdue)).toBe('Overdue');
    expect(overdue.steps['debt.first-talk']?.status).toBe('open');
    const escalated = passMoments(overdue, daysLater(40));
    expect(escalated.timeline.at(-1)).toMatchObject({ what: 'step-escalated', stepId: 'debt.first-talk' });
    expect(nextMoment(escalated)).toBeUndefined();
  });

  it('catches up with everything that passed while nobody looked, in order', () => {
    const late = passMoments(asked, daysLater(100));
    expect(late.timeline.slice(-3).map(({ what }) => what)).toEqual([
      'step-due-soon',
      'step-overdue',
      'step-escalated',
    ]);
  });

  it('ends a period and nothing else when its time has come', () => {
    const plan = reach(aRoute(), 'intake.personal-plan', now);
    expect(passMoments(plan, daysLater(7))).toBe(plan);
    expect(passMoments(plan, endOfDayLater(7)).steps['intake.personal-plan']?.status).toBe('done');
  });

  it('shows a request that no partner accepted as technical, and as well again once it is accepted', () => {
    const sending = reach(aRoute(), 'debt.registration', now);
    const unreachable = passMoments(sending, daysLater(0.5));
    expect(health(unreachable)).toBe('Technical');
    expect(health(accepted(unreachable, 'debt.registration', 1, daysLater(1)))).toBe('OnTrack');
  });
});
