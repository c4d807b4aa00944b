/** What operations would do to a route, and how a route stands to the outage of a partner. */
import { describe, expect, it } from 'vitest';
import { carryOut } from '../../domain/commands.ts';
import type { Command } from '../../domain/command.ts';
import { Held } from '../../domain/operations/outage-held.ts';
import { holderOf, isHeldBy, standsTo, type Outage } from '../../domain/operations/outage.ts';
import { atItsBeginning, tallied } from '../../domain/operations/repair-progress.ts';
import { commandOf, operationsEnvelope, wouldAnswer } from '../../domain/operations/repair.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { aRoute, daysLater, now, routeId } from '../support/a-route.ts';

const reason = { jwe: 'sealed' };
const outage: Outage = {
  party: 'debt-service',
  by: 'ops-1',
  reason: 'INC-4711',
  since: now,
  until: daysLater(3),
};
const given = (state: RouteState, by: string, command: Command, at: string, id = `${by}:${at}`) =>
  carryOut(state, operationsEnvelope(id, by, command), at);
const held = (by: string, until = outage.until) =>
  given(aRoute(), by, { kind: 'hold', until, reason }, daysLater(0.5));

describe('a repair', () => {
  const order = { kind: 'hold', until: daysLater(3) } as const;
  const envelope = operationsEnvelope('repair-1:route', 'ops-1', commandOf(order, reason));

  it('is foretold without being carried out, with the reason where it is refused', () => {
    expect(wouldAnswer(aRoute(), envelope, now)).toEqual({ outcome: 'done' });
    expect(wouldAnswer(held('cm-17'), envelope, daysLater(1))).toMatchObject({
      outcome: 'refused',
      kind: 'already-on-hold',
    });
  });

  it('that was carried out is done, whatever the route would say to it now', () => {
    const state = carryOut(aRoute(), envelope, now);
    expect(wouldAnswer(state, envelope, daysLater(1))).toEqual({ outcome: 'done' });
  });

  it('is counted: what is refused by why, who is not reached by name', () => {
    const none = { ...atItsBeginning('2026-11-29T08:00:00.000Z'), found: 3 };
    const answers = [
      { routeId: 'a', outcome: { outcome: 'done', retried: 2 } as const },
      { routeId: 'b', outcome: { outcome: 'refused', kind: 'step-not-open', message: '' } as const },
      { routeId: 'c', outcome: { outcome: 'unreached', message: '' } as const },
    ];
    expect(tallied(none, answers)).toEqual({
      done: 1,
      retried: 2,
      refused: 1,
      refusedBy: { 'step-not-open': 1 },
      refusals: [{ routeId: 'b', kind: 'step-not-open' }],
      unreached: ['c'],
    });
  });
});

describe('the outage of a partner', () => {
  it('holds whoever nobody decided about', () => {
    expect(standsTo(aRoute(), outage)).toBe('to-hold');
    expect(standsTo(held('cm-17'), outage)).toBe('left');
  });

  it('knows its own holds, and lets no others go', () => {
    const own = held(holderOf(outage));
    expect([standsTo(own, outage), isHeldBy(own, outage)]).toEqual(['held', true]);
    expect(isHeldBy(held(holderOf({ ...outage, party: 'benefits-office' })), outage)).toBe(false);
  });

  it('leaves alone whom somebody let go on, and not whom the calendar or another outage did', () => {
    const end = (by: string) => given(held(holderOf(outage)), by, { kind: 'go-on' }, daysLater(1));
    expect(standsTo(end('cm-17'), outage)).toBe('left');
    expect(standsTo(end('ops-2-outage-benefits-office'), outage)).toBe('to-hold');
  });

  it('carries the ids of its routes from run to run', () => {
    const all = new Held();
    all.add(routeId);
    const next = new Held(all.packed());
    expect([next.has(routeId), next.all(), next.size]).toEqual([true, [routeId], 1]);
  });
});
