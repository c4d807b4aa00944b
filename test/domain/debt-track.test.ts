/**
 * The debt track when it does not go by itself: creditors who refuse, months that are missed, the statutory scheme, and
 * time without collection. Dates are worked out by hand: repayment begins on 2 November 2026.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DebtProgress } from '../../contracts/debt-progress.ts';
import type { StepResult } from '../../contracts/partner-event.ts';
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { routeView } from '../../domain/view.ts';
import type { PartnerNews } from '../../domain/news.ts';
import { receive } from '../../domain/partner-news.ts';
import { requestIdOf } from '../../domain/request-id.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { settled } from '../../domain/settle.ts';
import { waitingsOf } from '../../domain/standing.ts';
import { reach } from '../../domain/step-transitions.ts';
import type { StepId } from '../../domain/steps.ts';
import { aRoute, daysLater, now, routeId } from '../support/a-route.ts';

const reason = { jwe: 'reason' };
let given = 0;
const passed = { status: 'done', attempt: 1, since: now, closedAt: now } as const;
const endOf = (day: string) => new Date(Date.parse(`${day}T23:59:59+01:00`)).toISOString();
const endOfSummer = (day: string) => new Date(Date.parse(`${day}T23:59:59+02:00`)).toISOString();

function order(state: RouteState, command: Command, at = now): RouteState {
  const id = `cm-17:${(given += 1)}`;
  const actor = { subject: 'cm-17', role: 'case-manager' as const };
  return settled(state, carryOut(state, { id, fingerprint: 'f', actor, command }, at), at);
}
function told(state: RouteState, news: Partial<PartnerNews>, at = now) {
  const event = { eventId: `event-${(given += 1)}`, party: 'debt-service', ...news } as PartnerNews;
  const { state: next, judgement } = receive(state, event, at);
  return { state: settled(state, next, at), judgement };
}
const answered = (state: RouteState, stepId: StepId, more: Partial<PartnerNews>, at = now) =>
  told(state, { requestId: requestIdOf(routeId, stepId, state.steps[stepId]!.attempt), ...more }, at).state;
const refusedBy = (state: RouteState, stepId: StepId, code: string, at = now) =>
  answered(state, stepId, { kind: 'step-refused', reason: code }, at);
const granted = (state: RouteState, stepId: StepId, at: string, result?: StepResult) =>
  answered(state, stepId, { kind: 'step-completed', ...(result && { result }) }, at);
const progress = (state: RouteState, of: DebtProgress, at: string) =>
  told(state, { kind: 'debt-progress', progress: of }, at);
const missed = (month: string): DebtProgress => ({ what: 'repayment-missed', month });
const nextMoves = (state: RouteState) => waitingsOf(state).map(({ stepId, nextMove }) => [stepId, nextMove]);

const registered = { 'debt.registration': passed, 'debt.first-talk': passed, 'debt.stabilisation': passed };
const route = { ...aRoute({ debts: 'problematic' }), steps: registered };
const arranging = settled(route, reach(route, 'debt.arrangement', now), now);
const arranged = { ...route, steps: { ...registered, 'debt.arrangement': passed } };
const repaying = settled(arranged, reach(arranged, 'debt.repayment', now), now);
const begin = (stepId: StepId, until?: string): Command => ({
  kind: 'begin-step',
  stepId,
  reason,
  ...(until && { until }),
});

describe('creditors', () => {
  const refused = refusedBy(arranging, 'debt.arrangement', 'creditor-refused', daysLater(40));

  it('are counted as the debt service tells of them, while an arrangement is sought', () => {
    const of = { what: 'creditors-answered', asked: 5, agreed: 3, refused: 1 } as const;
    const { state, judgement } = progress(arranging, of, daysLater(20));
    expect(judgement).toEqual({ receipt: 'applied' });
    expect(routeView(state, 'nl').debt).toMatchObject({
      creditors: { asked: 5, agreed: 3, refused: 1 },
      sentences: ['Van 5 schuldeisers stemden er 3 in en weigerden er 1'],
    });
    expect(progress(repaying, of, daysLater(20)).judgement).toEqual({
      receipt: 'late',
      reason: 'arrangement-not-open',
    });
  });

  it('who refuse are brought before the court, at once, within its term', () => {
    expect(refused.steps['debt.compulsory-settlement']).toMatchObject({
      status: 'open',
      rule: 'debt.compulsory-settlement',
      dueAt: endOf('2027-03-12'), // three months from 12 December
    });
    expect(nextMoves(refused)).toEqual([
      ['debt.arrangement', 'await-court'],
      ['debt.compulsory-settlement', 'wait-for-answer'],
    ]);
  });

  it('are not, for another refusal, nor in a run that began before that was known', () => {
    const other = refusedBy(arranging, 'debt.arrangement', 'no-capacity');
    expect(other.steps['debt.compulsory-settlement']).toBeUndefined();
    expect(nextMoves(other)).toEqual([['debt.arrangement', 'ask-court']]);
    const old = refusedBy({ ...arranging, edition: 3 }, 'debt.arrangement', 'creditor-refused');
    expect(old.steps['debt.compulsory-settlement']).toBeUndefined();
  });

  it('are bound by what the court rules: that is the arrangement', () => {
    const ruled = granted(refused, 'debt.compulsory-settlement', daysLater(90));
    expect(ruled.steps['debt.arrangement']).toMatchObject({ status: 'done', closedAt: daysLater(90) });
  });

  it('whom the court sees in the right leave the statutory scheme, which a person asks for', () => {
    const no = refusedBy(refused, 'debt.compulsory-settlement', 'court-refused', daysLater(90));
    expect(nextMoves(no)[0]).toEqual(['debt.arrangement', 'ask-court']);
    const asked = order(no, begin('debt.statutory-scheme'), daysLater(91));
    const admitted = granted(asked, 'debt.statutory-scheme', daysLater(120));
    expect(admitted.steps['debt.arrangement']?.status).toBe('done');
    // Nothing was repaid before: eighteen months from the day of the ruling, 2 March 2027.
    const repays = settled(admitted, reach(admitted, 'debt.repayment', daysLater(121)), daysLater(121));
    expect(repays.steps['debt.repayment']).toMatchObject({
      rule: 'debt.wsnp',
      dueAt: endOfSummer('2028-09-02'),
    });
  });

  it('do not settle what was arranged since: an old ruling is none about a new arrangement', () => {
    const ruled = granted(refused, 'debt.compulsory-settlement', daysLater(90));
    const again = order(
      ruled,
      { kind: 'reopen', track: 'debt', from: 'debt.arrangement', reason },
      daysLater(99),
    );
    expect(again.steps['debt.arrangement']?.status).toBe('blocked');
  });
});

describe('repayment', () => {
  it('takes eighteen months, and one more for each that was missed and not made up for', () => {
    expect(repaying.steps['debt.repayment']?.dueAt).toBe(endOfSummer('2028-05-02'));
    const first = progress(repaying, missed('2027-01'), daysLater(100)).state;
    const second = progress(first, missed('2027-02'), daysLater(120)).state;
    expect(second.steps['debt.repayment']?.dueAt).toBe(endOfSummer('2028-07-02'));
    const made = progress(second, { what: 'repayment-made-up', month: '2027-01' }, daysLater(130)).state;
    expect(made.steps['debt.repayment']?.dueAt).toBe(endOfSummer('2028-06-02'));
    expect(routeView(made, 'en').debt).toMatchObject({
      repayment: { countedFrom: '2026-11-02', until: '2028-06-02', missedMonths: ['2027-02'] },
    });
  });

  it('that is missed is told to who owns the track, and fails nothing', () => {
    const { state } = progress(repaying, missed('2027-01'), daysLater(100));
    expect(state.outbox).toMatchObject([
      { what: 'notice', kind: 'repayment-missed', to: 'case-manager', stepId: 'debt.repayment' },
    ]);
    expect(state.steps['debt.repayment']?.status).toBe('open');
  });

  it.each([
    [missed('2026-10'), 'outside-repayment', 'between the beginning of the repayment and now'],
    [missed('2027-06'), 'outside-repayment', 'between the beginning of the repayment and now'],
    [{ what: 'repayment-made-up', month: '2027-01' } as const, 'not-missed', 'nothing to make up'],
  ])('hears what can not be so as late: %j', (of, code, why) => {
    expect(progress(repaying, of, daysLater(100)).judgement).toEqual({ receipt: 'late', reason: code });
    const refusal = () => order(repaying, { kind: 'record-debt-progress', progress: of }, daysLater(100));
    expect(refusal).toThrow(why);
  });

  it('of nobody else than the debt service is heard', () => {
    const news = {
      kind: 'debt-progress',
      progress: missed('2027-01'),
      party: 'housing-corporation',
    } as const;
    expect(told(repaying, news, daysLater(100)).judgement.reason).toBe('not-your-step');
  });

  it('comes back to its day whatever is missed and made up for', () => {
    const months = ['2026-11', '2026-12', '2027-01', '2027-02', '2027-03'];
    fc.assert(
      fc.property(fc.shuffledSubarray(months), fc.nat(30), (some, day) => {
        const begun = daysLater(day);
        const own = settled(arranged, reach(arranged, 'debt.repayment', begun), begun);
        const at = daysLater(160);
        const all = some.reduce((state, month) => progress(state, missed(month), at).state, own);
        const none = some
          .toReversed()
          .reduce((state, month) => progress(state, { what: 'repayment-made-up', month }, at).state, all);
        expect(none.steps['debt.repayment']?.dueAt).toBe(own.steps['debt.repayment']?.dueAt);
      }),
    );
  });
});

describe('the statutory scheme', () => {
  const asked = order(repaying, begin('debt.statutory-scheme'), daysLater(200));

  it('counts from the first voluntary repayment: no repaid day is lost (Fw art. 349a)', () => {
    const admitted = granted(asked, 'debt.statutory-scheme', daysLater(240), { ruledOn: '2027-06-28' });
    expect(admitted.steps['debt.repayment']).toMatchObject({
      rule: 'debt.wsnp',
      termSince: now,
      dueAt: endOfSummer('2028-05-02'),
    });
    expect(routeView(admitted, 'en').debt).toMatchObject({
      admittedOn: '2027-06-28',
      repayment: { countedFrom: '2026-11-02', until: '2028-05-02' },
    });
  });

  it('follows an attempt at an arrangement, and is for debts that are there (Fw art. 285(1)(f))', () => {
    const { 'debt.arrangement': _, ...unasked } = arranging.steps;
    expect(() => order({ ...arranging, steps: unasked }, begin('debt.statutory-scheme'))).toThrow(
      'an attempt at an arrangement',
    );
    const discharged = { ...repaying.steps, 'debt.discharge': { ...repaying.steps['debt.arrangement']! } };
    expect(() => order({ ...repaying, steps: discharged }, begin('debt.statutory-scheme'))).toThrow(
      'debts that are not discharged',
    );
    const old = order({ ...arranging, edition: 5, steps: unasked }, begin('debt.statutory-scheme'));
    expect(old.steps['debt.statutory-scheme']?.status).toBe('open');
  });

  it('lasts as many months as the court set', () => {
    const admitted = granted(asked, 'debt.statutory-scheme', daysLater(240), { months: 36 });
    expect(admitted.steps['debt.repayment']?.dueAt).toBe(endOf('2029-11-02'));
  });

  it('is longer by no month that is missed: that is for the court to say', () => {
    const admitted = granted(asked, 'debt.statutory-scheme', daysLater(240));
    const late = progress(admitted, missed('2027-07'), daysLater(270)).state;
    expect(late.debtTrack?.missed).toEqual(['2027-07']);
    expect(late.steps['debt.repayment']?.dueAt).toBe(endOfSummer('2028-05-02'));
  });

  it('keeps the first day also when the arrangement was set aside in between', () => {
    const off = order(
      asked,
      { kind: 'reopen', track: 'debt', from: 'debt.arrangement', reason },
      daysLater(210),
    );
    const admitted = granted(off, 'debt.statutory-scheme', daysLater(240));
    const repays = settled(admitted, reach(admitted, 'debt.repayment', daysLater(241)), daysLater(241));
    expect(repays.steps['debt.repayment']?.dueAt).toBe(endOfSummer('2028-05-02'));
  });
});

describe('time without collection', () => {
  it.each([
    ['debt.cooling-off', undefined, endOfSummer('2027-05-02')], // a Sunday: over three months, no act lengthens it
    ['debt.moratorium', '2027-01-31', endOf('2027-01-31')],
  ] as const)('%s lasts until its day, six months at the most', (stepId, until, dueAt) => {
    const state = order(arranging, begin(stepId, until));
    expect(state.steps[stepId]).toMatchObject({ status: 'open', dueAt });
  });

  it.each(['2027-07-01', '2026-11-01'])('can not last until %s', (until) => {
    expect(() => order(arranging, begin('debt.moratorium', until))).toThrow(until);
  });

  it('ends with the arrangement that it is for, and is had once', () => {
    const state = order(arranging, begin('debt.cooling-off'));
    expect(() => order(state, begin('debt.cooling-off'))).toThrow('under way');
    const done = granted(state, 'debt.arrangement', daysLater(30));
    expect(done.steps['debt.cooling-off']).toMatchObject({ status: 'done', closedAt: daysLater(30) });
  });

  it.each(['debt.compulsory-settlement', 'debt.moratorium', 'debt.registration', 'no.such-step'])(
    'and %s are begun by nobody where the law does not want them',
    (stepId) => {
      expect(() => order(repaying, { kind: 'begin-step', stepId, reason })).toThrow('lacks');
    },
  );
});
