/** What becomes of a statutory term when its step is asked again. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { nextMoment, passMoments } from '../../domain/moments.ts';
import { receive } from '../../domain/partner-news.ts';
import { requestIdOf } from '../../domain/request-id.ts';
import type { RouteState, StepRecord } from '../../domain/route-state.ts';
import { healthOf, waitingsOf } from '../../domain/standing.ts';
import { accepted, failedTechnically, reach } from '../../domain/step-transitions.ts';
import type { StepId } from '../../domain/steps.ts';
import { aRoute, daysLater, endOfDayLater, now, routeId } from '../support/a-route.ts';

const reason = { jwe: 'reason' };
const actor = { subject: 'cm-17', role: 'case-manager' as const };
const tell = (state: RouteState, command: Command, at: string) =>
  carryOut(state, { id: `${command.kind}:${at}`, fingerprint: 'f', actor, command }, at);
const redo = (state: RouteState, stepId: StepId, at: string) =>
  tell(state, { kind: 'redo', stepId, reason }, at);
const asked = (stepId: StepId, from = now, state = aRoute()): RouteState =>
  accepted(reach(state, stepId, from), stepId, state.steps[stepId]?.attempt ?? 1, from);
const answered = (state: RouteState, kind: 'step-completed' | 'step-refused'): RouteState => {
  const requestId = requestIdOf(routeId, 'debt.plan', state.steps['debt.plan']!.attempt);
  return receive(state, { eventId: `e-${kind}`, party: 'debt-service', kind, requestId }, daysLater(10))
    .state;
};
const datesOf = ({ dueAt, remindAt, escalateAt }: StepRecord) => ({ dueAt, remindAt, escalateAt });
const planOf = ({ steps }: RouteState) => steps['debt.plan']!;
const kinds = ({ outbox }: RouteState) =>
  outbox.flatMap((each) => (each.what === 'notice' ? [each.kind] : []));

/** Eight weeks from Monday 2 November; reminded of after six. */
const plan = asked('debt.plan');
const due = endOfDayLater(56);

describe('a statutory term of a step that nobody has answered', () => {
  it('goes on when the step is asked again', () => {
    const again = redo(plan, 'debt.plan', daysLater(30));
    expect(planOf(again)).toMatchObject({ status: 'open', attempt: 2, since: daysLater(30), dueAt: due });
    expect(datesOf(planOf(again))).toEqual(datesOf(planOf(plan)));
    expect(again.timeline.at(-1)).toMatchObject({ what: 'step-opened', attempt: 2, dueAt: due });
  });

  it('goes on also when the request could not succeed as it was, and however often it is asked', () => {
    const stuck = failedTechnically(plan, 'debt.plan', 1, 'PartnerRejected', daysLater(1));
    const again = redo(redo(stuck, 'debt.plan', daysLater(20)), 'debt.plan', daysLater(50));
    expect(planOf(again)).toMatchObject({ status: 'open', attempt: 3, dueAt: due });
  });

  it('that has passed stays passed: what was told is not told again, what is still ahead is', () => {
    const overdue = passMoments(plan, daysLater(60));
    const again = redo(overdue, 'debt.plan', daysLater(60));
    expect(planOf(again)).toMatchObject({ attempt: 2, dueAt: due, overdue: true, reminded: true });
    expect(healthOf(again, waitingsOf(again))).toBe('Overdue');
    const later = passMoments(again, daysLater(100));
    expect(kinds(later)).toEqual(['reminder', 'overdue', 'escalated']);
    expect(nextMoment(redo(later, 'debt.plan', daysLater(100)))).toBe(daysLater(100 + 4 / 24));
  });

  it('goes on when a reopened track comes to the step once more', () => {
    const done: StepRecord = { status: 'done', attempt: 1, since: now, closedAt: now };
    const state = { ...plan, steps: { ...plan.steps, 'debt.first-talk': done } };
    const reopened = tell(state, { kind: 'reopen', track: 'debt', reason }, daysLater(20));
    expect(waitingsOf(reopened)).toEqual([]);
    const again = reach(reopened, 'debt.plan', daysLater(58));
    expect(planOf(again)).toMatchObject({ status: 'open', attempt: 2, dueAt: due });
    expect(planOf(passMoments(again, daysLater(58))).overdue).toBe(true);
  });

  it('stands still during a hold, also where the step is asked again or set aside meanwhile', () => {
    const done: StepRecord = { status: 'done', attempt: 1, since: now, closedAt: now };
    const state = { ...plan, steps: { ...plan.steps, 'debt.first-talk': done } };
    const held = tell(state, { kind: 'hold', until: daysLater(24), reason }, daysLater(10));
    const shifted = endOfDayLater(70);
    expect(planOf(passMoments(redo(held, 'debt.plan', daysLater(20)), daysLater(24))).dueAt).toBe(shifted);
    const aside = tell(held, { kind: 'reopen', track: 'debt', reason }, daysLater(20));
    const again = reach(passMoments(aside, daysLater(24)), 'debt.plan', daysLater(25));
    expect(planOf(again).dueAt).toBe(shifted);
  });

  it('keeps where it came from when later rules are taken over', () => {
    const rules = { ...plan.rules, version: '2027-01-01' };
    const decision = { ...rules.terms['debt.decision']!, limit: 'P6W', version: '2027-01-01' };
    const later = { ...rules, terms: { ...rules.terms, 'debt.decision': decision } };
    const done: StepRecord = { status: 'done', attempt: 1, since: now, closedAt: now };
    const state = { ...plan, steps: { ...plan.steps, 'debt.first-talk': done } };
    const adopt = { kind: 'adopt-rules', rules: later, reason } as const;
    const aside = tell(
      tell(state, { kind: 'reopen', track: 'debt', reason }, daysLater(1)),
      adopt,
      daysLater(2),
    );
    const open = redo(tell(plan, adopt, daysLater(2)), 'debt.plan', daysLater(3));
    for (const each of [open, reach(aside, 'debt.plan', daysLater(3))])
      expect(planOf(each)).toMatchObject({ dueAt: due, source: { version: '2026-07-01' } });
  });

  it('ends sooner when another rule says so: three working days where a threat has come to light', () => {
    const talk = asked('debt.first-talk');
    const threatened = redo({ ...talk, threat: 'eviction' }, 'debt.first-talk', daysLater(1));
    expect(threatened.steps['debt.first-talk']).toMatchObject({
      rule: 'debt.first-talk.threat',
      dueAt: endOfDayLater(4),
    });
    const late = redo({ ...talk, threat: 'eviction' }, 'debt.first-talk', daysLater(27));
    expect(late.steps['debt.first-talk']?.dueAt).toBe(endOfDayLater(28));
  });
});

describe('a term of its own', () => {
  it.each(['step-completed', 'step-refused'] as const)('has what is asked again after %s', (kind) => {
    const again = redo(answered(plan, kind), 'debt.plan', daysLater(30));
    const open = planOf(again).status === 'open' ? again : reach(again, 'debt.plan', daysLater(30));
    expect(planOf(open)).toMatchObject({ attempt: 2, dueAt: endOfDayLater(86) });
    expect(planOf(open).termSince).toBeUndefined();
  });

  it('has each attempt where no statute sets the term', () => {
    const again = redo(asked('debt.registration'), 'debt.registration', daysLater(10));
    expect(again.steps['debt.registration']?.dueAt).toBe(endOfDayLater(24));
  });

  it('has each attempt in a run of before', () => {
    const { edition: _, ...before } = plan;
    expect(planOf(redo(before, 'debt.plan', daysLater(50))).dueAt).toBe(endOfDayLater(106));
  });
});
