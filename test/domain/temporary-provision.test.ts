/** A temporary provision in an emergency: at once, and until the decision. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { reach } from '../../domain/step-transitions.ts';
import { routeView, timelineView } from '../../domain/view.ts';
import { aRoute, daysLater, now } from '../support/a-route.ts';

let given = 0;
const order = (state: RouteState, command: Command, at = now): RouteState => {
  const actor = { subject: 'cm-17', role: 'case-manager' } as const;
  return carryOut(state, { id: `key-${(given += 1)}`, fingerprint: 'f', actor, command }, at);
};
const reason = { jwe: 'reason' };
const emergency: Command = { kind: 'begin-provision', reason: 'no-roof', note: { jwe: 'note' } };
const atDecision = (state: RouteState) => reach(state, 'intake.decision', now);
const shown = (state: RouteState) => routeView(state, 'nl').temporaryProvision;
const running = {
  since: now,
  reason: 'no-roof',
  by: 'cm-17',
  basis: 'Wmo 2015 art. 2.3.3',
};

describe('a temporary provision', () => {
  it('is given at once, before anything else of the intake, on its legal basis', () => {
    const route = order(aRoute(), emergency);
    expect(shown(route)).toEqual(running);
    expect(timelineView(route, 'nl').at(-1)!.sentence).toBe('Tijdelijke voorziening toegekend (spoed)');
    expect(() => order(route, emergency)).toThrow('runs already');
    expect(shown(aRoute())).toBeUndefined();
  });

  it.each([true, false])('ends with the decision, granted: %s', (granted) => {
    const route = atDecision(order(aRoute(), emergency));
    const decided = order(route, { kind: 'decide', decision: { granted, reason } }, daysLater(9));
    expect(shown(decided)).toEqual({ ...running, until: daysLater(9) });
    expect(timelineView(decided, 'en').map(({ what }) => what)).toContain('provision-ended');
  });

  it('ends with a route that is closed early', () => {
    const closed = order(order(aRoute(), emergency), { kind: 'close-early', reason }, daysLater(2));
    expect(shown(closed)).toEqual({ ...running, until: daysLater(2) });
  });

  it('is none after the decision, but for one that is taken anew', () => {
    const decided = order(atDecision(aRoute()), { kind: 'decide', decision: { granted: true, reason } });
    expect(() => order(decided, emergency)).toThrow('decision was taken');
    const anew = order(decided, { kind: 'redo', stepId: 'intake.decision', reason });
    expect(shown(order(anew, emergency))).toEqual(running);
  });
});

it('the decision is shown with its reasons as codes, and without its words', () => {
  const decision = {
    granted: true,
    housingForm: 'own-home',
    reasons: ['own-wish', 'skills'] as const,
    reason,
  };
  const decided = order(atDecision(aRoute()), {
    kind: 'decide',
    decision: { ...decision, reasons: [...decision.reasons] },
  });
  expect(routeView(decided, 'nl').decision).toEqual({
    granted: true,
    housingForm: 'own-home',
    reasons: ['own-wish', 'skills'],
    decidedAt: now,
  });
  expect(routeView(aRoute(), 'nl')).not.toHaveProperty('decision');
});
