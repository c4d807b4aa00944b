/** Objection to a refusal: once, in time, to a decision of a public body; and the ex officio registration beside it. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { factsOf } from '../../domain/facts.ts';
import { movesAbout } from '../../domain/lawful-moves.ts';
import { passMoments } from '../../domain/moments.ts';
import type { PartnerNews } from '../../domain/news.ts';
import { receive } from '../../domain/partner-news.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { settled } from '../../domain/settle.ts';
import { waitingsOf } from '../../domain/standing.ts';
import { accepted, reach } from '../../domain/step-transitions.ts';
import { isAsked, steps, type ProcessStepId } from '../../domain/steps.ts';
import { waitsView } from '../../domain/view.ts';
import { refusalOf } from '../support/refusal-of.ts';
import { agreement, aRoute, daysLater, endOfDayLater, now, routeId, rules } from '../support/a-route.ts';

const reason = { jwe: 'reason' };
const postal = 'income.postal-address';
const exOfficio = 'income.ex-officio';
let keys = 0;

function order(state: RouteState, command: Command, at = now): RouteState {
  const actor = { subject: 'cm-17', role: 'case-manager' } as const;
  const next = carryOut(state, { id: `key-${(keys += 1)}`, fingerprint: 'f', actor, command }, at);
  return settled(state, next, at);
}
const told = (
  state: RouteState,
  stepId: ProcessStepId,
  kind: 'step-completed' | 'step-refused',
  at = now,
): RouteState => {
  const { party } = steps[stepId];
  const news: PartnerNews = {
    eventId: `event-${(keys += 1)}`,
    party: isAsked(party) ? party : 'civil-registry',
    kind,
    requestId: `${routeId}:${stepId}:${state.steps[stepId]!.attempt}`,
    ...(kind === 'step-refused' && { reason: 'no-proven-residence' }),
  };
  return settled(state, receive(state, news, at).state, at);
};
const object = (more: { stepId?: string; lodgedOn?: string } = {}): Command => ({
  kind: 'object',
  stepId: postal,
  reason,
  ...more,
});
const ask = { kind: 'begin-step', stepId: exOfficio, reason } as const;

const refusedOf = (stepId: ProcessStepId, route = aRoute()): RouteState =>
  told(reach(route, stepId, now), stepId, 'step-refused');
const refused = refusedOf(postal);

describe('the term to object', () => {
  const soon = daysLater(33);
  const reminders = ({ outbox }: RouteState) =>
    outbox.filter((each) => each.what === 'notice' && each.kind === 'objection-due-soon');

  it('is something of which the case manager hears before it runs out, once, also while the route is on hold', () => {
    const until = daysLater(60);
    const held = order(refused, { kind: 'hold', until, reason }, daysLater(1));
    for (const state of [refused, held]) {
      expect(reminders(passMoments(state, daysLater(31)))).toEqual([]);
      const told = passMoments(state, soon);
      expect(reminders(told)).toMatchObject([
        { to: 'case-manager', stepId: postal, dueAt: endOfDayLater(42), source: { basis: 'Awb art. 6:7' } },
      ]);
      expect(reminders(passMoments(told, daysLater(40)))).toHaveLength(1);
    }
  });

  it('is not what a refusal of before is told about once it has passed, nor one that is no decision', () => {
    const { edition: _, ...before } = refused;
    const later = { ...passMoments({ ...before, edition: 6 }, daysLater(50)), edition: 7 };
    expect(reminders(passMoments(later, daysLater(51)))).toEqual([]);
    expect(reminders(passMoments(refusedOf('intake.skills'), soon))).toEqual([]);
  });
});

describe('an objection', () => {
  const lodged = order(refused, object(), daysLater(10));

  it('asks the step again as an objection, due six weeks after the term to lodge one', () => {
    expect(lodged.steps[postal]).toMatchObject({
      status: 'open',
      attempt: 2,
      objectsTo: 1,
      rule: 'decision.objection',
      dueAt: endOfDayLater(84),
      termSince: endOfDayLater(42),
    });
    expect(lodged.timeline.map(({ what }) => what)).toContain('objection-lodged');
    expect(waitsView(lodged, 'nl').items[0]?.sentence).toContain(
      'Briefadres: er is nog niet op het bezwaar beslist; wacht op burgerzaken (BRP)',
    );
  });

  it('that is well-founded does the step', () => {
    const done = told(lodged, postal, 'step-completed', daysLater(30));
    expect(done.steps[postal]).toMatchObject({ status: 'done', objectsTo: 1 });
    expect(factsOf(done)).toContain('address');
  });

  it('that is dismissed leaves the refusal with its reason: then there is an appeal, and no other objection', () => {
    const dismissed = told(lodged, postal, 'step-refused', daysLater(30));
    expect(dismissed.steps[postal]).toMatchObject({ status: 'refused', reason: 'no-proven-residence' });
    expect(refusalOf(() => order(dismissed, object()))).toBe('objection-decided');
    expect(movesAbout(dismissed, postal).map(({ move }) => move)).toEqual([
      'appeal',
      'ask-ex-officio',
      'redo',
    ]);
    expect(waitsView(dismissed, 'nl').items[0]?.sentence).toContain('het bezwaar is ongegrond verklaard');
  });

  it('can be lodged until the last second of the sixth week, and no later', () => {
    const last = endOfDayLater(42);
    expect(order(refused, object(), last).steps[postal]?.objectsTo).toBe(1);
    expect(refusalOf(() => order(refused, object(), daysLater(43)))).toBe('objection-too-late');
  });

  it('that was lodged in time may be recorded later', () => {
    const recorded = order(refused, object({ lodgedOn: '2026-12-14' }), daysLater(60));
    expect(recorded.steps[postal]?.objectsTo).toBe(1);
    const late = () => order(refused, object({ lodgedOn: '2026-12-15' }), daysLater(60));
    expect(refusalOf(late)).toBe('objection-too-late');
  });

  it('is to a refusal alone, of a decision of a public body', () => {
    expect(refusalOf(() => order(aRoute(), object()))).toBe('step-not-open');
    expect(refusalOf(() => order(reach(aRoute(), postal, now), object()))).toBe('step-not-refused');
    expect(refusalOf(() => order(lodged, object()))).toBe('step-not-refused');
    const skills = refusedOf('intake.skills');
    expect(refusalOf(() => order(skills, object({ stepId: 'intake.skills' })))).toBe('not-a-decision');
    const plan = order(refusedOf('debt.plan'), object({ stepId: 'debt.plan' }));
    expect(plan.steps['debt.plan']).toMatchObject({ objectsTo: 1, rule: 'decision.objection' });
  });

  it('stays one, with its term, when it is asked once more before it was answered; a new application is none', () => {
    const again = order(lodged, { kind: 'redo', stepId: postal, reason }, daysLater(20));
    expect(again.steps[postal]).toMatchObject({ attempt: 3, objectsTo: 1, dueAt: endOfDayLater(84) });
    const anew = order(told(again, postal, 'step-refused'), { kind: 'redo', stepId: postal, reason });
    expect(anew.steps[postal]).toMatchObject({ attempt: 4, rule: 'income.postal-address' });
    expect(anew.steps[postal]?.objectsTo).toBeUndefined();
    const refusedAnew = told(anew, postal, 'step-refused');
    expect(order(refusedAnew, object()).steps[postal]?.objectsTo).toBe(4);
  });

  it('of a track that is opened again waits, and stays an objection', () => {
    const benefit = 'income.benefit';
    const known: RouteState = {
      ...aRoute(),
      steps: { [postal]: { status: 'done', attempt: 1, since: now } },
    };
    const begun = order(refusedOf(benefit, known), object({ stepId: benefit }));
    const aside = order(begun, { kind: 'reopen', track: 'income', reason });
    expect(aside.steps[benefit]).toMatchObject({ status: 'blocked', attempt: 3, objectsTo: 1 });
  });

  it('has no date in a route whose rules are older than these terms, and is no less an objection', () => {
    const { 'decision.lodging': _, 'decision.objection': __, ...terms } = rules('nl').terms;
    const old = refusedOf(postal, aRoute({ rules: { ...rules('nl'), terms } }));
    expect(movesAbout(old, postal)[0]).toEqual({ move: 'object' });
    const late = order(old, object(), daysLater(300));
    expect(late.steps[postal]).toEqual({ status: 'open', attempt: 2, since: daysLater(300), objectsTo: 1 });
  });
});

it('what may be done about a refusal is said by name, with until when', () => {
  expect(waitsView(refused, 'nl').items[0]).toMatchObject({
    nextMove: 'redo-or-object',
    nextMoveSentence:
      'bezwaar maken (uiterlijk 2026-12-14), ambtshalve inschrijving vragen of opnieuw aanvragen',
    moves: [{ move: 'object', until: endOfDayLater(42) }, { move: 'ask-ex-officio' }, { move: 'redo' }],
  });
  expect(waitsView(refusedOf('intake.skills'), 'en').items[0]).toMatchObject({
    nextMoveSentence: 'ask again',
    moves: [{ move: 'redo' }],
  });
});

describe('an ex officio registration', () => {
  const asked = order(refused, ask);

  it('is asked where the request was refused, and once at a time', () => {
    expect(asked.steps[exOfficio]).toMatchObject({ status: 'open', attempt: 1, rule: postal });
    expect(refusalOf(() => order(asked, ask))).toBe('step-under-way');
    expect(refusalOf(() => order(reach(aRoute(), postal, now), ask))).toBe('step-not-beginnable');
    expect(order(told(asked, exOfficio, 'step-refused'), ask).steps[exOfficio]?.attempt).toBe(2);
  });

  it('goes on beside an objection; where it brings an address the request is called off, objection and all', () => {
    const both = accepted(order(asked, object()), postal, 2, now);
    expect(order(order(refused, object()), ask).steps[exOfficio]?.status).toBe('open');
    const registered = told(both, exOfficio, 'step-completed');
    expect(factsOf(registered)).toContain('address');
    expect(registered.steps[postal]?.status).toBe('not-asked');
    expect(registered.outbox).toContainEqual({
      what: 'release',
      key: `${routeId}:${postal}:2`,
      party: 'civil-registry',
    });
    expect(waitingsOf(registered)).toEqual([]);
  });

  it('is called off itself when the objection was well-founded', () => {
    const both = order(asked, object());
    const granted = told(both, postal, 'step-completed');
    expect(granted.steps[exOfficio]?.status).toBe('not-asked');
    expect(factsOf(granted)).toContain('address');
  });

  it('that nobody asked for is nobody to wait on', () => {
    const waits = reach(refusedOf(postal, aRoute({ agreement })), 'income.benefit', now);
    const of = (state: RouteState) => waitingsOf(state).find(({ stepId }) => stepId === 'income.benefit');
    expect(of(waits)?.waitingOn).toBe('housing-corporation');
    expect(of(order(waits, ask))?.waitingOn).toBe('civil-registry');
  });
});
