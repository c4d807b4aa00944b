import { describe, expect, it } from 'vitest';
import type { Command, CommandEnvelope } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { factsOf } from '../../domain/facts.ts';
import { nextMoment, passMoments } from '../../domain/moments.ts';
import { receive } from '../../domain/partner-news.ts';
import { requestIdOf } from '../../domain/request-id.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { healthOf, trackStatus, waitingsOf } from '../../domain/standing.ts';
import { accepted, failedTechnically, reach, withoutTrack } from '../../domain/step-transitions.ts';
import type { StepId } from '../../domain/steps.ts';
import { aRoute, daysLater, now, routeId } from '../support/a-route.ts';
import { refusalOf } from '../support/refusal-of.ts';

const reason = { jwe: 'reason' };
let keys = 0;

/** Gives a command under a key of its own. */
function tell(state: RouteState, command: Command, by = 'cm-17', at = now): RouteState {
  keys += 1;
  const actor = { subject: by, role: 'case-manager' as const, municipality: 'GM0153' };
  const envelope: CommandEnvelope = { id: `key-${keys}`, fingerprint: 'f', actor, command };
  return carryOut(state, envelope, at);
}

const asked = (stepId: StepId): RouteState => accepted(reach(aRoute(), stepId, now), stepId, 1, now);
const answered = (stepId: StepId): RouteState =>
  receive(
    asked(stepId),
    {
      eventId: `e-${stepId}`,
      party: 'debt-service',
      kind: 'step-completed',
      requestId: requestIdOf(routeId, stepId, 1),
    },
    now,
  ).state;

describe('skipping a step', () => {
  const first = tell(asked('debt.plan'), { kind: 'skip', stepId: 'debt.plan', reason });

  it('takes two people: the first asks, the second confirms', () => {
    expect(first.steps['debt.plan']?.status).toBe('open');
    expect(waitingsOf(first)).toMatchObject([{ nextMove: 'confirm-skip' }]);
    expect(refusalOf(() => tell(first, { kind: 'skip', stepId: 'debt.plan', reason }))).toBe('four-eyes');
    const second = tell(first, { kind: 'skip', stepId: 'debt.plan', reason }, 'cm-21');
    expect(second.steps['debt.plan']?.status).toBe('skipped');
  });

  it('tells the partner that its request is off, and takes its late answer without harm', () => {
    const skipped = tell(first, { kind: 'skip', stepId: 'debt.plan', reason }, 'cm-21');
    const key = requestIdOf(routeId, 'debt.plan', 1);
    expect(skipped.outbox).toEqual([{ what: 'release', key, party: 'debt-service' }]);
    const news = { eventId: 'late', party: 'debt-service', kind: 'step-completed', requestId: key } as const;
    expect(receive(skipped, news, now).judgement).toEqual({ receipt: 'late', reason: 'step-not-needed' });
  });

  it('while it is blocked tells that an answer that waited for it is not needed', () => {
    const stepId = 'debt.stabilisation';
    const blocked = reach(aRoute(), stepId, now);
    const key = requestIdOf(routeId, stepId, 1);
    const news = { eventId: 'early', party: 'debt-service', kind: 'step-completed', requestId: key } as const;
    const early = receive(blocked, news, now).state;
    const skip = { kind: 'skip', stepId, reason } as const;
    const skipped = tell(tell(early, skip), skip, 'cm-21');
    expect([early, skipped].map(({ receipts }) => receipts[0])).toMatchObject([
      { receipt: 'early' },
      { receipt: 'late', reason: 'step-not-needed' },
    ]);
  });

  it.each(['housing.support', 'housing.key-handover', 'intake.decision', 'closure.file'] as const)(
    'is refused for %s, which nothing else can replace',
    (stepId) => {
      const state = reach(aRoute(), stepId, now);
      expect(refusalOf(() => tell(state, { kind: 'skip', stepId, reason }))).toBe('step-not-skippable');
    },
  );
});

describe('a request that is on its way', () => {
  const stepId = 'debt.plan';
  const release = {
    what: 'release',
    key: requestIdOf(routeId, stepId, 1),
    party: 'debt-service',
  };
  const open = reach(aRoute(), stepId, now);
  const skip = { kind: 'skip', stepId, reason } as const;
  const ends: Record<string, (state: RouteState) => RouteState> = {
    'the route is closed': (state) => tell(state, { kind: 'close-early', reason }),
    'it is asked anew': (state) => tell(state, { kind: 'redo', stepId, reason }),
    'its step is skipped': (state) => tell(tell(state, skip), skip, 'cm-21'),
    'its step is completed by hand': (state) => tell(state, { kind: 'complete', stepId, reason }),
    'its track is not needed': (state) => withoutTrack(state, 'debt', now),
  };

  it.each(Object.entries(ends))('is taken back when %s: the partner may have it', (_, end) => {
    expect(open.steps[stepId]).not.toHaveProperty('sentAt');
    expect(end(open).outbox).toContainEqual(release);
    expect(end(failedTechnically(open, stepId, 1, 'PartnerRejected', now)).outbox).toContainEqual(release);
  });

  it.each(Object.entries(ends))('in a run of before is not, when %s: its replay would break', (_, end) => {
    const { edition: _edition, ...before } = open;
    expect(end(before).outbox).toEqual([]);
    expect(end(accepted(before, stepId, 1, now)).outbox).toContainEqual(release);
  });
});

describe('completing a step on behalf of a partner', () => {
  it('goes on with what the partner would have told, and keeps who said so', () => {
    const result = { debts: 'none' as const };
    const state = tell(asked('intake.debt-screening'), {
      kind: 'complete',
      stepId: 'intake.debt-screening',
      reason,
      result,
    });
    expect(state.steps['intake.debt-screening']).toMatchObject({ status: 'done', result });
    expect(state.debts).toBe('none');
    expect(state.timeline.at(-1)).toMatchObject({ what: 'completed-by-hand', by: 'cm-17', note: reason });
    expect(state.outbox).toHaveLength(1);
  });

  it('is refused for a step that is done, and for an offer, which needs a home', () => {
    const complete = (stepId: string) => ({ kind: 'complete', stepId, reason }) as const;
    expect(refusalOf(() => tell(answered('debt.plan'), complete('debt.plan')))).toBe('step-not-completable');
    expect(refusalOf(() => tell(asked('housing.offer'), complete('housing.offer')))).toBe(
      'step-not-completable',
    );
  });
});

describe('doing anew what is behind the route', () => {
  it('sets the outcome aside, counts the attempt up, and starts the stages from the top', () => {
    const state = tell(answered('debt.plan'), { kind: 'redo', stepId: 'debt.plan', reason });
    expect(state).toMatchObject({ rerun: true, steps: { 'debt.plan': { status: 'blocked', attempt: 2 } } });
    expect(reach(state, 'debt.plan', daysLater(1)).steps['debt.plan']).toMatchObject({
      status: 'open',
      attempt: 2,
    });
  });

  it('of a step that is still asked withdraws the earlier request', () => {
    const state = tell(asked('debt.plan'), { kind: 'redo', stepId: 'debt.plan', reason });
    expect(state.outbox).toMatchObject([{ what: 'release', key: requestIdOf(routeId, 'debt.plan', 1) }]);
    expect(state.rerun).toBeUndefined();
  });

  it('opens a track again from a step on, and keeps what was reached elsewhere', () => {
    const both = receive(
      accepted(reach(answered('debt.registration'), 'debt.first-talk', now), 'debt.first-talk', 1, now),
      {
        eventId: 'talked',
        party: 'debt-service',
        kind: 'step-completed',
        requestId: requestIdOf(routeId, 'debt.first-talk', 1),
      },
      now,
    ).state;
    const state = tell(both, { kind: 'reopen', track: 'debt', from: 'debt.first-talk', reason });
    expect(state.steps['debt.registration']?.status).toBe('done');
    expect(state.steps['debt.first-talk']).toMatchObject({ status: 'blocked', attempt: 2 });
    expect(refusalOf(() => tell(both, { kind: 'reopen', track: 'housing', reason }))).toBe(
      'track-not-reopenable',
    );
  });
});

describe('a screening that is done anew and finds something else', () => {
  const screened = (state: RouteState, debts: 'none' | 'problematic') => {
    const attempt = state.steps['intake.debt-screening']?.attempt ?? 1;
    const requestId = requestIdOf(routeId, 'intake.debt-screening', attempt);
    const news = { eventId: `${attempt}`, party: 'debt-service', kind: 'step-completed' } as const;
    const asked = accepted(reach(state, 'intake.debt-screening', now), 'intake.debt-screening', attempt, now);
    return receive(asked, { ...news, requestId, result: { debts } }, now).state;
  };
  const again = (state: RouteState) => tell(state, { kind: 'redo', stepId: 'intake.debt-screening', reason });
  const underWay = accepted(
    reach(screened(aRoute(), 'problematic'), 'debt.registration', now),
    'debt.registration',
    1,
    now,
  );
  const without = withoutTrack(screened(again(underWay), 'none'), 'debt', now);

  it('no debts: nothing of their track is waited for any more, and the partner hears that its request is off', () => {
    expect(without.steps['debt.registration']?.status).toBe('withdrawn');
    expect(waitingsOf(without)).toEqual([]);
    expect(nextMoment(without)).toBeUndefined();
    const key = requestIdOf(routeId, 'debt.registration', 1);
    expect(without.outbox).toEqual([{ what: 'release', key, party: 'debt-service' }]);
  });

  it('debts after all: their track is needed, and what was withdrawn of it is asked under a new key', () => {
    const needed = screened(again(without), 'problematic');
    expect(needed.notNeeded).toEqual([]);
    const state = reach(needed, 'debt.registration', now);
    expect(state.steps['debt.registration']).toMatchObject({ status: 'open', attempt: 2 });
    expect(trackStatus(state, 'debt')).toBe('running');
  });
});

describe('what leans on a step that is done anew', () => {
  it('keys are not asked for while support is: the request for them is off', () => {
    const done = { status: 'done', attempt: 1, since: now, closedAt: now } as const;
    const supported: RouteState = { ...aRoute(), steps: { 'housing.support': done } };
    const keys = accepted(reach(supported, 'housing.key-handover', now), 'housing.key-handover', 1, now);
    const state = tell(keys, { kind: 'redo', stepId: 'housing.support', reason });
    expect(state.steps['housing.key-handover']).toMatchObject({ status: 'blocked', attempt: 2 });
    expect(state.outbox).toMatchObject([{ key: requestIdOf(routeId, 'housing.key-handover', 1) }]);
    const handedOver: RouteState = {
      ...supported,
      steps: { ...supported.steps, 'housing.key-handover': done },
    };
    const after = tell(handedOver, { kind: 'redo', stepId: 'housing.support', reason });
    expect(after.steps['housing.key-handover']).toBe(done);
  });

  it('a track that is opened again calls off what is under way further on', () => {
    const later = accepted(reach(answered('debt.registration'), 'debt.plan', now), 'debt.plan', 1, now);
    const state = tell(later, { kind: 'reopen', track: 'debt', reason });
    expect(state.steps['debt.plan']).toMatchObject({ status: 'blocked', attempt: 2 });
    expect(state.outbox).toMatchObject([{ key: requestIdOf(routeId, 'debt.plan', 1) }]);
  });

  it('an answer to an offer that is asked for anew is about the same home', () => {
    const offer = { offerId: 'O1', housingForm: 'own-home', madeAt: now } as const;
    const done = { status: 'done', attempt: 1, since: now } as const;
    const state = tell(
      {
        ...aRoute(),
        offers: [{ ...offer, status: 'accepted', answeredAt: now }],
        steps: { 'housing.offer': done, 'housing.offer-answer': done },
      },
      { kind: 'redo', stepId: 'housing.offer-answer', reason },
    );
    expect(state.offers).toEqual([{ ...offer, status: 'open' }]);
  });

  it('an answer that came early to a step that is skipped waits no longer', () => {
    const requestId = requestIdOf(routeId, 'income.benefit', 1);
    const news = { eventId: 'e', party: 'benefits-office', kind: 'step-completed', requestId } as const;
    const early = receive(reach(aRoute(), 'income.benefit', now), news, now).state;
    const once = tell(early, { kind: 'skip', stepId: 'income.benefit', reason });
    expect(tell(once, { kind: 'skip', stepId: 'income.benefit', reason }, 'cm-21').inbox).toEqual([]);
  });
});

describe('a route on hold', () => {
  const before = asked('debt.first-talk'); // due on Monday 30 November
  const until = daysLater(42);
  const held = tell(before, { kind: 'hold', until, reason }, 'cm-17', daysLater(7));

  it('lets its terms stand still, and says so', () => {
    expect(healthOf(held, waitingsOf(held))).toBe('OnHold');
    expect(nextMoment(held)).toBe(until);
    expect(passMoments(held, daysLater(41))).toBe(held);
  });

  it('shifts every date by as long as it lasted, whether somebody or the calendar ends it', () => {
    const { dueAt } = before.steps['debt.first-talk']!;
    const shiftOf = (state: RouteState) =>
      (Date.parse(state.steps['debt.first-talk']!.dueAt!) - Date.parse(dueAt!)) / 86_400_000;
    expect(shiftOf(tell(held, { kind: 'go-on' }, 'cm-17', daysLater(17)))).toBe(10);
    const byItself = passMoments(held, until);
    expect(byItself.hold).toBeUndefined();
    expect(shiftOf(byItself)).toBe(35);
  });

  it('still takes in what partners tell', () => {
    const requestId = requestIdOf(routeId, 'debt.first-talk', 1);
    const news = { eventId: 'e', party: 'debt-service', kind: 'step-completed', requestId } as const;
    expect(receive(held, news, daysLater(8)).judgement.receipt).toBe('applied');
  });

  it('can not be held twice, nor into the past', () => {
    expect(refusalOf(() => tell(held, { kind: 'hold', until, reason }))).toBe('already-on-hold');
    expect(refusalOf(() => tell(before, { kind: 'hold', until: now, reason }))).toBe('hold-in-the-past');
    expect(refusalOf(() => tell(before, { kind: 'go-on' }))).toBe('not-on-hold');
  });
});

describe('a route as a whole', () => {
  it('has another case manager from then on, never none', () => {
    const state = tell(aRoute(), { kind: 'change-case-manager', caseManager: 'cm-21' });
    expect(state.caseManager).toBe('cm-21');
    const same = () => tell(state, { kind: 'change-case-manager', caseManager: 'cm-21' });
    expect(refusalOf(same)).toBe('same-case-manager');
  });

  it('that ends early withdraws what is open and keeps its closure mendable', () => {
    const state = tell(asked('debt.plan'), { kind: 'close-early', reason });
    expect(state).toMatchObject({ ending: 'closed-early', steps: { 'debt.plan': { status: 'withdrawn' } } });
    expect(state.outbox).toMatchObject([{ what: 'release' }]);
    expect(refusalOf(() => tell(state, { kind: 'hold', until: daysLater(9), reason }))).toBe('route-ending');
    const filed = accepted(reach(state, 'closure.file', now), 'closure.file', 1, now);
    const mended = tell(filed, { kind: 'complete', stepId: 'closure.file', reason });
    expect(mended.steps['closure.file']?.status).toBe('done');
  });

  it('gains by a skipped step what the step would have yielded', () => {
    const once = tell(asked('income.postal-address'), {
      kind: 'skip',
      stepId: 'income.postal-address',
      reason,
    });
    const twice = tell(once, { kind: 'skip', stepId: 'income.postal-address', reason }, 'cm-21');
    expect(factsOf(twice)).toContain('address');
  });
});

describe('notices', () => {
  const kinds = (state: RouteState) =>
    state.outbox.map((each) => (each.what === 'notice' ? [each.kind, each.to] : []));

  it('remind the party, tell the case manager of the passed term, and then the process director', () => {
    const state = asked('debt.first-talk');
    expect(kinds(passMoments(state, daysLater(22)))).toEqual([['reminder', 'debt-service']]);
    expect(kinds(passMoments(state, daysLater(30)))).toEqual([
      ['reminder', 'debt-service'],
      ['overdue', 'case-manager'],
    ]);
    const escalated = passMoments(state, daysLater(60));
    expect(kinds(escalated).at(-1)).toEqual(['escalated', 'process-director']);
    expect(nextMoment(escalated)).toBeUndefined();
    expect(new Set(escalated.outbox.map(({ key }) => key)).size).toBe(3);
  });

  it('tell the owner of the phase of the passed term, where the rules name one', () => {
    const state = asked('debt.first-talk');
    const owned = { ...state, rules: { ...state.rules, phaseOwners: { debt: 'debt-service' as const } } };
    expect(kinds(passMoments(owned, daysLater(30))).at(-1)).toEqual(['overdue', 'debt-service']);
  });
});
