import { describe, expect, it } from 'vitest';
import { toldOfClosure } from '../../domain/closing-file.ts';
import { doneAtOnce } from '../../domain/done-at-once.ts';
import { ending } from '../../domain/finish-step.ts';
import { reach } from '../../domain/step-transitions.ts';
import { stepIds, type StepId } from '../../domain/steps.ts';
import type { RouteState, StepRecord } from '../../domain/route-state.ts';
import { aRoute, daysLater, now } from '../support/a-route.ts';

const doneOn = (day: number): StepRecord => ({
  status: 'done',
  attempt: 1,
  since: now,
  closedAt: daysLater(day),
});
const withDone = (days: Partial<Record<StepId, number>>, more: Partial<RouteState> = {}): RouteState => ({
  ...aRoute(),
  ...more,
  steps: Object.fromEntries(Object.entries(days).map(([id, day]) => [id, doneOn(day as number)])),
});
const ended = (state: RouteState, reason: 'completed' | 'not-granted' | 'closed-early', day: number) =>
  reach(ending(state, reason, { by: 'cm-17' }, daysLater(day)), 'closure.file', daysLater(day));
const stagesOf = (state: RouteState) =>
  toldOfClosure(state, 'closure.file').stages?.map(({ stage, since }) => [stage, since]);

const whole = {
  'intake.decision': 10,
  'housing.key-handover': 90,
  'cti.transfer-meeting': 360,
  'aftercare.second-check-in': 540,
} as const;

describe('the file of a route tells', () => {
  it('each stage that it went through, with its day, and how it ended', () => {
    const state = ended(withDone({ ...whole, 'debt.discharge': 600 }), 'completed', 601);
    expect(stagesOf(state)).toEqual([
      ['intake', now],
      ['housing', daysLater(10)],
      ['cti', daysLater(90)],
      ['aftercare', daysLater(360)],
      ['debt-repayment', daysLater(540)],
      ['closed', daysLater(601)],
    ]);
    expect(toldOfClosure(state, 'closure.file')).toMatchObject({ ending: 'completed', caseManager: 'cm-17' });
  });

  it('no repayment where the debts were over before all else, or there were none', () => {
    for (const state of [
      withDone({ ...whole, 'debt.discharge': 200 }),
      withDone(whole, { notNeeded: ['debt'] }),
    ])
      expect(stagesOf(ended(state, 'completed', 540))?.map(([stage]) => stage)).toEqual([
        'intake',
        'housing',
        'cti',
        'aftercare',
        'closed',
      ]);
  });

  it('nothing of a search for a home where the application was not granted', () => {
    const state = ended(withDone({ 'intake.decision': 10 }), 'not-granted', 10);
    expect(stagesOf(state)).toEqual([
      ['intake', now],
      ['closed', daysLater(10)],
    ]);
  });

  it('when the route came to a home by the first decision, where it was taken anew', () => {
    const days = { ...whole, 'intake.decision': 100 };
    const state = ended(withDone(days, { decidedAt: daysLater(10) }), 'closed-early', 400);
    expect(stagesOf(state)?.slice(1, 3)).toEqual([
      ['housing', daysLater(10)],
      ['cti', daysLater(90)],
    ]);
  });

  it('the same at each attempt', () => {
    const state = ended(withDone(whole), 'closed-early', 541);
    const later = { ...doneOn(550), status: 'open' as const, attempt: 2, since: daysLater(550) };
    const again = { ...state, steps: { ...state.steps, 'closure.file': later } };
    expect(stagesOf(again)).toEqual(stagesOf(state));
  });
});

it('no other request says any of it', () => {
  const state = ended(withDone(whole), 'completed', 541);
  for (const stepId of stepIds.filter((id) => id !== 'closure.file'))
    expect(toldOfClosure(state, stepId)).toEqual({});
});

describe('a system that has no more to tell', () => {
  it('closes its step by taking the request', () => {
    const state = doneAtOnce(ended(withDone(whole), 'completed', 541), 'closure.file', 1, daysLater(542));
    expect(state.steps['closure.file']).toMatchObject({ status: 'done', closedAt: daysLater(542) });
    expect(state.timeline.at(-1)).toMatchObject({ what: 'step-completed', by: 'record-system' });
  });

  it('changes nothing of what was answered, or asked anew, meanwhile', () => {
    const state = ended(withDone(whole), 'completed', 541);
    expect(doneAtOnce(state, 'closure.file', 2, now)).toBe(state);
    const done = doneAtOnce(state, 'closure.file', 1, now);
    expect(doneAtOnce(done, 'closure.file', 1, now)).toBe(done);
  });
});
