/**
 * The dates of a route's terms, reckoned by hand: what is due when, when somebody is reminded (at three quarters of
 * the whole, to the millisecond), and when the process director is told (a week after the end). Times in the comments
 * are Amsterdam's; UTC is an hour earlier in winter, two in summer, and Z in the dates is UTC.
 *
 * The same dates are held against a second reckoning that shares nothing with the domain: with it the routes on a live
 * server are followed (test/workflow/terms-of-a-route.test.ts), since those begin on the day on which the test runs.
 */
import { describe, expect, it } from 'vitest';
import { nextMoment, passMoments } from '../../domain/moments.ts';
import type { Notice } from '../../domain/outbox.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { accepted, reach } from '../../domain/step-transitions.ts';
import { isOutside, type StepId } from '../../domain/steps.ts';
import { partyOf } from '../../domain/template.ts';
import { aRoute, rules } from '../support/a-route.ts';
import { slowDates, type Limit } from '../support/slow-reckoning.ts';

interface Row {
  readonly stepId: StepId;
  readonly limit: Limit;
  /** When the step opens. */
  readonly from: string;
  readonly dates: readonly [reminder: string, due: string, escalation: string];
  readonly threat?: true;
  readonly municipality?: string;
}

const withNotices: Row[] = [
  // From Friday 13 November, 10:00. Forty-two days later it is Christmas Day, a Friday; Boxing Day and Sunday; Monday
  // the 28th. Of 45 days and 13:59:59 three quarters are 34 days and 4:29:59.25: 17 December, 14:29:59.25.
  {
    stepId: 'intake.skills',
    limit: { weeks: 6, statutory: true },
    from: '2026-11-13T09:00:00.000Z',
    dates: ['2026-12-17T13:29:59.250Z', '2026-12-28T22:59:59.000Z', '2027-01-04T22:59:59.000Z'],
  },
  // From Friday 12 February, 10:00, to Good Friday, 26 March; the weekend, in which the clock goes forward; Easter
  // Monday; Tuesday the 30th. It lasts 46 days and 12:59:59, an hour less than the clock says; three quarters are 34
  // days and 21:44:59.25: 19 March, 7:44:59.25, still in winter.
  {
    stepId: 'intake.identity',
    limit: { weeks: 6, statutory: true },
    from: '2027-02-12T09:00:00.000Z',
    dates: ['2027-03-19T06:44:59.250Z', '2027-03-30T21:59:59.000Z', '2027-04-06T21:59:59.000Z'],
  },
  // From Saturday 7 November, 12:00, to Saturday the 21st, hence Monday the 23rd. Of 16 days and 11:59:59 three
  // quarters are 12 days and 8:59:59.25: 19 November, 20:59:59.25.
  {
    stepId: 'intake.decision',
    limit: { weeks: 2, statutory: true },
    from: '2026-11-07T11:00:00.000Z',
    dates: ['2026-11-19T19:59:59.250Z', '2026-11-23T22:59:59.000Z', '2026-11-30T22:59:59.000Z'],
  },
  // From Tuesday 20 October, 12:00 in summer, to Tuesday 3 November. The clock goes back on the 25th, so it lasts 14
  // days and 12:59:59; three quarters are 10 days and 21:44:59.25: 31 October, 8:44:59.25 in winter.
  {
    stepId: 'intake.decision',
    limit: { weeks: 2, statutory: true },
    from: '2026-10-20T10:00:00.000Z',
    dates: ['2026-10-31T07:44:59.250Z', '2026-11-03T22:59:59.000Z', '2026-11-10T22:59:59.000Z'],
  },
  // From Tuesday 30 March, 10:00 in summer, to Tuesday 27 April, King's Day, hence Wednesday. Of 29 days and 13:59:59
  // three quarters are 22 days and 4:29:59.25: 21 April, 14:29:59.25. A week later is 5 May: telling is no term of law.
  {
    stepId: 'debt.first-talk',
    limit: { weeks: 4, statutory: true },
    from: '2027-03-30T08:00:00.000Z',
    dates: ['2027-04-21T12:29:59.250Z', '2027-04-28T21:59:59.000Z', '2027-05-05T21:59:59.000Z'],
  },
  // Under threat, from Thursday 5 November, 16:00: Friday, not the weekend, Monday, Tuesday the 10th. Of 5 days and
  // 7:59:59 three quarters are 3 days and 23:59:59.25: 9 November, 15:59:59.25.
  {
    stepId: 'debt.first-talk',
    limit: { workingDays: 3, statutory: true },
    threat: true,
    from: '2026-11-05T15:00:00.000Z',
    dates: ['2026-11-09T14:59:59.250Z', '2026-11-10T22:59:59.000Z', '2026-11-17T22:59:59.000Z'],
  },
  // Under threat, from Wednesday 23 December, 16:00: Thursday, not Christmas nor the weekend, Monday, Tuesday the 29th.
  // Of 6 days and 7:59:59 three quarters are 4 days and 17:59:59.25: 28 December, 9:59:59.25.
  {
    stepId: 'debt.first-talk',
    limit: { workingDays: 3, statutory: true },
    threat: true,
    from: '2026-12-23T15:00:00.000Z',
    dates: ['2026-12-28T08:59:59.250Z', '2026-12-29T22:59:59.000Z', '2027-01-05T22:59:59.000Z'],
  },
  // Under threat, from Wednesday 24 March, 16:00: Thursday, not Good Friday, nor the weekend in which the clock goes
  // forward, nor Easter Monday, then Tuesday, and Wednesday the 31st. Of 7 days and 6:59:59 three quarters are 5 days
  // and 11:14:59.25: 30 March, 4:14:59.25 in summer.
  {
    stepId: 'debt.first-talk',
    limit: { workingDays: 3, statutory: true },
    threat: true,
    from: '2027-03-24T15:00:00.000Z',
    dates: ['2027-03-30T02:14:59.250Z', '2027-03-31T21:59:59.000Z', '2027-04-07T21:59:59.000Z'],
  },
  // From Friday 30 October, 10:00; 56 days later it is Christmas Day, hence Monday the 28th. Of 59 days and 13:59:59
  // three quarters are 44 days and 16:29:59.25: 14 December, 2:29:59.25.
  {
    stepId: 'debt.plan',
    limit: { weeks: 8, statutory: true },
    from: '2026-10-30T09:00:00.000Z',
    dates: ['2026-12-14T01:29:59.250Z', '2026-12-28T22:59:59.000Z', '2027-01-04T22:59:59.000Z'],
  },
  // In Enschede the by-law says six weeks. It is no act, so it does end on Christmas Day. Of 42 days and 13:59:59 three
  // quarters are 31 days and 22:29:59.25: 15 December, 8:29:59.25.
  {
    stepId: 'debt.plan',
    limit: { weeks: 6 },
    municipality: 'GM0153',
    from: '2026-11-13T09:00:00.000Z',
    dates: ['2026-12-15T07:29:59.250Z', '2026-12-25T22:59:59.000Z', '2027-01-01T22:59:59.000Z'],
  },
  // An agreement: from Monday 21 December, 10:00, to Saturday the 26th, and told on a Saturday. Of 5 days and 13:59:59
  // three quarters are 4 days and 4:29:59.25: Christmas Day, 14:29:59.25.
  {
    stepId: 'housing.offer-answer',
    limit: { days: 5 },
    from: '2026-12-21T09:00:00.000Z',
    dates: ['2026-12-25T13:29:59.250Z', '2026-12-26T22:59:59.000Z', '2027-01-02T22:59:59.000Z'],
  },
  // From Thursday 25 March, 10:00 in winter, to Tuesday the 30th in summer: 5 days and 12:59:59, of which three
  // quarters are 4 days and 3:44:59.25: 29 March, 14:44:59.25.
  {
    stepId: 'housing.offer-answer',
    limit: { days: 5 },
    from: '2027-03-25T09:00:00.000Z',
    dates: ['2027-03-29T12:44:59.250Z', '2027-03-30T21:59:59.000Z', '2027-04-06T21:59:59.000Z'],
  },
];

/** A route that has come to a step, and whose partner has taken the request. */
function opened({ stepId, from, threat, municipality }: Omit<Row, 'dates' | 'limit'>): RouteState {
  const route = aRoute({ rules: rules('nl', municipality), ...(threat && { threat: 'eviction' }) });
  return accepted(reach(route, stepId, from), stepId, 1, from);
}

describe('who is told what, and when', () => {
  it.each(withNotices)('$stepId from $from', ({ limit, dates, ...row }) => {
    const { stepId, from } = row;
    let state = opened(row);
    const passed: [string, string, string][] = [];
    for (let at = nextMoment(state); at; at = nextMoment(state)) {
      const before = passMoments(state, new Date(Date.parse(at) - 1).toISOString());
      expect(before).toBe(state);
      state = passMoments(state, at);
      const { kind, to } = state.outbox.at(-1) as Notice;
      passed.push([at, kind, to]);
    }
    const party = partyOf(stepId);
    const [reminder, due, escalation] = dates;
    expect(passed).toEqual([
      [reminder, 'reminder', isOutside(party) ? party : 'case-manager'],
      [due, 'overdue', 'case-manager'],
      [escalation, 'escalated', 'process-director'],
    ]);
    expect(state.steps[stepId]?.status).toBe('open');
    expect(slowDates(from, limit)).toEqual({ reminder, due, escalation });
  });
});

describe('periods end by themselves, and nobody is told', () => {
  it.each<[StepId, Limit, string, string]>([
    // From Monday 2 November to Monday the 9th.
    [
      'intake.personal-plan',
      { days: 7, statutory: true },
      '2026-11-02T09:00:00.000Z',
      '2026-11-09T22:59:59.000Z',
    ],
    // To Wednesday 5 May; Ascension Day; the 7th, equated by decree; the weekend; Monday the 10th.
    [
      'intake.personal-plan',
      { days: 7, statutory: true },
      '2027-04-28T08:00:00.000Z',
      '2027-05-10T21:59:59.000Z',
    ],
    // From winter to summer, a Tuesday.
    ['debt.repayment', { months: 18 }, '2026-11-02T09:00:00.000Z', '2028-05-02T21:59:59.000Z'],
    // There is no 31 February; 2028 is a leap year.
    ['debt.repayment', { months: 18 }, '2026-08-31T08:00:00.000Z', '2028-02-29T22:59:59.000Z'],
    // 24 June 2028 is a Saturday, and no statute minds.
    ['debt.repayment', { months: 18 }, '2026-12-24T09:00:00.000Z', '2028-06-24T21:59:59.000Z'],
    ['aftercare.first-interval', { months: 1 }, '2027-01-31T09:00:00.000Z', '2027-02-28T22:59:59.000Z'],
    // Half past midnight on 1 July in Amsterdam is still June by UTC.
    ['aftercare.second-interval', { months: 3 }, '2027-06-30T22:30:00.000Z', '2027-10-01T21:59:59.000Z'],
  ])('%s of %j from %s until %s', (stepId, limit, from, due) => {
    const route = opened({ stepId, from });
    expect(nextMoment(route)).toBe(due);
    const ended = passMoments(route, due);
    expect(ended.steps[stepId]?.status).toBe('done');
    expect(ended.outbox).toEqual([]);
    expect(slowDates(from, limit).due).toBe(due);
  });
});
