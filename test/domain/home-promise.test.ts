/** The promise of a home within half a year, with dates made by hand. Amsterdam is on summer time until 25 October 2026. */
import { basisText } from '../../domain/basis-texts.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementOn } from '../../domain/agreement.ts';
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { promiseStatus } from '../../domain/home-promise.ts';
import { nextMoment, nextMomentOf, passMoments } from '../../domain/moments.ts';
import type { Notice } from '../../domain/outbox.ts';
import { receive } from '../../domain/partner-news.ts';
import { requestIdOf } from '../../domain/request-id.ts';
import type { RouteState, StartOfRoute } from '../../domain/route-state.ts';
import { rulesOn } from '../../domain/rules.ts';
import { settled } from '../../domain/settle.ts';
import { healthOf, waitingsOf } from '../../domain/standing.ts';
import { accepted, reach } from '../../domain/step-transitions.ts';
import { detailsText } from '../../domain/texts.ts';
import type { StepId } from '../../domain/steps.ts';
import { routeView, timelineView, waitsView } from '../../domain/view.ts';
import { loadRuleBook } from '../../platform/rule-sets.ts';
import { attributesOf } from '../../workflows/route-attributes.messages.ts';
import { aRoute, routeId } from '../support/a-route.ts';

const book = await loadRuleBook('2026-07-01T09:00:00.000Z');
const place = { national: 'nl', municipality: 'GM0153', region: 'twente', now: '2026-08-01T09:00:00.000Z' };
const twente = agreementOn(book, place)!;
const reason = { jwe: 'reason' };
let serial = 0;

const moved = (state: RouteState, now: string, act: (state: RouteState) => RouteState) =>
  settled(state, act(state), now);
const order = (state: RouteState, now: string, command: Command) => {
  const actor = { subject: 'cm-17', role: 'case-manager' as const };
  const id = `command-${(serial += 1)}`;
  return moved(state, now, (each) => carryOut(each, { id, fingerprint: 'f', actor, command }, now));
};
const looked = (state: RouteState, now: string) => moved(state, now, (each) => passMoments(each, now));

/** A route of Enschede of which nothing is under way but the promise, granted at a moment. */
function granted(now: string, known: Partial<StartOfRoute> = {}): RouteState {
  const begun = aRoute({ region: 'twente', rules: rulesOn(book, place), agreement: twente, now, ...known });
  const asked = moved(begun, now, (state) => reach(state, 'intake.decision', now));
  return order(asked, now, { kind: 'decide', decision: { granted: true, housingForm: 'own-home', reason } });
}

/** A partner's answer to a step that is asked for it. */
function answered(state: RouteState, stepId: StepId, now: string): RouteState {
  const asked = moved(state, now, (each) => accepted(reach(each, stepId, now), stepId, 1, now));
  const party =
    stepId === 'housing.support' ? ('support-provider' as const) : ('housing-corporation' as const);
  const attempt = asked.steps[stepId]!.attempt;
  const requestId = requestIdOf(routeId, stepId, attempt);
  const news = {
    eventId: `event-${(serial += 1)}`,
    kind: 'step-completed' as const,
    party,
    requestId,
  };
  return moved(asked, now, (each) => receive(each, news, now).state);
}
const withKeys = (state: RouteState, now: string) =>
  answered(answered(state, 'housing.support', now), 'housing.key-handover', now);

const notices = (state: RouteState) =>
  state.outbox.filter(
    (each): each is Notice => each.what === 'notice' && each.kind.startsWith('home-promise'),
  );
const health = (state: RouteState) => healthOf(state, waitingsOf(state));
/** Every moment at which the calendar does something about the promise, until the route is left alone or for long enough. */
function momentsUntil(state: RouteState, end: string): { state: RouteState; moments: string[] } {
  const moments: string[] = [];
  let next = state;
  for (let at = nextMoment(next); at && at <= end; at = nextMoment(next)) {
    if (nextMomentOf(next) === 'home-promise') moments.push(at);
    next = looked(next, at);
  }
  return { state: next, moments };
}

const tuesday = '2026-11-24T10:00:00.000Z';

describe('a home within half a year', () => {
  it('is promised in the transition in which the application is granted, by the rule of the region', () => {
    const state = granted(tuesday);
    expect(state.homePromise).toEqual({
      since: tuesday,
      dueAt: '2027-05-24T21:59:59.000Z', // the last second of 24 May, in summer time
      rule: 'housing.suitable-home',
      signals: 0,
      signalAt: '2026-12-24T22:59:59.000Z',
    });
    expect(promiseStatus(state)).toBe('running');
    expect(health(state)).toBe('OnTrack');
  });

  it('is promised to nobody whose application was not granted, nor where the region promises nothing', () => {
    const { homePromise: _, ...without } = twente;
    expect(granted(tuesday, { agreement: without }).homePromise).toBeUndefined();
    const begun = aRoute({ rules: rulesOn(book, place), agreement: twente, now: tuesday });
    const asked = moved(begun, tuesday, (state) => reach(state, 'intake.decision', tuesday));
    const refused = order(asked, tuesday, { kind: 'decide', decision: { granted: false, reason } });
    expect([refused.homePromise, promiseStatus(refused)]).toEqual([undefined, undefined]);
  });

  it('shows in lists and in the view only where it was promised', () => {
    const { homePromise: _, ...without } = twente;
    const names = (state: RouteState) => attributesOf(state).map(({ key }) => key.name);
    const bare = granted(tuesday, { agreement: without });
    expect(names(bare)).not.toContain('HomePromise');
    expect(routeView(bare, 'nl')).not.toHaveProperty('homePromise');
    expect(detailsText(bare, [], 'nl')).not.toContain('beloofd');
    const attribute = attributesOf(granted(tuesday)).find(({ key }) => key.name === 'HomePromise');
    expect(attribute?.value).toBe('running');
  });

  it('is signalled to the process director each month, and when it has passed, once each', () => {
    const { state, moments } = momentsUntil(granted(tuesday), '2027-07-01T00:00:00.000Z');
    expect(moments).toEqual([
      '2026-12-24T22:59:59.000Z',
      '2027-01-24T22:59:59.000Z',
      '2027-02-24T22:59:59.000Z',
      '2027-03-24T22:59:59.000Z',
      '2027-04-24T21:59:59.000Z', // summer time since 28 March
      '2027-05-24T21:59:59.000Z', // half a year: passed
      '2027-06-24T21:59:59.000Z', // still no home
    ]);
    expect(
      notices(state).map(({ key, kind, to, dueAt }) => [key.replace(routeId, ''), kind, to, dueAt]),
    ).toEqual([
      ...[1, 2, 3, 4, 5].map((nr) => [
        `:home-promise:${nr}`,
        'home-promise',
        'process-director',
        '2027-05-24T21:59:59.000Z',
      ]),
      [':home-promise:passed', 'home-promise-passed', 'process-director', '2027-05-24T21:59:59.000Z'],
      [':home-promise:6', 'home-promise', 'process-director', '2027-05-24T21:59:59.000Z'],
    ]);
    expect(state.homePromise).toMatchObject({ signals: 6, passedAt: '2027-05-24T21:59:59.000Z' });
  });

  it('makes a route overdue when it has passed, until the home is there', () => {
    const before = looked(granted(tuesday), '2027-05-24T21:59:58.000Z');
    expect([promiseStatus(before), health(before)]).toEqual(['running', 'OnTrack']);
    const passed = looked(before, '2027-05-24T21:59:59.000Z');
    expect([promiseStatus(passed), health(passed)]).toEqual(['passed', 'Overdue']);
    const kept = withKeys(passed, '2027-06-30T08:00:00.000Z');
    expect([promiseStatus(kept), health(kept)]).toEqual(['kept-late', 'OnTrack']);
    expect(kept.homePromise).toMatchObject({ keptAt: '2027-06-30T08:00:00.000Z' });
    expect(momentsUntil(kept, '2028-06-30T00:00:00.000Z').moments).toEqual([]);
  });

  it('is kept when the keys are handed over, and is signalled no more', () => {
    const kept = withKeys(looked(granted(tuesday), '2027-01-31T00:00:00.000Z'), '2027-02-01T08:00:00.000Z');
    expect([promiseStatus(kept), kept.homePromise?.keptAt]).toEqual(['kept', '2027-02-01T08:00:00.000Z']);
    expect(momentsUntil(kept, '2028-06-30T00:00:00.000Z').moments).toEqual([]);
  });

  it('is kept too late when the keys come after its end, also when the calendar was not looked at meanwhile', () => {
    const kept = withKeys(granted(tuesday), '2027-05-25T08:00:00.000Z');
    expect(promiseStatus(kept)).toBe('kept-late');
    expect(notices(kept).map(({ kind }) => kind)).toEqual(['home-promise-passed']);
    const inTime = withKeys(granted(tuesday), '2027-05-24T21:59:58.000Z');
    expect(promiseStatus(inTime)).toBe('kept');
  });

  it('counts from the first day also when the keys are to be handed over once more', () => {
    const kept = withKeys(granted(tuesday), '2027-02-01T08:00:00.000Z');
    const redo = { kind: 'redo', stepId: 'housing.key-handover', reason } as const;
    const again = order(kept, '2027-02-03T08:00:00.000Z', redo);
    expect(promiseStatus(again)).toBe('running');
    expect(again.homePromise).toMatchObject({ since: tuesday, dueAt: '2027-05-24T21:59:59.000Z' });
    expect(again.homePromise).not.toHaveProperty('keptAt');
    // The signals of 24 December and 24 January are behind: one is told now, and the next on its day.
    const told = looked(again, '2027-02-03T08:00:01.000Z');
    expect(told.homePromise).toMatchObject({ signals: 1, signalAt: '2027-02-24T22:59:59.000Z' });
    const late = order(kept, '2027-08-01T08:00:00.000Z', redo);
    expect(promiseStatus(looked(late, '2027-08-01T08:00:01.000Z'))).toBe('passed');
  });

  it('that was kept stays so when the track is opened again: the home was lived in', () => {
    const kept = withKeys(granted(tuesday), '2027-02-01T08:00:00.000Z');
    const reopen = { kind: 'reopen', track: 'housing', reason } as const;
    const relapse = looked(order(kept, '2028-06-01T08:00:00.000Z', reopen), '2028-07-01T08:00:00.000Z');
    expect([promiseStatus(relapse), relapse.homePromise?.keptAt]).toEqual([
      'kept',
      '2027-02-01T08:00:00.000Z',
    ]);
    expect(notices(relapse)).toEqual([]);
    expect(momentsUntil(relapse, '2029-06-30T00:00:00.000Z').moments).toEqual([]);
    // Nor does the next home take it back, when its keys turn out not to have been handed over.
    const housedAgain = withKeys(relapse, '2028-09-01T08:00:00.000Z');
    const redo = { kind: 'redo', stepId: 'housing.key-handover', reason } as const;
    const notYet = order(housedAgain, '2028-09-02T08:00:00.000Z', redo);
    expect([promiseStatus(notYet), health(notYet)]).toEqual(['kept', 'OnTrack']);
  });

  it('that was not kept runs on when the track is opened again', () => {
    const kept = withKeys(granted(tuesday), '2027-02-01T08:00:00.000Z');
    const undone = order(kept, '2027-02-03T08:00:00.000Z', {
      kind: 'redo',
      stepId: 'housing.key-handover',
      reason,
    });
    const reopened = order(undone, '2027-02-04T08:00:00.000Z', { kind: 'reopen', track: 'housing', reason });
    expect(promiseStatus(reopened)).toBe('running');
  });

  it('stays kept when the support ends after the keys: the tenancy stands', () => {
    const kept = withKeys(granted(tuesday), '2027-02-01T08:00:00.000Z');
    const ended = moved(kept, '2027-09-01T08:00:00.000Z', (state) => {
      const requestId = requestIdOf(routeId, 'housing.support', 1);
      const news = {
        eventId: 'ended',
        kind: 'commitment-broken',
        party: 'support-provider',
        requestId,
      } as const;
      return receive(state, news, '2027-09-01T08:00:00.000Z').state;
    });
    expect([promiseStatus(ended), health(ended)]).toEqual(['kept', 'OnTrack']);
  });

  it('ends with its route; one that had passed stays passed', () => {
    const close = { kind: 'close-early', reason } as const;
    const early = order(granted(tuesday), '2027-01-02T08:00:00.000Z', close);
    expect([promiseStatus(early), nextMoment(early), health(early)]).toEqual(['ended', undefined, 'OnTrack']);
    const late = order(
      looked(granted(tuesday), '2027-06-01T00:00:00.000Z'),
      '2027-06-02T08:00:00.000Z',
      close,
    );
    expect([promiseStatus(late), nextMoment(late), health(late)]).toEqual(['passed', undefined, 'OnTrack']);
    expect(notices(late)).toEqual([]); // nobody need do anything about it any more
  });

  it('keeps its date and where that came from when later rules are taken over', () => {
    const later = rulesOn(book, place);
    const term = { ...later.terms['housing.suitable-home']!, limit: 'P3M', version: '2027-01-01' };
    const rules = { ...later, terms: { ...later.terms, 'housing.suitable-home': term } };
    const adopted = order(granted(tuesday), '2027-01-02T08:00:00.000Z', {
      kind: 'adopt-rules',
      rules,
      reason,
    });
    expect(adopted.homePromise?.dueAt).toBe('2027-05-24T21:59:59.000Z');
    const passed = looked(adopted, '2027-05-24T21:59:59.000Z');
    expect(routeView(passed, 'nl').homePromise).toMatchObject({ version: '2026-07-01', status: 'passed' });
    const versions = timelineView(passed, 'nl').flatMap(({ what, term: from }) =>
      what.startsWith('home-promise') ? [from?.version] : [],
    );
    expect(new Set(versions)).toEqual(new Set(['2026-07-01']));
    expect(passed.outbox.findLast((each) => each.what === 'notice')?.source?.version).toBe('2026-07-01');
  });
});

describe('the end of a month', () => {
  it('granted on 31 August: signals on the last day of each month, until the last of February', () => {
    const { moments } = momentsUntil(granted('2026-08-31T12:00:00.000Z'), '2027-04-01T00:00:00.000Z');
    expect(moments).toEqual([
      '2026-09-30T21:59:59.000Z',
      '2026-10-31T22:59:59.000Z', // standard time since 25 October
      '2026-11-30T22:59:59.000Z',
      '2026-12-31T22:59:59.000Z',
      '2027-01-31T22:59:59.000Z',
      '2027-02-28T22:59:59.000Z', // passed
      '2027-03-31T21:59:59.000Z',
    ]);
  });

  it('granted late on 31 August in London is granted on 1 September in Amsterdam', () => {
    expect(granted('2026-08-31T22:30:00.000Z').homePromise).toMatchObject({
      dueAt: '2027-03-01T22:59:59.000Z',
      signalAt: '2026-10-01T21:59:59.000Z',
    });
  });
});

it('a machine that was away for a hundred days signals once, and goes on by the old dates', () => {
  // 4 March: the signals of 24 December, 24 January and 24 February are behind.
  const late = looked(granted(tuesday), '2027-03-04T10:00:00.000Z');
  expect(late.homePromise).toMatchObject({ signals: 1, signalAt: '2027-03-24T22:59:59.000Z' });
});

describe('a route on hold', () => {
  const hold = (until: string) => ({ kind: 'hold', until, reason }) as const;
  // From 10 until 20 December: ten days.
  const held = order(granted(tuesday), '2026-12-10T09:00:00.000Z', hold('2026-12-20T09:00:00.000Z'));

  it('has its promise stand still, and all its dates move by as long', () => {
    expect(looked(held, '2026-12-20T08:00:00.000Z').homePromise).toEqual(held.homePromise);
    const after = looked(held, '2026-12-20T09:00:00.000Z');
    expect(after.homePromise).toMatchObject({
      since: tuesday,
      signalAt: '2027-01-03T22:59:59.000Z', // 24 December and ten days
      dueAt: '2027-06-03T21:59:59.000Z', // 24 May and ten days
    });
    expect(momentsUntil(after, '2027-03-01T00:00:00.000Z').moments).toEqual([
      '2027-01-03T22:59:59.000Z',
      '2027-02-03T22:59:59.000Z',
    ]);
  });

  it('says so', () => {
    expect(waitsView(held, 'nl').homePromise?.sentence).toMatch(/; staat stil: route in de wacht$/);
  });

  it('that was granted meanwhile has stood still since then alone', () => {
    const begun = aRoute({ rules: rulesOn(book, place), agreement: twente, now: '2026-11-20T10:00:00.000Z' });
    const asked = moved(begun, begun.startedAt, (state) => reach(state, 'intake.decision', begun.startedAt));
    const waiting = order(asked, '2026-11-21T10:00:00.000Z', hold('2026-11-27T10:00:00.000Z'));
    const decision = { granted: true, housingForm: 'own-home', reason };
    const promised = order(waiting, tuesday, { kind: 'decide', decision });
    // From the 24th to the 27th: three days.
    expect(looked(promised, '2026-11-27T10:00:00.000Z').homePromise?.dueAt).toBe('2027-05-27T21:59:59.000Z');
  });

  it('whose promise had passed before it stays so; only the next signal waits for longer', () => {
    const passed = looked(granted(tuesday), '2027-05-25T00:00:00.000Z');
    const again = order(passed, '2027-06-01T09:00:00.000Z', hold('2027-06-11T09:00:00.000Z'));
    expect(looked(again, '2027-06-11T09:00:00.000Z').homePromise).toMatchObject({
      dueAt: '2027-05-24T21:59:59.000Z',
      passedAt: '2027-05-25T00:00:00.000Z',
      signalAt: '2027-07-04T21:59:59.000Z', // 24 June and ten days
    });
  });

  it('keeps its promise in time with keys that come meanwhile, also after the old date', () => {
    const late = order(granted(tuesday), '2027-05-20T09:00:00.000Z', hold('2027-07-20T09:00:00.000Z'));
    // Eleven days after the hold began.
    const kept = withKeys(late, '2027-05-31T09:00:00.000Z');
    expect(promiseStatus(kept)).toBe('kept');
    const after = looked(kept, '2027-07-20T09:00:00.000Z');
    expect([promiseStatus(after), after.homePromise?.dueAt]).toEqual(['kept', '2027-06-04T21:59:59.000Z']);
  });
});

it('is shown as one sentence, in Dutch and in English, without a clock', () => {
  const state = granted(tuesday);
  const basis = 'regional agreement (Twente, CIMOT): a suitable home always within half a year';
  expect(routeView(state, 'nl').homePromise).toEqual({
    status: 'running',
    since: tuesday,
    dueAt: '2027-05-24T21:59:59.000Z',
    signals: 0,
    rule: 'housing.suitable-home',
    version: '2026-07-01',
    basis,
    sentence: `Woning beloofd uiterlijk 2027-05-24, gerekend vanaf 2026-11-24 (${basisText(basis, 'nl')})`,
  });
  const english = (each: RouteState) => waitsView(each, 'en').homePromise?.sentence;
  expect(english(state)).toBe(`Home promised by 2027-05-24, counted from 2026-11-24 (${basis})`);
  const passed = looked(state, '2027-06-01T00:00:00.000Z');
  expect(detailsText(passed, [], 'nl')).toMatch(/^- Woning beloofd .*; te laat: er is nog geen woning\n/);
  const kept = withKeys(passed, '2027-06-30T08:00:00.000Z');
  expect(english(kept)).toMatch(/; keys on 2027-06-30, too late$/);
  expect(detailsText(kept, [], 'nl')).not.toContain('beloofd');
});

it('whatever happens in whatever order, a promise never gets earlier, and a passed one is never kept in time', () => {
  const acts = fc.constantFrom('wait', 'keys', 'redo', 'hold', 'go-on');
  fc.assert(
    fc.property(fc.array(fc.tuple(acts, fc.integer({ min: 1, max: 50 })), { maxLength: 12 }), (all) => {
      let state = granted(tuesday);
      let now = tuesday;
      const attempt = (act: () => RouteState) => {
        try {
          return act();
        } catch {
          return state; // refused: the route is as it was
        }
      };
      for (const [act, days] of all) {
        now = new Date(Date.parse(now) + days * 86_400_000).toISOString();
        const before = state.homePromise!;
        state = looked(state, now);
        const until = new Date(Date.parse(now) + 9 * 86_400_000).toISOString();
        if (act === 'keys') state = withKeys(state, now);
        if (act === 'redo')
          state = attempt(() => order(state, now, { kind: 'redo', stepId: 'housing.key-handover', reason }));
        if (act === 'hold') state = attempt(() => order(state, now, { kind: 'hold', until, reason }));
        if (act === 'go-on') state = attempt(() => order(state, now, { kind: 'go-on' }));
        const after = state.homePromise!;
        expect(after.dueAt >= before.dueAt && after.signals >= before.signals).toBe(true);
        expect(before.passedAt === undefined || after.passedAt === before.passedAt).toBe(true);
        expect(promiseStatus(state) === 'kept' && after.passedAt !== undefined).toBe(false);
        const keys = notices(state).map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }
    }),
  );
});
