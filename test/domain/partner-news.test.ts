import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ending } from '../../domain/finish-step.ts';
import { newsKept } from '../../domain/known-news.ts';
import type { PartnerNews } from '../../domain/news.ts';
import { passMoments } from '../../domain/moments.ts';
import { offersKept } from '../../domain/offers.ts';
import { receive } from '../../domain/partner-news.ts';
import { requestIdOf } from '../../domain/request-id.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { shortId } from '../../domain/short-id.ts';
import { again, reach, rewound, setAside, withoutTrack } from '../../domain/step-transitions.ts';
import { stepIds, steps, type StepId } from '../../domain/steps.ts';
import { partyOf } from '../../domain/template.ts';
import { timelineKept } from '../../domain/timeline.ts';
import { aRoute, daysLater, endOfDayLater, now, routeId } from '../support/a-route.ts';

const talk: StepId = 'debt.first-talk';

function news(stepId: StepId, more: Partial<PartnerNews> = {}, attempt = 1): PartnerNews {
  return {
    eventId: `event-${stepId}-${attempt}`,
    party: partyOf(stepId) as PartnerNews['party'],
    kind: 'step-completed',
    requestId: requestIdOf(routeId, stepId, attempt),
    ...more,
  };
}

describe('partner news', () => {
  it('completes the step it answers', () => {
    const { state, judgement } = receive(reach(aRoute(), talk, now), news(talk), daysLater(3));
    expect(judgement).toEqual({ receipt: 'applied' });
    expect(state.steps[talk]).toMatchObject({ status: 'done', closedAt: daysLater(3) });
  });

  it('that arrives twice changes nothing the second time', () => {
    const first = receive(reach(aRoute(), talk, now), news(talk), now).state;
    const second = receive(first, news(talk), now);
    expect(second.judgement.receipt).toBe('duplicate');
    expect(second.state).toBe(first);
  });

  it('of one arrival that is told twice, since its answer was lost, gets its own receipt once more', () => {
    const told = news(talk, { arrival: 'aaaaaaaa' });
    const first = receive(reach(aRoute(), talk, now), told, now);
    expect(receive(first.state, told, now)).toEqual({
      state: first.state,
      judgement: { receipt: 'applied' },
    });
    const late = news(talk, { eventId: 'another', arrival: 'bbbbbbbb' });
    const second = receive(first.state, late, now);
    expect(receive(second.state, late, now).judgement).toEqual({
      receipt: 'late',
      reason: 'already-answered',
    });
    const again = receive(second.state, { ...told, arrival: 'cccccccc' }, now);
    expect(again.judgement).toEqual({ receipt: 'duplicate' });
  });

  it('of one arrival is told once more as applied when its step has opened since', () => {
    const told = news(talk, { arrival: 'aaaaaaaa' });
    const early = receive(aRoute(), told, now);
    expect(receive(early.state, told, now).judgement).toEqual({ receipt: 'early' });
    const opened = reach(early.state, talk, daysLater(2));
    expect(receive(opened, told, daysLater(2)).judgement).toEqual({ receipt: 'applied' });
  });

  it('that arrives early waits for its step, and is applied when the step opens', () => {
    const early = receive(aRoute(), news(talk), now);
    expect(early.judgement.receipt).toBe('early');
    expect(receive(early.state, news(talk), now).judgement.receipt).toBe('duplicate');
    const opened = reach(early.state, talk, daysLater(2));
    expect(opened.steps[talk]).toMatchObject({ status: 'done', closedAt: daysLater(2) });
    expect(opened.inbox).toEqual([]);
  });

  it('about a superseded attempt is late and recorded with its reason', () => {
    const redone = again(reach(aRoute(), talk, now), talk, now);
    const { state, judgement } = receive(redone, news(talk), now);
    expect(judgement).toEqual({ receipt: 'late', reason: 'superseded' });
    expect(state.steps[talk]?.status).toBe('open');
    expect(state.receipts).toContainEqual({
      eventId: shortId('event-debt.first-talk-1'),
      ...judgement,
      at: now,
    });
  });

  it('a second answer to a step that is done is late', () => {
    const done = receive(reach(aRoute(), talk, now), news(talk), now).state;
    const { judgement } = receive(done, news(talk, { eventId: 'another' }), now);
    expect(judgement).toEqual({ receipt: 'late', reason: 'already-answered' });
  });

  it('about an attempt that was set aside is late too while its step is blocked', () => {
    const done = receive(reach(aRoute(), talk, now), news(talk), now).state;
    const { state, judgement } = receive(rewound(done, [talk], now), news(talk, { eventId: 'another' }), now);
    expect(state.steps[talk]).toMatchObject({ status: 'blocked', attempt: 2 });
    expect(judgement).toEqual({ receipt: 'late', reason: 'superseded' });
    expect(state.inbox).toEqual([]);
  });

  it.each(['0', '01', '1.0', '-1'])('about attempt %s is about no request', (attempt) => {
    const requestId = `${routeId}:${talk}:${attempt}`;
    expect(receive(aRoute(), news(talk, { requestId }), now).judgement).toEqual({
      receipt: 'late',
      reason: 'unknown-request',
    });
  });

  it('of a kind that this version has never heard of is late, and judged once', () => {
    const unheardOf = news(talk, { kind: 'step-begun' as never });
    const { state, judgement } = receive(reach(aRoute(), talk, now), unheardOf, now);
    expect(judgement).toEqual({ receipt: 'late', reason: 'kind-unknown' });
    expect(state.steps[talk]?.status).toBe('open');
    expect(receive(state, unheardOf, now).judgement).toEqual({ receipt: 'duplicate' });
  });

  it("about another party's step changes nothing", () => {
    const open = reach(aRoute(), talk, now);
    const { state, judgement } = receive(open, news(talk, { party: 'benefits-office' }), now);
    expect(judgement).toEqual({ receipt: 'late', reason: 'not-your-step' });
    expect(state.steps).toBe(open.steps);
  });

  it('about a superseded attempt is late also while the step waits to be asked anew', () => {
    const aside = setAside(reach(aRoute(), talk, now), [talk], now);
    expect(receive(aside, news(talk), now).judgement).toEqual({ receipt: 'late', reason: 'superseded' });
    expect(receive(aside, news(talk, {}, 2), now).judgement).toEqual({ receipt: 'early' });
    expect(receive(aside, news(talk, {}, 3), now).judgement.reason).toBe('unknown-request');
  });

  it('names a request as the route does: an attempt that none can have is unknown', () => {
    for (const attempt of ['0', '01', '-1', '1.0', '1e0']) {
      const requestId = `${routeId}:${talk}:${attempt}`;
      expect(receive(aRoute(), news(talk, { requestId }), now).judgement).toEqual({
        receipt: 'late',
        reason: 'unknown-request',
      });
    }
  });

  it('of the file that came early is not lost when the route goes to its end', () => {
    const early = receive(aRoute(), news('closure.file'), now).state;
    const other = receive(early, news('debt.plan'), now).state;
    const ended = ending(other, 'closed-early', { by: 'cm-17' }, now);
    expect(ended.inbox).toHaveLength(1);
    expect(reach(ended, 'closure.file', now).steps['closure.file']?.status).toBe('done');
  });

  it('of a step that an ending route will not come to is late', () => {
    const ended = ending(aRoute(), 'closed-early', { by: 'cm-17' }, now);
    expect(receive(ended, news('debt.plan'), now).judgement).toEqual({
      receipt: 'late',
      reason: 'route-ending',
    });
  });

  it('of a refusal keeps the term: told of once, and to the process director in the end', () => {
    const asked = passMoments(reach(aRoute(), talk, now), endOfDayLater(28));
    const refused = receive(
      asked,
      news(talk, { kind: 'step-refused', reason: 'fraud' }),
      daysLater(30),
    ).state;
    const later = passMoments(refused, daysLater(60));
    const kinds = later.outbox.flatMap((each) => (each.what === 'notice' ? [each.kind] : []));
    expect(kinds).toEqual(['reminder', 'overdue', 'escalated']);
  });

  it('tells of a result only what is its own to tell: of debts, the screening and nobody else', () => {
    const result = { debts: 'none' as const, threat: 'eviction' as const, missingSkills: ['money'] };
    const assessed = receive(
      reach(aRoute(), 'intake.skills', now),
      news('intake.skills', { result }),
      now,
    ).state;
    expect(assessed.debts).toBeUndefined();
    expect(assessed.threat).toBeUndefined();
    expect(assessed.steps['intake.skills']?.result).toEqual({ missingSkills: ['money'] });
  });

  it('of a new offer withdraws one that nobody answered, and keeps the latest few', () => {
    const offer = (n: number) =>
      ({ kind: 'offer-made', offer: { offerId: `O${n}`, housingForm: 'own-home' } }) as const;
    let state = reach(
      { ...aRoute(), steps: { 'income.benefit': { status: 'done', attempt: 1, since: now } } },
      'housing.offer',
      now,
    );
    for (let n = 1; n <= 20; n += 1)
      state = again(receive(state, news('housing.offer', offer(n), n), now).state, 'housing.offer', now);
    expect(state.offers).toHaveLength(offersKept);
    expect(state.offers.filter(({ status }) => status === 'open').map(({ offerId }) => offerId)).toEqual([
      'O20',
    ]);
  });

  it('of a refusal leaves the route alive, waiting for the case manager', () => {
    const { state } = receive(
      reach(aRoute(), talk, now),
      news(talk, { kind: 'step-refused', reason: 'fraud' }),
      now,
    );
    expect(state.steps[talk]).toMatchObject({ status: 'refused', reason: 'fraud' });
  });

  it('of the screening tells the route of debts and threat, which shortens the first talk', () => {
    const screened = receive(
      reach(aRoute(), 'intake.debt-screening', now),
      news('intake.debt-screening', { result: { debts: 'problematic', threat: 'eviction' } }),
      now,
    ).state;
    expect(screened).toMatchObject({ debts: 'problematic', threat: 'eviction' });
    expect(reach(screened, talk, now).steps[talk]).toMatchObject({
      rule: 'debt.first-talk.threat',
      dueAt: endOfDayLater(3),
    });
  });

  it('in any order and any number of times gives the same steps, each completed once', () => {
    const requests = stepIds.filter((id) => steps[id].kind === 'request' && id !== 'housing.offer');
    const everything = requests.flatMap((id) => [news(id), news(id)]);
    const inOrder = play(requests.map((id) => news(id)));
    fc.assert(
      fc.property(fc.shuffledSubarray(everything, { minLength: everything.length }), (shuffled) => {
        const played = play(shuffled);
        expect(statuses(played)).toEqual(statuses(inOrder));
        const completed = played.timeline
          .filter(({ what }) => what === 'step-completed')
          .map((entry) => entry.stepId);
        expect(new Set(completed).size).toBe(completed.length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('an offer', () => {
  const home = { offerId: 'a1', housingForm: 'own-home' };
  const made = (attempt = 1) => news('housing.offer', { kind: 'offer-made', offer: home }, attempt);
  const off: PartnerNews = {
    eventId: 'off-1',
    party: 'housing-corporation',
    kind: 'offer-withdrawn',
    offerId: 'a1',
    reason: 'sold',
  };
  /** A home can be looked for. */
  const searching = {
    ...aRoute(),
    steps: { 'income.benefit': { status: 'done', attempt: 1, since: now } },
  } as RouteState;
  const told = (state: RouteState, ...all: PartnerNews[]) =>
    all.reduce(
      ({ state: before, receipts }, each) => {
        const heard = receive(before, each, now);
        return { state: heard.state, receipts: [...receipts, heard.judgement.receipt] };
      },
      { state, receipts: [] as string[] },
    );

  it('that is overtaken by its withdrawal is withdrawn when it comes', () => {
    const open = reach(searching, 'housing.offer', now);
    const { state, receipts } = told(open, off, off, { ...off, eventId: 'off-2' }, made());
    expect(receipts).toEqual(['early', 'duplicate', 'late', 'applied']);
    expect(state.offers).toMatchObject([{ offerId: 'a1', status: 'withdrawn' }]);
    expect(state.inbox).toEqual([]);
    expect(state.receipts).toContainEqual({ eventId: shortId('off-1'), receipt: 'applied', at: now });
  });

  it('that waits for its step is withdrawn when the step opens', () => {
    const { state, receipts } = told(searching, made(), off);
    expect(receipts).toEqual(['early', 'early']);
    const open = reach(state, 'housing.offer', now);
    expect(open.offers).toMatchObject([{ offerId: 'a1', status: 'withdrawn' }]);
    expect(open.timeline.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['offer-made', 'offer-withdrawn']),
    );
  });

  it('of the same home, once more, is the one that is withdrawn', () => {
    const first = told(reach(searching, 'housing.offer', now), made(), off).state;
    const again = reach(setAside(first, ['housing.offer'], now), 'housing.offer', now);
    const { state, receipts } = told(again, made(2), { ...off, eventId: 'off-2' });
    expect(receipts).toEqual(['applied', 'applied']);
    expect(state.offers.map(({ status }) => status)).toEqual(['withdrawn', 'withdrawn']);
  });

  it('that was never made has few withdrawals waiting for it', () => {
    const many = Array.from({ length: 30 }, (_, i) => ({ ...off, eventId: `off-${i}`, offerId: `b${i}` }));
    expect(told(searching, ...many).state.inbox.length).toBe(10);
  });
});

describe('a track that is withdrawn', () => {
  const notNeeded = { receipt: 'late', reason: 'step-not-needed' };
  const stabilisation: StepId = 'debt.stabilisation';

  it('needs no answers any more: nobody gave one', () => {
    const off = withoutTrack(reach(aRoute(), talk, now), 'debt', now);
    expect(off.steps[talk]?.status).toBe('withdrawn');
    expect(receive(off, news(talk), now).judgement).toEqual(notNeeded);
  });

  it('tells that what waited for it was not needed, also when it is needed again', () => {
    const blocked = reach(aRoute(), stabilisation, now);
    const early = receive(blocked, news(stabilisation), now);
    expect([blocked.steps[stabilisation]?.status, early.judgement.receipt]).toEqual(['blocked', 'early']);
    const off = withoutTrack(early.state, 'debt', now);
    const last = { eventId: shortId(news(stabilisation).eventId), ...notNeeded, at: now };
    expect([off.inbox, off.receipts]).toEqual([[], [last]]);
    const again = reach({ ...off, notNeeded: [] }, stabilisation, now);
    expect(again.steps[stabilisation]).toMatchObject({ attempt: 2 });
    expect([again.inbox, again.receipts]).toEqual([[], [last]]);
  });

  it('lets wait what can still be applied: an answer to a step that it did not come to', () => {
    const early = receive(aRoute(), news('debt.plan'), now).state;
    const off = withoutTrack(early, 'debt', now);
    expect(off.receipts).toMatchObject([{ receipt: 'early' }]);
    expect(reach({ ...off, notNeeded: [] }, 'debt.plan', now).steps['debt.plan']?.status).toBe('done');
  });
});

describe('a route that ends', () => {
  it('tells that what waited was too late, and lets nothing wait any more', () => {
    const waiting = receive(aRoute(), news(talk), now).state;
    const over = ending(waiting, 'closed-early', { by: 'cm-17' }, now);
    const late = { receipt: 'late', reason: 'route-ending' };
    expect(over.receipts).toEqual([{ eventId: shortId(news(talk).eventId), ...late, at: now }]);
    expect(receive(over, news('debt.plan'), now).judgement).toEqual(late);
    expect(receive(over, news(talk), now).judgement.receipt).toBe('duplicate');
    expect(receive(over, news('closure.file'), now).judgement).toEqual({ receipt: 'early' });
  });
});

it('a concern that comes again after thousands of others is a duplicate still', () => {
  const concern = (i: number): PartnerNews => ({
    eventId: `concern-${i}`,
    party: 'debt-service',
    kind: 'concern-raised',
    reason: 'rent-arrears',
  });
  let state = aRoute();
  for (let i = 0; i < newsKept; i += 1) state = receive(state, concern(i), now).state;
  expect(receive(state, concern(0), now)).toEqual({ state, judgement: { receipt: 'duplicate' } });
  expect(state.timeline.length).toBeLessThanOrEqual(timelineKept);
});

/** Lets the process come to every request step after each piece of news, as the workflow does. */
function play(all: readonly PartnerNews[]): RouteState {
  const walk = (state: RouteState) =>
    stepIds
      .filter((id) => steps[id].kind === 'request' && id !== 'housing.offer')
      .reduce((current, id) => reach(current, id, now), state);
  const home = {
    ...aRoute(),
    steps: { 'intake.identity': { status: 'done', attempt: 1, since: now } },
  } as RouteState;
  return all.reduce((state, each) => walk(receive(state, each, now).state), walk(home));
}

const statuses = (state: RouteState) =>
  Object.entries(state.steps)
    .map(([id, record]) => `${id}=${record.status}`)
    .sort();
