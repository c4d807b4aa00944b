/** Steps that a later version put in front of where a route is. One that was left out plays the part of such a step. */
import { describe, expect, it } from 'vitest';
import { carryOut } from '../../domain/commands.ts';
import { factsOf } from '../../domain/facts.ts';
import { passMoments } from '../../domain/moments.ts';
import { receive } from '../../domain/partner-news.ts';
import { requestIdOf } from '../../domain/request-id.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { shortId } from '../../domain/short-id.ts';
import { trackStatus, waitingsOf } from '../../domain/standing.ts';
import { begin, reach, setAside } from '../../domain/step-transitions.ts';
import { steps, stepIds, type StepId } from '../../domain/steps.ts';
import { timelineView } from '../../domain/view.ts';
import { aRoute, daysLater, endOfDayLater, now, routeId, rules } from '../support/a-route.ts';

const done = { status: 'done', attempt: 1, since: now, closedAt: now } as const;
/** A route of which these steps are done, and nothing else was reached. */
const past = (...ids: StepId[]): RouteState => ({
  ...aRoute(),
  steps: Object.fromEntries(ids.map((id) => [id, done])),
});
const statusOf = (state: RouteState, stepId: StepId) => reach(state, stepId, now).steps[stepId]?.status;

describe('a step in front of one that is done', () => {
  const route = past('debt.registration', 'debt.plan');
  const overtaken = reach(route, 'debt.first-talk', now);

  it('counts as passed: nobody is asked and nothing is waited for', () => {
    expect(overtaken.steps['debt.first-talk']).toEqual({
      status: 'not-asked',
      attempt: 1,
      since: now,
      closedAt: now,
    });
    expect(overtaken.outbox).toEqual([]);
    expect(waitingsOf(overtaken)).toEqual([]);
    expect(reach(overtaken, 'debt.first-talk', daysLater(1))).toBe(overtaken);
  });

  it('is said not to have been asked, which is another thing than a skip', () => {
    expect(timelineView(overtaken, 'nl').at(-1)).toMatchObject({
      what: 'step-not-asked',
      by: 'calendar',
      stepId: 'debt.first-talk',
      sentence: 'Eerste gesprek: niet gevraagd, de route was al verder',
    });
  });

  it('needs no answer any more, not even one that came early', () => {
    const requestId = requestIdOf(routeId, 'debt.first-talk', 1);
    const news = {
      eventId: 'early',
      party: 'debt-service',
      kind: 'step-completed',
      requestId,
    } as const;
    const early = receive(route, news, now);
    expect(early.judgement.receipt).toBe('early');
    const passed = reach(early.state, 'debt.first-talk', now);
    const notNeeded = { receipt: 'late', reason: 'step-not-needed' };
    expect([passed.inbox, passed.receipts]).toEqual([
      [],
      [{ eventId: shortId('early'), ...notNeeded, at: now }],
    ]);
    expect(receive(passed, { ...news, eventId: 'later' }, now).judgement).toEqual(notNeeded);
  });

  it('is asked when somebody asks for it', () => {
    const actor = { subject: 'cm-17', role: 'case-manager' as const };
    const command = { kind: 'redo', stepId: 'debt.first-talk', reason: { jwe: 'reason' } } as const;
    const again = carryOut(overtaken, { id: 'k', fingerprint: 'f', actor, command }, now);
    expect(again.rerun).toBe(true);
    expect(reach(again, 'debt.first-talk', now).steps['debt.first-talk']).toMatchObject({
      status: 'open',
      attempt: 2,
    });
  });

  it('does not keep its track from being done', () => {
    const ids = stepIds.filter((id) => steps[id].track === 'debt' && id !== 'debt.first-talk');
    expect(trackStatus(reach(past(...ids), 'debt.first-talk', now), 'debt')).toBe('done');
  });

  it.each<[string, StepId, StepId[]]>([
    ['nothing of its track is passed', 'debt.first-talk', ['intake.decision']],
    ['what is passed lies before it', 'debt.plan', ['debt.registration', 'debt.first-talk']],
    ['it says so itself', 'intake.registry-check', ['intake.decision']],
    ['nothing can take its place', 'housing.support', ['housing.key-handover']],
    ['its fact does not hold', 'income.postal-address', ['income.benefit']],
    // A route that began with wishes has this one done before anybody is identified.
    ['what is passed runs beside it', 'intake.identity', ['intake.personal-plan']],
  ])('is asked all the same when %s', (_, stepId, behind) => {
    expect(statusOf(past(...behind), stepId)).not.toBe('not-asked');
  });

  it('that yields a fact is not asked when the fact holds, and does not hold it up afterwards', () => {
    const known = { ...done, result: { addressKnown: true } };
    const base = past('income.benefit');
    const route = { ...base, steps: { ...base.steps, 'intake.registry-check': known } };
    const overtaken = reach(route, 'income.postal-address', now);
    expect(overtaken.steps['income.postal-address']?.status).toBe('not-asked');
    expect(factsOf(overtaken)).toContain('address');
    const moved = { ...overtaken, steps: { ...overtaken.steps, 'intake.registry-check': done } };
    expect(factsOf(moved)).not.toContain('address');
  });
});

describe('a route that was never overtaken by a version is asked everything', () => {
  it('the registry check, also when the time for a plan is over before the person is identified', () => {
    const late = daysLater(10);
    const route = begin({ ...aRoute(), rules: rules('nl'), by: 'cm-17', now });
    const waited = passMoments(route, endOfDayLater(7));
    expect(waited.steps['intake.personal-plan']?.status).toBe('done');
    const actor = { subject: 'cm-17', role: 'case-manager' as const };
    const command = { kind: 'identify', person: { jwe: 'person' } } as const;
    const identified = carryOut(waited, { id: 'k', fingerprint: 'f', actor, command }, late);
    expect(reach(identified, 'intake.registry-check', late).steps['intake.registry-check']?.status).toBe(
      'open',
    );
  });

  it('a step that is done anew, although later ones stay done', () => {
    const set = setAside(past('debt.registration', 'debt.first-talk', 'debt.plan'), ['debt.first-talk'], now);
    expect(reach(set, 'debt.first-talk', now).steps['debt.first-talk']).toMatchObject({
      status: 'open',
      attempt: 2,
    });
  });

  it('every offer and every answer, however often the search begins anew', () => {
    let state = past('housing.urgency', 'income.postal-address', 'income.benefit');
    for (const attempt of [1, 2, 3]) {
      state = reach(state, 'housing.offer', now);
      expect(state.steps['housing.offer']).toMatchObject({ status: 'open', attempt });
      const requestId = requestIdOf(routeId, 'housing.offer', attempt);
      const offer = { offerId: `offer-${attempt}`, housingForm: 'own-home' };
      const news = { eventId: requestId, party: 'housing-corporation', kind: 'offer-made' } as const;
      state = receive(state, { ...news, requestId, offer }, now).state;
      // The second one is withdrawn before it comes to an answer.
      if (attempt !== 2) state = reach(state, 'housing.offer-answer', now);
      expect(state.steps['housing.offer-answer']?.status).toBe(attempt === 2 ? 'blocked' : 'open');
      const gone = {
        eventId: `gone-${attempt}`,
        party: 'housing-corporation',
        kind: 'offer-withdrawn',
      } as const;
      state = receive(state, { ...gone, offerId: offer.offerId }, now).state;
      state = setAside(state, ['housing.offer', 'housing.offer-answer'], now);
    }
    expect(state.timeline.filter(({ what }) => what === 'step-not-asked')).toEqual([]);
  });
});
