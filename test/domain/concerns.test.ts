/** Concerns: weighed by rules, open until somebody has settled them, and never lost at the end of a route. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConcernFollows, ConcernKind } from '../../contracts/concern.ts';
import { Stage } from '../../contracts/vocabulary.ts';
import { toldOfClosure } from '../../domain/closing-file.ts';
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import {
  consequenceOf,
  isStronger,
  packed,
  weightsOf,
  type Weighed,
  type Weight,
} from '../../domain/concern-rules.ts';
import { outgoingOf } from '../../domain/concern-terms.ts';
import { concernsKept, concernsOf, hasOpenConcern, openConcernsOf } from '../../domain/concerns.ts';
import { ending } from '../../domain/finish-step.ts';
import { nextMoment, nextMomentOf, passMoments } from '../../domain/moments.ts';
import type { PartnerNews } from '../../domain/news.ts';
import { sent } from '../../domain/outbox.ts';
import { receive } from '../../domain/partner-news.ts';
import type { RouteState } from '../../domain/route-state.ts';
import type { RouteRules } from '../../domain/rules.ts';
import { healthOf, waitingsOf } from '../../domain/standing.ts';
import { waitText } from '../../domain/texts.ts';
import { untold } from '../../domain/untold.ts';
import { routeView, timelineView } from '../../domain/view.ts';
import { aRoute, day, daysLater, endOfDayLater, now, routeId, rules } from '../support/a-route.ts';

const reason = { jwe: 'reason' };
const done = { status: 'done', attempt: 1, since: now, closedAt: now } as const;
/** After the move, with the debts arranged. */
const settledIn = (): RouteState => ({
  ...aRoute(),
  stage: 'aftercare',
  steps: {
    'intake.decision': done,
    'debt.registration': done,
    'debt.first-talk': done,
    'housing.support': done,
    'housing.key-handover': done,
    'cti.transfer-of-care': done,
    'cti.transfer-meeting': done,
    'aftercare.first-interval': { status: 'open', attempt: 1, since: now },
  },
});
let told = 0;
const hear = (
  state: RouteState,
  kind: string,
  party: PartnerNews['party'] = 'housing-corporation',
  at = now,
): RouteState => {
  const eventId = `event-${(told += 1)}`;
  return receive(state, { eventId, party, kind: 'concern-raised', reason: kind, note: reason }, at).state;
};
const order = (state: RouteState, command: Command, at = now): RouteState => {
  const actor = { subject: 'cm-17', role: 'case-manager' } as const;
  return carryOut(state, { id: `key-${(told += 1)}`, fingerprint: 'f', actor, command }, at);
};
type Settling = Partial<Extract<Command, { kind: 'settle-concern' }>>;
const settle = (state: RouteState, more: Settling = {}, at = now): RouteState => {
  const { concernId } = openConcernsOf(state)[0]!;
  return order(state, { kind: 'settle-concern', concernId, outcome: 'contact-made', reason, ...more }, at);
};
const notices = (state: RouteState) =>
  outgoingOf(state).map((each) => (each.what === 'notice' ? `${each.kind} to ${each.to}` : each.what));
const health = (state: RouteState) => healthOf(state, waitingsOf(state));
/** The route's day is a Monday: contact is due at the end of the Tuesday. */
const nextDay = endOfDayLater(1);

describe('what follows', () => {
  it('from arrears: somebody follows them up; from arrears again within half a year: the debt track', () => {
    const once = hear(settledIn(), 'rent-arrears');
    expect(openConcernsOf(once)).toMatchObject([
      { kind: 'rent-arrears', from: 'housing-corporation', follows: 'note', at: endOfDayLater(28), times: 1 },
    ]);
    expect(notices(once)).toEqual([]);
    const twice = hear(once, 'rent-arrears', 'debt-service', daysLater(20));
    expect(openConcernsOf(twice)).toMatchObject([
      { follows: 'reopen', times: 2, from: 'housing-corporation', at: endOfDayLater(28) },
    ]);
    expect(notices(twice)).toEqual(['reopening-proposed to case-manager']);
    expect(routeView(twice, 'nl').concerns[0]).toMatchObject({
      proposes: { track: 'debt', from: 'debt.registration' },
      sentence: 'Huurachterstand, gemeld door de woningcorporatie: heropening voorgesteld',
    });
    const late = hear(settle(once), 'rent-arrears', 'debt-service', daysLater(200));
    expect(openConcernsOf(late)).toMatchObject([{ follows: 'note', times: 1 }]);
  });

  it('from a crisis: case manager and support provider are told at once, and contact is due the next working day', () => {
    const route = hear(settledIn(), 'crisis');
    expect(notices(route)).toEqual(['crisis-contact to case-manager', 'crisis-contact to support-provider']);
    expect(notices(hear(settledIn(), 'crisis', 'support-provider'))).toEqual([
      'crisis-contact to case-manager',
    ]);
    expect(openConcernsOf(route)).toMatchObject([{ follows: 'crisis-contact', at: nextDay }]);
    const wait = waitingsOf(route).find(({ blocker }) => blocker === 'concern-open');
    expect(wait).toMatchObject({ waitingOn: 'case-manager', dueAt: nextDay, nextMove: 'make-contact' });
    expect(waitText(route, wait!, 'nl')).toMatch(
      /^Crisis: er is een signaal; wacht op de trajectbegeleider sinds .* \(praktijk \[aangenomen\]\)$/,
    );
    expect(routeView(route, 'en').waits.at(-1)).toMatchObject({ concernId: wait!.concern!.concernId });
  });

  it('from the second missed contact: contact; from the first, or of another kind: a line in the timeline', () => {
    const once = hear(settledIn(), 'missed-contact');
    expect([hasOpenConcern(once), waitingsOf(once).length]).toEqual([false, 1]);
    expect(openConcernsOf(hear(once, 'missed-contact', 'support-provider', daysLater(9)))).toMatchObject([
      { follows: 'crisis-contact', times: 1 },
    ]);
    const other = hear(settledIn(), 'other');
    expect(other.concerns).toBeUndefined();
    expect(timelineView(other, 'nl').at(-1)).toMatchObject({
      what: 'concern-raised',
      by: 'housing-corporation',
      sentence: 'Signaal ontvangen: ander signaal',
    });
  });

  it('only where there is something to open again, and at the stage that the rule names', () => {
    const { steps, ...rest } = settledIn();
    const { 'debt.registration': _, 'debt.first-talk': __, ...others } = steps;
    const free = hear(hear({ ...rest, steps: others }, 'rent-arrears'), 'rent-arrears');
    expect(openConcernsOf(free)).toMatchObject([{ follows: 'note', times: 2 }]);
    const repaying = { ...done, status: 'open' } as const;
    const running: RouteState = { ...settledIn(), steps: { ...steps, 'debt.repayment': repaying } };
    const twice = hear(hear(running, 'rent-arrears'), 'rent-arrears');
    expect(openConcernsOf(twice)).toMatchObject([{ follows: 'note', times: 2 }]);
    expect(openConcernsOf(hear(twice, 'rent-arrears'))).toMatchObject([{ follows: 'crisis-contact' }]);
    const lost = (stage: RouteState['stage']) =>
      openConcernsOf(hear(hear({ ...settledIn(), stage }, 'supporter-lost'), 'supporter-lost'));
    expect([lost('aftercare').length, lost('cti').length]).toEqual([1, 0]);
  });

  it('nothing in a route that began before there were rules for concerns', () => {
    const { concerns: _, ...old } = rules('nl');
    const route = hear(hear({ ...settledIn(), rules: old }, 'crisis'), 'crisis');
    expect([route.concerns, notices(route), hasOpenConcern(route)]).toEqual([undefined, [], false]);
    expect(route.timeline.filter(({ what }) => what === 'concern-raised')).toHaveLength(2);
    expect(order(route, { kind: 'adopt-rules', rules: rules('nl'), reason }).rules.concerns).toBeDefined();
  });

  it('from news of a kind that nobody has heard of: a line in the timeline', () => {
    const route = hear(settledIn(), 'toString');
    expect([route.concerns, route.timeline.at(-1)]).toMatchObject([undefined, { reason: 'toString' }]);
  });
});

describe('an open concern', () => {
  const crisis = hear(settledIn(), 'crisis');

  it('is due soon, then overdue, and the process director is told once; also while the route is on hold', () => {
    expect([health(crisis), nextMomentOf(crisis)]).toEqual(['OnTrack', 'concern']);
    const soon = passMoments(crisis, nextMoment(crisis)!);
    expect([health(soon), nextMoment(soon)]).toEqual(['DueSoon', nextDay]);
    const held = order(crisis, { kind: 'hold', until: daysLater(60), reason });
    expect(health(held)).toBe('OnHold');
    for (const route of [crisis, held]) {
      const late = passMoments(route, daysLater(3));
      expect(health(late)).toBe('Overdue');
      expect(notices(late)).toContain('concern-overdue to process-director');
      const [concern] = openConcernsOf(late);
      expect(concern).toMatchObject({ status: 'overdue', at: nextDay });
      expect(nextMomentOf(late)).not.toBe('concern');
    }
    const wait = waitingsOf(held).find(({ concern }) => concern)!;
    expect(waitText(held, wait, 'nl')).not.toContain('staat stil');
  });

  it('is told once to each, whatever comes of it', () => {
    const [first, second] = outgoingOf(crisis);
    expect(first).toMatchObject({ key: expect.stringContaining(`${routeId}:concern:`), dueAt: nextDay });
    const one = sent(crisis, first!.key);
    expect(outgoingOf(one)).toEqual([second]);
    const none = untold(one, second!, now);
    expect([outgoingOf(none), none.timeline.at(-1)!.what]).toEqual([[], 'notice-untold']);
    expect(sent(none, first!.key).concerns).toEqual(none.concerns);
    expect(notices(hear(none, 'crisis'))).toEqual([]);
  });

  it('is settled once, by somebody, and says by whom', () => {
    const route = settle(crisis, {}, daysLater(1));
    const { waits, concerns } = routeView(route, 'en');
    expect(waits.map(({ blocker }) => blocker)).not.toContain('concern-open');
    expect(concerns).toMatchObject([
      { outcome: 'contact-made', settledBy: 'cm-17', settledAt: daysLater(1), overdue: false },
    ]);
    expect(concerns[0]!.dueAt).toBeUndefined();
    expect([outgoingOf(route), health(route)]).toEqual([[], 'OnTrack']);
    const { concernId } = concernsOf(route)[0]!;
    const again = { kind: 'settle-concern', concernId, outcome: 'no-action-needed', reason } as const;
    expect(() => order(route, again)).toThrow('settled already');
    expect(() => order(route, { ...again, concernId: 'nobody' })).toThrow('no such concern');
  });

  it('is recorded by people on behalf of others', () => {
    const command = { kind: 'raise-concern', concernId: 'abc-_1', concern: 'crisis', from: 'gp' } as const;
    const route = order(settledIn(), { ...command, note: reason });
    expect(concernsOf(route)).toMatchObject([{ concernId: 'abc-_1', from: 'gp', kind: 'crisis' }]);
    const [recorded, follows] = timelineView(route, 'nl').slice(-2);
    expect([recorded, follows]).toMatchObject([
      { by: 'cm-17', sentence: 'Signaal vastgelegd: crisis, de huisarts' },
      { sentence: 'Contact leggen na een signaal: crisis', dueAt: nextDay },
    ]);
  });
});

describe('settled by opening a track again', () => {
  const proposed = hear(hear(settledIn(), 'rent-arrears'), 'rent-arrears');

  it('what is proposed, in the same transition; what was reached elsewhere is kept', () => {
    const route = settle(proposed, { outcome: 'track-reopened' });
    expect(route.steps['debt.registration']).toMatchObject({ status: 'blocked', aside: true, attempt: 2 });
    expect([route.rerun, hasOpenConcern(route)]).toEqual([true, false]);
    for (const kept of ['housing.key-handover', 'cti.transfer-meeting', 'intake.decision'] as const)
      expect(route.steps[kept]).toBe(done);
    expect(route.timeline.slice(-2)).toMatchObject([
      { what: 'concern-settled', reason: 'track-reopened' },
      { what: 'track-reopened', reason: 'debt', note: reason },
    ]);
  });

  it('another, from another step; nothing where none is named or nothing was passed', () => {
    const from = { track: 'debt', from: 'debt.first-talk' } as const;
    const shorter = settle(proposed, { outcome: 'track-reopened', ...from });
    expect([shorter.steps['debt.registration'], shorter.steps['debt.first-talk']!.attempt]).toEqual([
      done,
      2,
    ]);
    const crisis = hear(settledIn(), 'crisis');
    expect(() => settle(crisis, { outcome: 'track-reopened' })).toThrow('Name the track');
    expect(() => settle(crisis, { outcome: 'track-reopened', track: 'income' })).toThrow('Nothing of track');
    const ended = ending(proposed, 'closed-early', { by: 'cm-17' }, now);
    expect(() => settle(ended, { outcome: 'track-reopened', track: 'debt' })).toThrow('Name the track');
  });
});

describe('at the end of a route', () => {
  const ended = ending(hear(settledIn(), 'crisis'), 'closed-early', { by: 'cm-17' }, now);

  it('is moot where the person has died: nobody is told, and nothing waits for it', () => {
    const closed = order(hear(aRoute(), 'crisis'), { kind: 'close-early', ending: 'deceased', reason });
    expect(openConcernsOf(closed)).toEqual([]);
    expect(concernsOf(closed)).toMatchObject([{ status: 'no-action-needed', toTell: 0 }]);
  });

  it('an open one is still waited for, and can be settled', () => {
    expect(waitingsOf(ended)).toMatchObject([
      { blocker: 'concern-open', nextMove: 'hand-over-concern', waitingOn: 'case-manager' },
    ]);
    expect(waitingsOf(settle(ended))).toEqual([]);
    expect(() =>
      order(ended, { kind: 'raise-concern', concernId: 'abcdef', concern: 'other', from: 'gp' }),
    ).toThrow('is ending');
    expect(openConcernsOf(hear(ended, 'crisis'))).toMatchObject([{ times: 2 }]);
  });

  it('a named owner stands in the file that goes to the record system', () => {
    const over = settle(ended, { outcome: 'handed-over', owner: 'neighbourhood-team' });
    expect(hasOpenConcern(over)).toBe(false);
    expect(toldOfClosure(over, 'closure.file').handedOver).toEqual([
      {
        concern: 'crisis',
        owner: 'neighbourhood-team',
        text: 'Crisis, overgedragen aan het wijkteam',
      },
    ]);
    expect(toldOfClosure(settle(ended), 'closure.file')).not.toHaveProperty('handedOver');
    expect(routeView(over, 'en').concerns[0]).toMatchObject({
      outcome: 'handed-over',
      owner: 'neighbourhood-team',
      settledBy: 'cm-17',
    });
  });
});

it('of many concerns the open ones and those with an owner are kept', () => {
  let route = settledIn();
  route = settle(hear(route, 'crisis'), { outcome: 'handed-over', owner: 'gp' });
  for (let i = 0; i < 12; i += 1) route = settle(hear(route, 'crisis'));
  route = hear(route, 'rent-arrears');
  expect(concernsOf(route)).toHaveLength(concernsKept);
  expect(concernsOf(route)[0]).toMatchObject({ owner: 'gp' });
  expect(openConcernsOf(route)).toHaveLength(1);
  for (let i = 0; i < 40; i += 1) route = hear(route, 'rent-arrears');
  expect([concernsOf(route).at(-1)!.times, JSON.stringify(route.concerns).length < 260]).toEqual([9, true]);
});

describe('rules that weigh', () => {
  const { calendar, terms, concerns: _, ...set } = rules('nl');
  const under = (weights: readonly Weight[]): RouteRules => ({
    ...set,
    calendar,
    terms,
    concerns: weights.map(packed),
  });
  const stages = Stage.exclude(['closed']).options;
  const weight: fc.Arbitrary<Weight> = fc.record({
    concern: fc.constantFrom(...ConcernKind.options),
    follows: fc.constantFrom(...ConcernFollows.options),
    term: fc.constantFrom('concern.contact', 'concern.follow-up', undefined),
    stages: fc.option(fc.subarray([...stages], { minLength: 1 }), { nil: undefined }),
    times: fc.constantFrom(undefined, 2, 3),
    within: fc.constantFrom('P1M', 'PT4H'),
    reopens: fc.constantFrom(undefined, 'debt.registration'),
  });
  const weighed: fc.Arbitrary<Weighed> = fc.record({
    kind: fc.constantFrom(...ConcernKind.options),
    stage: fc.constantFrom(...stages),
    before: fc.array(
      fc.nat(90).map((days) => daysLater(-days)),
      { maxLength: 2 },
    ),
    canReopen: fc.boolean().map((can) => () => can),
  });
  const rulesOf = fc.array(weight, { maxLength: 12 });
  const worse = (one: ConcernFollows, other: ConcernFollows) => !isStronger(other, one);

  it('come out of their texts as they went in', () => {
    fc.assert(
      fc.property(rulesOf, (weights) => {
        expect(weightsOf(under(weights))).toEqual(weights.map((each) => JSON.parse(JSON.stringify(each))));
      }),
    );
  });

  it('say the same in whatever order; one more, or one more concern, never asks less', () => {
    fc.assert(
      fc.property(rulesOf, weight, weighed, fc.nat(90), (weights, more, concern, days) => {
        const follows = consequenceOf(under(weights), concern, now);
        expect(consequenceOf(under(weights.toReversed()), concern, now)).toEqual(follows);
        const added = consequenceOf(under([...weights, more]), concern, now);
        expect(worse(added.follows, follows.follows)).toBe(true);
        const again = { ...concern, before: [...concern.before, daysLater(-days)] };
        expect(worse(consequenceOf(under(weights), again, now).follows, follows.follows)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('count what was raised within the time that they name', () => {
    const twice = { concern: 'nuisance', follows: 'reopen', times: 2, within: 'P1M' } as const;
    const at = (days: number): Weighed => ({
      kind: 'nuisance',
      stage: 'cti',
      before: [daysLater(-days)],
      canReopen: () => true,
    });
    expect(day).toBe('2026-11-02');
    expect([31, 32].map((days) => consequenceOf(under([twice]), at(days), now).follows)).toEqual([
      'reopen',
      'note',
    ]);
  });
});
