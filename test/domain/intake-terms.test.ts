/** The intake's statutory terms count from the report and the application, whenever its steps begin. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { reported } from '../../domain/intake-terms.ts';
import { nextMoment, passMoments } from '../../domain/moments.ts';
import type { RouteState, StartOfRoute } from '../../domain/route-state.ts';
import { begin, reach } from '../../domain/step-transitions.ts';
import { routeView, waitsView } from '../../domain/view.ts';
import { aRoute, daysLater, endOfDayLater, now, rules } from '../support/a-route.ts';

let given = 0;
const order = (state: RouteState, command: Command, at = now): RouteState => {
  const actor = { subject: 'cm-17', role: 'case-manager' } as const;
  return carryOut(state, { id: `key-${(given += 1)}`, fingerprint: 'f', actor, command }, at);
};
const begun = (reportedAt = now, known: Partial<StartOfRoute> = {}): RouteState => {
  const { routeId, municipality, origin, targetGroup, caseManager, openingAnswer } = aRoute();
  const report = reported(rules('nl'), reportedAt)!;
  const start = { routeId, municipality, origin, targetGroup, caseManager, openingAnswer, by: caseManager };
  return begin({ ...start, rules: rules('nl'), now, report, ...known });
};
const reason = { jwe: 'reason' };
const sixWeeks = endOfDayLater(42);

describe('the investigation', () => {
  it('is due six weeks after the report, also its part that begins later', () => {
    const route = begun();
    expect(route.steps['intake.identity']).toMatchObject({ since: now, dueAt: sixWeeks });
    const skills = reach(route, 'intake.skills', daysLater(35)).steps['intake.skills']!;
    expect(skills).toMatchObject({ since: daysLater(35), termSince: now, dueAt: sixWeeks });
    expect(skills.remindAt!.every((moment) => moment > daysLater(35))).toBe(true);
  });

  it('is due by a report of before the route, and so is the time for a personal plan', () => {
    const early = begun(daysLater(-3));
    expect(early.steps['intake.identity']!.dueAt).toBe(endOfDayLater(39));
    expect(early.steps['intake.personal-plan']).toMatchObject({
      since: daysLater(-3),
      dueAt: endOfDayLater(4),
    });
    expect(routeView(early, 'nl').intakeTerms).toEqual({
      reportedAt: daysLater(-3),
      investigateBy: endOfDayLater(39),
    });
  });

  it('of which a part begins when its term has passed is overdue at once', () => {
    const late = reach(begun(), 'intake.skills', daysLater(50));
    expect(nextMoment(late)! <= daysLater(50)).toBe(true);
    const wait = waitsView(passMoments(late, daysLater(50)), 'nl').items.find(
      ({ stepId }) => stepId === 'intake.skills',
    );
    expect(wait).toMatchObject({ overdue: true, dueAt: sixWeeks });
  });

  it('stands still during a hold, also the part that begins after it', () => {
    const held = order(begun(), { kind: 'hold', until: daysLater(90), reason }, daysLater(7));
    const after = order(held, { kind: 'go-on' }, daysLater(17));
    const skills = reach(after, 'intake.skills', daysLater(18)).steps['intake.skills'];
    expect(skills!.dueAt).toBe(endOfDayLater(52));
    expect(after.steps['intake.identity']!.dueAt).toBe(endOfDayLater(52));
  });

  it('is due by the rules that the route is under when its part begins, and as long on hold', () => {
    const held = order(begun(), { kind: 'hold', until: daysLater(90), reason }, daysLater(7));
    const after = order(held, { kind: 'go-on' }, daysLater(17));
    const { terms, ...set } = rules('nl');
    const longer = { ...terms['intake.investigation']!, limit: 'P8W', version: 'later' };
    const later = { ...set, version: 'later', terms: { ...terms, 'intake.investigation': longer } };
    const adopted = order(after, { kind: 'adopt-rules', rules: later, reason }, daysLater(18));
    const skills = reach(adopted, 'intake.skills', daysLater(18)).steps['intake.skills'];
    expect(skills!.dueAt).toBe(endOfDayLater(66));
    expect(adopted.steps['intake.identity']!.dueAt).toBe(endOfDayLater(52));
    const same = { ...set, version: 'later', terms: { ...terms, 'partner.answer': longer } };
    const kept = order(after, { kind: 'adopt-rules', rules: same, reason }, daysLater(18));
    expect(kept.report).toEqual(after.report);
  });

  it('of a route of before counts from where each of its steps begins', () => {
    const skills = reach(aRoute(), 'intake.skills', daysLater(35)).steps['intake.skills'];
    expect(skills).toMatchObject({ since: daysLater(35), dueAt: endOfDayLater(77) });
    expect(skills).not.toHaveProperty('termSince');
    expect(routeView(aRoute(), 'nl').intakeTerms).toEqual({});
  });
});

describe('the decision', () => {
  const received = (state: RouteState, at: string, when = daysLater(30)) =>
    order(state, { kind: 'record-application', receivedAt: at }, when);
  const due = (state: RouteState) => state.steps['intake.decision']?.dueAt;

  it('is due two weeks after the end of the investigation where no application is recorded', () => {
    expect(due(reach(begun(), 'intake.decision', daysLater(30)))).toBe(endOfDayLater(44));
  });

  it('is due two weeks after the application, recorded before it is waited for or after', () => {
    const before = reach(received(begun(), daysLater(28)), 'intake.decision', daysLater(33));
    expect(due(before)).toBe(endOfDayLater(42));
    expect(before.steps['intake.decision']).toMatchObject({
      since: daysLater(33),
      termSince: daysLater(28),
    });
    const after = received(reach(begun(), 'intake.decision', daysLater(33)), daysLater(28), daysLater(34));
    expect(due(after)).toBe(endOfDayLater(42));
    expect(routeView(after, 'nl').intakeTerms).toMatchObject({
      applicationReceivedAt: daysLater(28),
      decideBy: endOfDayLater(42),
    });
  });

  it('that is taken needs no application any more; one that is taken anew has a term of its own', () => {
    const open = reach(received(begun(), daysLater(28)), 'intake.decision', daysLater(30));
    const decided = order(open, { kind: 'decide', decision: { granted: true, reason } }, daysLater(31));
    expect(() => received(decided, daysLater(31))).toThrow('decision on the application was taken');
    const redo: Command = { kind: 'redo', stepId: 'intake.decision', reason };
    const anew = reach(order(decided, redo, daysLater(60)), 'intake.decision', daysLater(60));
    expect(due(anew)).toBe(endOfDayLater(74));
  });
});
