import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carryOut } from '../../domain/commands.ts';
import { envelopeOf } from '../../domain/operations/typed-repair.ts';
import { Refused } from '../../domain/refusal.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { accepted, reach } from '../../domain/step-transitions.ts';
import { timelineView } from '../../domain/view.ts';
import { aRoute, now } from '../support/a-route.ts';
import { refusalOf } from '../support/refusal-of.ts';

const asked: RouteState = accepted(reach(aRoute(), 'debt.plan', now), 'debt.plan', 1, now);
const typed = (said: object, state = asked, id = 'update-1') =>
  carryOut(state, envelopeOf(said, id, state), now);
const redo = { do: 'redo', step: 'debt.plan', because: 'request-lost', by: 'ops-1' };

describe('what operations type in the Temporal UI', () => {
  it('asks a step again, says why by a code, and counts once under the id of its Update', () => {
    const again = typed(redo);
    expect(again.steps['debt.plan']).toMatchObject({ status: 'open', attempt: 2 });
    expect(typed(redo, again)).toEqual(again);
    expect(timelineView(again, 'nl').find(({ what }) => what === 'step-redone')).toMatchObject({
      by: 'ops-1',
      reason: 'request-lost',
      reasonSentence: 'het verzoek is bij de partij zoekgeraakt',
    });
  });

  it('completes a step, holds a route until a moment and lets it go on', () => {
    const done = typed({ ...redo, do: 'complete', because: 'answered-otherwise' });
    expect(done.steps['debt.plan']?.status).toBe('done');
    const held = typed({ do: 'hold', until: '2099-01-01T00:00Z', because: 'partner-outage', by: 'ops-1' });
    expect(held.hold).toMatchObject({ until: '2099-01-01T00:00:00.000Z', by: 'ops-1' });
    const on = typed({ do: 'go-on', because: 'as-agreed', by: 'ops-1' }, held, 'update-2');
    expect(on.hold).toBeUndefined();
  });

  it('may propose to skip a step, and never confirm it', () => {
    const proposed = typed({ ...redo, do: 'ask-skip' });
    expect(proposed.steps['debt.plan']).toMatchObject({ status: 'open', skipAskedBy: 'ops-1' });
    const confirm = () => typed({ ...redo, do: 'ask-skip', by: 'ops-2' }, proposed, 'update-2');
    expect(refusalOf(confirm)).toBe('four-eyes');
  });

  it.each([
    ['no object', 'redo', /één JSON-object/],
    ['no act', { ...redo, do: 'delete' }, /"do": redo, complete, ask-skip, hold, go-on/],
    ['no step of a route', { ...redo, step: 'debt' }, /"step": .*debt\.plan/],
    ['a why in own words', { ...redo, because: 'mevrouw Jansen belde' }, /"because": partner-outage/],
    ['a name', { ...redo, by: 'M. de Vries' }, /"by": ops-1/],
    ['a hold without an end', { ...redo, do: 'hold' }, /"until": 2026-/],
  ])('that is not so (%s) is refused with what may be typed, and without what was', (_, said, expected) => {
    const refused = refusedBy(said);
    expect(refused.kind).toBe('repair-unclear');
    expect(refused.nl).toMatch(expected);
    expect(`${refused.nl} ${refused.message}`).not.toMatch(/Jansen|Vries|delete/);
  });

  it('is refused, whatever else it is: a route is never wedged by it', () => {
    fc.assert(
      fc.property(fc.anything(), fc.uuid(), (said, id) => {
        expect(() => envelopeOf(said, id, asked)).toThrow(Refused);
      }),
    );
  });
});

function refusedBy(said: unknown): Refused {
  try {
    envelopeOf(said, 'update', asked);
  } catch (error) {
    if (error instanceof Refused) return error;
  }
  throw new Error('It was not refused');
}
