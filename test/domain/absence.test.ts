/** Death, disappearance and detention: endings and holds of their own. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { toldOfClosure } from '../../domain/closing-file.ts';
import { nextMoment, passMoments } from '../../domain/moments.ts';
import { contentOf } from '../../domain/route-notices.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { healthOf, waitingsOf } from '../../domain/standing.ts';
import { accepted, reach } from '../../domain/step-transitions.ts';
import { routeView, timelineView, waitsView } from '../../domain/view.ts';
import { aRoute, daysLater, endOfDayLater, now, rules } from '../support/a-route.ts';

const reason = { jwe: 'reason' };
let given = 0;
const order = (state: RouteState, command: Command, at = now): RouteState => {
  const actor = { subject: 'cm-17', role: 'case-manager' } as const;
  return carryOut(state, { id: `key-${(given += 1)}`, fingerprint: 'f', actor, command }, at);
};
const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as { kind: string }).kind;
  }
  return 'none';
};
const told = (state: RouteState) =>
  state.outbox.flatMap((each) => (each.what === 'route-notice' ? [contentOf(state, each)] : []));
const end = (ending: 'deceased' | 'disappeared' | 'detained') =>
  ({ kind: 'close-early', reason, ending }) as const;

const asked = accepted(reach(aRoute(), 'debt.first-talk', now), 'debt.first-talk', 1, now);
const due = asked.steps['debt.first-talk']!.dueAt!;

describe('death', () => {
  const over = order(asked, end('deceased'));

  it('ends the route; who was asked hears that it is off, and the file says how it ended', () => {
    expect(over).toMatchObject({ ending: 'deceased', steps: { 'debt.first-talk': { status: 'withdrawn' } } });
    expect(over.outbox).toMatchObject([
      { what: 'release', party: 'debt-service', key: expect.stringMatching(/debt\.first-talk:1$/) },
    ]);
    expect(toldOfClosure(over, 'closure.file').ending).toBe('deceased');
    expect(timelineView(over, 'nl').at(-1)?.sentence).toBe('Route wordt afgerond: de persoon is overleden');
  });

  it('also while the route is on hold', () => {
    const held = order(asked, { kind: 'hold', absence: 'out-of-contact', reason });
    expect(order(held, end('deceased')).hold).toBeUndefined();
  });
});

describe('who is out of contact', () => {
  const lost = order(asked, { kind: 'hold', absence: 'out-of-contact', reason });

  it('lets the terms stand still until they are found, whenever that is', () => {
    expect(healthOf(lost, waitingsOf(lost))).toBe('OnHold');
    const found = order(lost, { kind: 'go-on' }, daysLater(200));
    expect(found.hold).toBeUndefined();
    const later = Date.parse(found.steps['debt.first-talk']!.dueAt!) - Date.parse(due);
    // Until the Monday after it, as a statutory term does.
    expect(later / 86_400_000).toBeCloseTo(203, 0);
    expect(timelineView(found, 'nl').at(-1)?.sentence).toBe('De persoon is er weer; route hervat');
  });

  it('is a blocker of its own, for the case manager to see to', () => {
    const { hold, items } = waitsView(lost, 'nl');
    expect(hold?.sentence).toBe(
      'In de wacht: geen contact met de persoon sinds 2026-11-02 10:00, door cm-17; termijnen staan stil',
    );
    expect(items.at(-1)).toMatchObject({
      blocker: 'out-of-contact',
      waitingOn: 'case-manager',
      since: now,
      nextMove: 'seek-contact',
    });
    expect(routeView(lost, 'en').hold).toMatchObject({ kind: 'out-of-contact', decideAt: endOfDayLater(92) });
  });

  it('after the time of the rules its owner is asked once to decide, and may end the route so', () => {
    expect(nextMoment(lost)).toBe(endOfDayLater(92));
    expect(refusal(() => order(lost, end('disappeared'), daysLater(80)))).toBe('absence-too-short');
    const late = passMoments(lost, daysLater(100));
    expect(told(late)).toMatchObject([{ kind: 'absence-decision', recipient: 'cm-17' }]);
    expect(nextMoment(late)).toBeUndefined();
    expect(waitingsOf(late).at(-1)?.nextMove).toBe('decide-absence');
    expect(order(late, end('disappeared'), daysLater(101)).ending).toBe('disappeared');
    expect(order(lost, end('disappeared'), daysLater(100)).ending).toBe('disappeared');
  });

  it('is a reason to end a route for none but who is on hold for it', () => {
    const held = order(asked, { kind: 'hold', until: daysLater(400), reason });
    for (const state of [asked, held])
      for (const ending of ['disappeared', 'detained'] as const)
        expect(refusal(() => order(state, end(ending)))).toBe('absence-not-so');
  });

  it('under rules of before it has no time: its owner decides', () => {
    const { norms: _, ...before } = rules('nl');
    const old = order({ ...asked, rules: before }, { kind: 'hold', absence: 'out-of-contact', reason });
    expect(nextMoment(old)).toBeUndefined();
    expect(waitingsOf(old).at(-1)?.nextMove).toBe('seek-contact');
    expect(order(old, end('disappeared'), daysLater(1)).ending).toBe('disappeared');
  });
});

describe('who is in detention', () => {
  const done = { status: 'done', attempt: 1, since: now, closedAt: now } as const;
  const withBenefit: RouteState = { ...asked, steps: { ...asked.steps, 'income.benefit': done } };
  const detained = (until: number, state = asked) =>
    order(state, { kind: 'hold', absence: 'detained', until: daysLater(until), reason });

  it('goes on at their release; the terms stood still', () => {
    const free = passMoments(detained(30), daysLater(31));
    expect(free.hold).toBeUndefined();
    expect(free.steps['debt.first-talk']!.dueAt! > due).toBe(true);
    expect(waitsView(detained(30), 'en').items.at(-1)).toMatchObject({
      blocker: 'detained',
      waitingOn: 'calendar',
      dueAt: daysLater(30),
    });
  });

  it('has a benefit that is to be looked at, of which no fact changes by itself', () => {
    const held = detained(30, withBenefit);
    expect(routeView(held, 'nl').facts).toContain('income');
    expect(told(held)).toMatchObject([
      { kind: 'benefit-in-detention', recipient: 'cm-17', rule: 'Participatiewet art. 13(1)(a)' },
    ]);
    const wait = waitsView(held, 'nl').items.at(-1);
    expect(wait).toMatchObject({ stepId: 'income.benefit', nextMove: 'look-at-benefit' });
    expect(wait?.nextMoveSentence).toContain('Participatiewet art. 13(1)(a)');
    const free = passMoments({ ...held, outbox: [] }, daysLater(31));
    expect(told(free)).toMatchObject([{ kind: 'benefit-in-detention' }]);
    expect(told(detained(30))).toEqual([]);
  });

  it('ends the route where it lasts, or is known to last, for longer than the rules let it wait', () => {
    expect(refusal(() => order(detained(100), end('detained'), daysLater(50)))).toBe('absence-too-short');
    expect(order(detained(400), end('detained'), daysLater(1)).ending).toBe('detained');
    const late = passMoments(detained(400), daysLater(200));
    expect(told(late)).toMatchObject([{ kind: 'absence-decision' }]);
    expect(order(late, end('detained'), daysLater(200)).ending).toBe('detained');
    expect(refusal(() => order(detained(400), end('disappeared')))).toBe('absence-not-so');
  });
});
