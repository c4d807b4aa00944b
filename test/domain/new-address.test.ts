/** The keys are a new address: who owns the route hears by when the move is to be reported. */
import { expect, it } from 'vitest';
import { settled } from '../../domain/settle.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { timelineView } from '../../domain/view.ts';
import { aRoute, endOfDayLater, now, routeId } from '../support/a-route.ts';

const stepId = 'housing.key-handover' as const;
const asked = {
  ...aRoute(),
  steps: { [stepId]: { status: 'open', attempt: 1, since: now } },
} satisfies RouteState;
const done: RouteState = {
  ...asked,
  steps: { [stepId]: { status: 'done', attempt: 1, since: now, closedAt: now } },
};
const told = (before: RouteState, after: RouteState) =>
  settled(before, after, now).outbox.filter((each) => each.what === 'notice');

it('the case manager is told at the keys, with the day by which the person reports it', () => {
  expect(told(asked, done)).toEqual([
    {
      what: 'notice',
      key: `${routeId}:${stepId}:1:new-address`,
      kind: 'new-address',
      to: 'case-manager',
      stepId,
      dueAt: endOfDayLater(7), // the fifth day is a Saturday
      rule: 'housing.new-address',
      source: expect.objectContaining({ basis: 'Wet BRP art. 2.39(1)' }),
    },
  ]);
  const [line] = timelineView(settled(asked, done, now), 'nl').slice(-1);
  expect(line).toMatchObject({ dueAt: endOfDayLater(7), term: { basis: 'Wet BRP art. 2.39(1)' } });
  expect(line!.sentence).toMatch(/^Nieuw adres: de verhuizing is te melden/);
});

it('once, and not by runs that do not know of it', () => {
  expect(told(done, { ...done, revision: 2 })).toEqual([]);
  expect(told({ ...asked, edition: 6 }, { ...done, edition: 6 })).toEqual([]);
});
