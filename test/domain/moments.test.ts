import { describe, expect, it } from 'vitest';
import { carryOut } from '../../domain/commands.ts';
import { nextMoment, passMoments } from '../../domain/moments.ts';
import { healthOf, waitingsOf } from '../../domain/standing.ts';
import { accepted, reach } from '../../domain/step-transitions.ts';
import { detailsText } from '../../domain/texts.ts';
import { timelineView } from '../../domain/view.ts';
import { aRoute, daysLater, endOfDayLater, now, rules } from '../support/a-route.ts';

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

  it('tells each reminder under a key of its own, where a rule set has more than one', () => {
    const twice = aRoute({ rules: { ...rules('nl'), reminderShares: [0.5, 0.75] } });
    const late = passMoments(reach(twice, 'debt.first-talk', now), daysLater(25));
    const keys = late.outbox.flatMap((each) => (each.what === 'notice' ? [each.key] : []));
    expect(keys).toEqual([1, 2].map((nth) => `${late.routeId}:debt.first-talk:1:reminder:${nth}`));
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
    expect(detailsText(unreachable, waitingsOf(unreachable), 'nl')).toContain('(de partij is onbereikbaar)');
    expect(health(accepted(unreachable, 'debt.registration', 1, daysLater(1)))).toBe('OnTrack');
  });
});

describe('a date that was set under earlier rules', () => {
  const asked = accepted(reach(aRoute(), 'debt.plan', now), 'debt.plan', 1, now);
  const { rules } = asked;
  const decision = { ...rules.terms['debt.decision']!, basis: 'Wgs art. 4b', version: '2027-01-01' };
  const later = { ...rules, version: '2027-01-01', terms: { ...rules.terms, 'debt.decision': decision } };
  const actor = { subject: 'cm-17', role: 'case-manager' as const };
  const command = { kind: 'adopt-rules', rules: later, reason: { jwe: 'reason' } } as const;
  const adopted = carryOut(asked, { id: 'k', fingerprint: 'f', actor, command }, daysLater(5));
  const source = { rule: 'debt.decision', ruleSet: 'nl', version: '2026-07-01', basis: 'Wgs art. 4a' };

  it('is reminded of, found overdue and escalated as what it is', () => {
    const late = passMoments(adopted, daysLater(70));
    const dated = timelineView(late, 'en').filter(({ dueAt }) => dueAt);
    expect(dated.map(({ what, term }) => [what, term])).toEqual(
      ['step-opened', 'step-due-soon', 'step-overdue', 'step-escalated'].map((what) => [what, source]),
    );
    expect(late.outbox).toMatchObject(['reminder', 'overdue', 'escalated'].map((kind) => ({ kind, source })));
  });

  it('is told as what it is also when the rules are taken over before the notice was sent', () => {
    const waiting = passMoments(asked, daysLater(50));
    const after = carryOut(waiting, { id: 'k', fingerprint: 'f', actor, command }, daysLater(50));
    expect(after.outbox).toMatchObject([{ kind: 'reminder', source }]);
  });
});
