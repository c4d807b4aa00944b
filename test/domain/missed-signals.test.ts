/** Missed signals as codes: kept apart from the sealed words, and shown. */
import { expect, it } from 'vitest';
import { MissedSignalsBody, type MissedSignal } from '../../contracts/missed-signals.ts';
import { carryOut } from '../../domain/commands.ts';
import { packedSignals } from '../../domain/missed-signals.ts';
import { routeView, timelineView } from '../../domain/view.ts';
import { aRoute, now } from '../support/a-route.ts';

const rent: MissedSignal = { signal: 'rent-arrears', party: 'housing-corporation', before: '1-2-years' };
const school: MissedSignal = { signal: 'school-absence', party: 'school', before: 'over-2-years' };

it('may be there from the start, and later ones take their place', () => {
  expect(routeView(aRoute(), 'nl').missedSignals).toEqual([]);
  const route = aRoute({ missedSignals: packedSignals([rent]) });
  expect(routeView(route, 'nl').missedSignals).toEqual([rent]);
  const command = { kind: 'record-missed-signals', signals: [school, rent] } as const;
  const actor = { subject: 'cm-17', role: 'case-manager' } as const;
  const later = carryOut(route, { id: 'k', fingerprint: 'f', actor, command }, now);
  expect(routeView(later, 'nl').missedSignals).toEqual([school, rent]);
  expect(timelineView(later, 'nl').at(-1)).toMatchObject({ sentence: 'Gemiste signalen vastgelegd' });
});

it('are codes alone, each of a party once, eight at the most', () => {
  const isRight = (signals: unknown) => MissedSignalsBody.safeParse({ signals }).success;
  expect(isRight([])).toBe(true);
  expect(isRight([rent, { ...rent, party: 'neighbours' }])).toBe(true);
  expect(isRight([rent, { ...rent, before: 'unknown' }])).toBe(false);
  expect(isRight([{ ...rent, note: 'niemand belde aan' }])).toBe(false);
  expect(isRight([{ ...rent, signal: 'niemand belde aan' }])).toBe(false);
  const parties = ['school', 'gp', 'police', 'family', 'employer', 'landlord', 'hospital', 'neighbours'];
  const eight = parties.map((party) => ({ ...rent, party }));
  expect([isRight(eight), isRight([...eight, rent])]).toEqual([true, false]);
});
