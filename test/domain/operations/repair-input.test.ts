import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refuseUnclear } from '../../../domain/operations/repair-input.ts';
import { atItsBeginning, orderText, tallied } from '../../../domain/operations/repair-progress.ts';
import { isRepeatable } from '../../../domain/operations/repair.ts';
import { Refused } from '../../../domain/refusal.ts';

const clear = {
  name: 'proef-1',
  query: "WaitingOn = 'support-provider'",
  order: { kind: 'redo', stepId: 'intake.skills' },
  by: 'ops-1',
  reason: 'INC-4711',
  dryRun: true,
};

function refusedBy(input: unknown): Refused | undefined {
  try {
    refuseUnclear(input);
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

describe('a repair of many routes that is typed in the Temporal UI', () => {
  it.each([
    ['as the runbook has it', {}],
    ['a hold', { order: { kind: 'hold', until: '2099-01-01T00:00:00Z' } }],
    ['of all open routes', { query: '', order: { kind: 'go-on' } }],
    ['with a pace of its own', { pace: { perSecond: 1, atOnce: 1 }, pageSize: 1, runEvents: 12 }],
  ])('is taken: %s', (_, more) => expect(refusedBy({ ...clear, ...more })).toBeUndefined());

  it.each([
    ['no object', 'redo', /één JSON-object/],
    ['no step', { ...clear, order: { kind: 'redo' } }, /"order\.stepId": intake\.skills/],
    ['no such order', { ...clear, order: { kind: 'skip' } }, /"order\.kind": redo, complete/],
    ['an order by its name alone', { ...clear, order: 'redo' }, /"order\.kind"/],
    ['no reason', { ...clear, reason: undefined }, /"reason": INC-4711/],
    ['a name', { ...clear, by: 'Jan' }, /"by": ops-1/],
    ['a hold until some day', { ...clear, order: { kind: 'hold', until: 'morgen' } }, /"order\.until"/],
    ['no pace', { ...clear, pace: { perSecond: 0, atOnce: 1 } }, /"pace\.perSecond"/],
  ])('is refused (%s) with what may be typed, and without what was', (_, input, expected) => {
    const refused = refusedBy(input)!;
    expect(refused.kind).toBe('repair-unclear');
    expect(refused.nl).toMatch(expected);
    expect(`${refused.nl} ${refused.message}`).not.toMatch(/Jan|morgen|skip/);
  });

  it('is taken or refused, whatever it is: nothing else comes of it', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        expect(refusedBy(input)?.kind ?? 'taken').toMatch(/^(repair-unclear|taken)$/);
      }),
    );
  });
});

describe('a repair', () => {
  it('counts a route of which no request waits as one with nothing to send: neither done nor refused', () => {
    const before = { ...atItsBeginning('2026-11-29T08:00:00.000Z'), found: 3 };
    const one = tallied(before, [
      { routeId: 'a', outcome: { outcome: 'done', retried: 2 } },
      { routeId: 'b', outcome: { outcome: 'done', retried: 0 } },
    ]);
    expect(one).toMatchObject({ done: 1, retried: 2, nothingToSend: 1, refused: 0 });
    const two = tallied({ ...before, ...one }, [{ routeId: 'c', outcome: { outcome: 'done', retried: 0 } }]);
    expect(two).toMatchObject({ done: 1, nothingToSend: 2 });
  });

  it('may be given again where that does no harm: asking a partner anew would', () => {
    expect(isRepeatable({ kind: 'retry', party: 'debt-service' })).toBe(true);
    expect(isRepeatable({ kind: 'go-on' })).toBe(true);
    expect(isRepeatable({ kind: 'redo', stepId: 'intake.skills' })).toBe(false);
    expect(isRepeatable({ kind: 'complete', stepId: 'intake.skills' })).toBe(false);
  });

  it('is named in the language of who reads it', () => {
    const order = { kind: 'redo', stepId: 'intake.skills' } as const;
    expect(orderText(order)).toBe('stap opnieuw (intake.skills)');
    expect(orderText(order, 'en')).toBe('redo a step (intake.skills)');
  });
});
