/** Social exclusion is asked for at the intake and after the move: what is kept of it, and when somebody is reminded. */
import { describe, expect, it } from 'vitest';
import { alarmsView } from '../../domain/alarms.ts';
import { carryOut } from '../../domain/commands.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { routeView } from '../../domain/view.ts';
import { aRoute, daysLater } from '../support/a-route.ts';

const none = { participation: 'none', integration: 'none', material: 'none', access: 'none' } as const;
const lonely = { ...none, participation: 'severe' } as const;
const record = (state: RouteState, answers: typeof none | typeof lonely, day: number) =>
  carryOut(
    state,
    {
      id: `c${day}`,
      fingerprint: 'f',
      actor: { subject: 'cm-17', role: 'case-manager' },
      command: { kind: 'record-exclusion', answers },
    },
    daysLater(day),
  );
const done = (day: number) =>
  ({ status: 'done', attempt: 1, since: daysLater(day), closedAt: daysLater(day) }) as const;
const decided = (): RouteState => ({ ...aRoute(), steps: { 'intake.decision': done(3) } });
const tryOut = (state: RouteState): RouteState => ({
  ...state,
  steps: {
    ...state.steps,
    'housing.key-handover': done(60),
    'cti.try-out': { status: 'open', attempt: 1, since: daysLater(150), dueAt: daysLater(240) },
  },
});
const alarms = (state: RouteState) =>
  alarmsView(state, 'en').filter(({ alarm }) => alarm === 'exclusion-not-asked');

describe('Judith Wolf: social exclusion is asked for, also after the move', () => {
  it('the first answers stay beside the last', () => {
    const thrice = [none, none, lonely].reduce<RouteState>(
      (state, answers, i) => record(state, answers, 10 * i),
      aRoute(),
    );
    const { socialExclusion } = routeView(thrice, 'nl');
    expect(socialExclusion).toMatchObject([none, lonely]);
    expect(socialExclusion[1]!.askedOn > socialExclusion[0]!.askedOn).toBe(true);
  });

  it('nobody is reminded during the intake, and once it is over until it was asked', () => {
    expect(alarms(aRoute())).toEqual([]);
    expect(alarms(decided())).toMatchObject([{ stepId: 'intake.decision', since: daysLater(3) }]);
    expect(alarms(record(decided(), lonely, 4))).toEqual([]);
  });

  it('after the move it is to be asked again, and what was answered before does not count', () => {
    const before = record(decided(), lonely, 4);
    expect(alarms(tryOut(before))).toMatchObject([{ stepId: 'cti.try-out', since: daysLater(150) }]);
    expect(alarms(record(tryOut(before), none, 151))).toEqual([]);
    expect(alarms({ ...tryOut(before), ending: 'completed' })).toEqual([]);
  });
});
