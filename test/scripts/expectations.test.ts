/** What a scenario expects is held against its route, and each difference is a line. */
import { expect, it } from 'vitest';
import { verdictOf } from '../../scripts/play/ending.ts';
import type { Walked } from '../../scripts/play/walk.ts';
import { Expectations, findingsAtEnd } from '../../scripts/scenario/expect.ts';
import type { Scenario } from '../../scripts/scenario/scenario.ts';
import { byCalendar, inDemoTime } from '../../scripts/scenario/span.ts';
import { routeView, timelineView } from '../../domain/view.ts';
import { aRoute } from '../support/a-route.ts';

const state = aRoute();
const seen = { route: routeView(state, 'nl'), timeline: timelineView(state, 'nl'), later: byCalendar };

function verdict(expected: object, rules = 'nl') {
  const findings = findingsAtEnd(Expectations.parse(expected), seen);
  const walked: Walked = { ...seen, looks: [], findings, refused: [], why: 'still' };
  return verdictOf({ scenario: { rules } as Scenario, walked, rules: 'nl', language: 'en' });
}

it('a route that is as expected is said to be so', () => {
  expect(verdict({ stage: 'intake', moves: 0, happened: ['route-started'] })).toEqual({
    ok: true,
    lines: ['Expectations: 3 out of 3 as expected'],
  });
});

it('each difference is named, and fails the play', () => {
  const { ok, lines } = verdict({
    stage: 'closed',
    closedWithin: 'P2Y',
    tracks: { debt: 'done' },
    steps: { 'housing.offer': 'done 2' },
    happened: ['offer-accepted', 'route-started'],
  });
  expect(ok).toBe(false);
  expect(lines).toEqual([
    'Expectations: 1 out of 6 as expected',
    '  stage: expected closed, found intake',
    '  tracks.debt: expected done, found not-started',
    '  steps.housing.offer: expected done 2, found none',
    '  closedWithin: expected P2Y, found still open',
    '  happened: expected offer-accepted, found never',
  ]);
});

it('under another rule set than the scenario is made for nothing is held against it', () => {
  const { ok, lines } = verdict({ stage: 'closed' }, 'demo');
  expect([ok, lines]).toEqual([true, ['Expectations: not checked: the scenario is for rule set demo']]);
});

it('a span is counted by the calendar of Amsterdam, and under the rules of seconds as quarters of a second', () => {
  const start = '2027-01-31T12:00:00.000Z';
  expect(byCalendar(start, 'P1M')).toBe('2027-02-28T12:00:00.000Z');
  expect(byCalendar(start, 'P3M')).toBe('2027-04-30T11:00:00.000Z');
  expect(inDemoTime(start, 'P2W')).toBe('2027-01-31T12:00:03.500Z');
});
