/** An application that is not granted: six weeks to object, and what does not rest on the decision goes on. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { toldOfClosure } from '../../domain/closing-file.ts';
import { ending } from '../../domain/finish-step.ts';
import { nextMoment, passMoments } from '../../domain/moments.ts';
import { receive } from '../../domain/partner-news.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { settled } from '../../domain/settle.ts';
import { reach } from '../../domain/step-transitions.ts';
import { routeView, timelineView, waitsView } from '../../domain/view.ts';
import { refusalOf } from '../support/refusal-of.ts';
import { aRoute, daysLater, endOfDayLater, now, aPlace as place } from '../support/a-route.ts';

const reason = { jwe: 'reason' };
const refuse: Command = { kind: 'decide', decision: { granted: false, reason } };
const grant: Command = { kind: 'decide', decision: { granted: true, housingForm: 'own-home', reason } };
const object: Command = { kind: 'object', stepId: 'intake.decision', reason };
const redo: Command = { kind: 'redo', stepId: 'intake.decision', reason };
let keys = 0;

function order(state: RouteState, command: Command, at = now, by = 'cm-17'): RouteState {
  const actor = { subject: by, role: 'case-manager' } as const;
  const next = carryOut(state, { id: `key-${(keys += 1)}`, fingerprint: 'f', actor, command }, at);
  return settled(state, next, at);
}
const passed = (state: RouteState, at: string) => settled(state, passMoments(state, at), at);

const decidable = (more: Partial<RouteState> = {}): RouteState => {
  const route = { ...aRoute(), ...more };
  return reach(reach(route, 'debt.registration', now), 'intake.decision', now);
};
const refused = order(decidable(), refuse);
const final = passed(refused, daysLater(43));

describe('a refused application', () => {
  it('leaves the route in the intake, and debts as they were', () => {
    expect(refused).toMatchObject({ stage: 'intake', decision: { granted: false } });
    expect(refused.ending).toBeUndefined();
    expect(refused.steps['debt.registration']?.status).toBe('open');
  });

  it('is waited about for six weeks, in which the person may object or come with new facts', () => {
    const wait = waitsView(refused, 'nl').items.find(({ stepId }) => stepId === 'intake.decision');
    expect(wait).toMatchObject({ waitingOn: 'calendar', dueAt: endOfDayLater(42), overdue: false });
    expect(wait?.moves?.map(({ move }) => move)).toEqual(['object', 'redo']);
    expect(wait?.sentence).toContain('de aanvraag is niet toegekend; wacht');
    const alone = { ...refused, steps: { 'intake.decision': refused.steps['intake.decision']! } };
    const reminded = passed(alone, daysLater(32));
    expect(reminded.outbox).toMatchObject([{ kind: 'objection-due-soon', to: 'case-manager' }]);
    expect(nextMoment(reminded)).toBe(endOfDayLater(42));
  });

  it('says so in the timeline', () => {
    expect(timelineView(refused, 'nl').at(-1)).toMatchObject({
      what: 'application-refused',
      reason: 'not-granted',
      sentence: 'Besluit over de aanvraag: niet toegekend',
    });
  });

  it('begins no temporary provision and takes no other date of application any more', () => {
    const provision: Command = { kind: 'begin-provision', reason: 'no-roof' };
    const application: Command = { kind: 'record-application', receivedAt: now };
    for (const command of [provision, application])
      expect(refusalOf(() => order(refused, command))).toBe('decision-taken');
  });
});

describe('an objection to it', () => {
  const lodged = order(refused, object, daysLater(10));

  it('has it decided on anew', () => {
    expect(lodged.steps['intake.decision']).toMatchObject({ status: 'open', attempt: 2, objectsTo: 1 });
    const granted = order(lodged, grant, daysLater(20), 'pd-1');
    expect(granted).toMatchObject({ stage: 'housing', decision: { granted: true } });
    expect(passed(granted, daysLater(60)).notNeeded).toEqual([]);
  });

  it('is decided on by somebody else, and counts from the first decision when it is well-founded', () => {
    expect(refusalOf(() => order(lodged, grant, daysLater(20)))).toBe('four-eyes');
    expect(order(lodged, grant, daysLater(20), 'pd-1').decidedAt).toBe(now);
    expect(order({ ...lodged, edition: 7 }, grant, daysLater(20)).stage).toBe('housing');
  });

  it('that was lodged in time is taken when its term has passed, and none from before there was a decision', () => {
    const recorded = { ...object, lodgedOn: daysLater(40).slice(0, 10) };
    const late = order(final, recorded, daysLater(50));
    expect(late).toMatchObject({ notNeeded: [], rerun: true });
    expect(late.steps['intake.decision']).toMatchObject({ status: 'open', objectsTo: 1 });
    expect(refusalOf(() => order(final, object, daysLater(50)))).toBe('objection-too-late');
    const before = { ...object, lodgedOn: '2020-01-01' };
    expect(refusalOf(() => order(final, before, daysLater(50)))).toBe('objection-before-decision');
  });

  it('that is dismissed leaves an appeal, and six weeks for it', () => {
    const dismissed = order(lodged, refuse, daysLater(21), 'pd-1');
    expect(timelineView(dismissed, 'nl').at(-1)?.sentence).toBe(
      'Besluit over de aanvraag: bezwaar ongegrond',
    );
    const wait = waitsView(dismissed, 'nl').items.find(({ stepId }) => stepId === 'intake.decision');
    expect(wait).toMatchObject({ dueAt: endOfDayLater(63) });
    expect(wait?.moves?.map(({ move }) => move)).toEqual(['appeal', 'redo']);
    expect(refusalOf(() => order(dismissed, object, daysLater(21)))).toBe('objection-decided');
    expect(passed(dismissed, daysLater(50)).notNeeded).toEqual([]);
    expect(passed(dismissed, daysLater(64)).notNeeded).toContain('housing');
  });
});

describe('six weeks after it, without objection', () => {
  it('no home is looked for, and the route goes on with debts and income alone', () => {
    expect(final).toMatchObject({ stage: 'debt-repayment', rerun: true });
    expect(final.notNeeded).toEqual(['housing', 'cti', 'aftercare']);
    expect(final.steps['debt.registration']?.status).toBe('open');
    expect(waitsView(final, 'nl').items.map(({ stepId }) => stepId)).not.toContain('intake.decision');
    const { tracks } = routeView(final, 'nl');
    expect(tracks.find(({ track }) => track === 'housing')?.status).toBe('not-needed');
    expect(passed(final, daysLater(44)).timeline.filter(({ what }) => what === 'refusal-final')).toHaveLength(
      1,
    );
  });

  it('new facts have it decided on anew, and a home is looked for when it is granted', () => {
    const asked = reach(order(final, redo, daysLater(90)), 'intake.decision', daysLater(90));
    expect(asked).toMatchObject({ notNeeded: [], rerun: true });
    expect(asked.steps['intake.decision']).toMatchObject({ status: 'open', attempt: 2 });
    const granted = order(asked, grant, daysLater(91));
    expect([granted.stage, granted.decidedAt]).toEqual(['housing', daysLater(91)]);
  });

  it('the file says since when only debts were left', () => {
    const { 'debt.registration': registration, ...steps } = final.steps;
    const repaid = {
      ...steps,
      'debt.discharge': { ...registration!, status: 'done' as const, closedAt: daysLater(100) },
    };
    const ended = ending({ ...final, steps: repaid }, 'not-granted', { by: 'calendar' }, daysLater(100));
    expect(toldOfClosure(ended, 'closure.file').stages).toEqual([
      { stage: 'intake', since: now },
      { stage: 'debt-repayment', since: endOfDayLater(42) },
      { stage: 'closed', since: daysLater(100) },
    ]);
  });
});

describe('the route ends at once', () => {
  it('where its run does not know better', () => {
    const old = order(decidable({ edition: 6 }), refuse);
    expect([old.ending, old.steps['debt.registration']?.status]).toEqual(['not-granted', 'withdrawn']);
  });
});

describe('a grant that is taken back', () => {
  const held = { ...place, grantedAt: now };
  const searching = { ...reach(order(decidable(), grant), 'housing.urgency', now), place: held };
  const anew = reach(order(searching, redo, daysLater(3)), 'intake.decision', daysLater(3));
  const taken = order(anew, refuse, daysLater(4));

  it('holds no more at once: the search and the place are off, the debts go on', () => {
    expect(taken).toMatchObject({ stage: 'intake', rerun: true });
    expect([taken.ending, taken.place]).toEqual([undefined, undefined]);
    expect(taken.steps['housing.urgency']?.status).toBe('withdrawn');
    expect(taken.steps['debt.registration']?.status).toBe('open');
    expect(taken.outbox.map(({ what }) => what)).toContain('release');
  });

  it('is taken up where it was when the objection to that is well-founded', () => {
    const upheld = order(order(taken, object, daysLater(10)), grant, daysLater(20), 'pd-1');
    expect(upheld).toMatchObject({ stage: 'housing', notNeeded: [], decidedAt: now });
    expect(reach(upheld, 'housing.urgency', daysLater(20)).steps['housing.urgency']).toMatchObject({
      status: 'open',
      attempt: 2,
    });
  });

  it('needs no place any more: one that is granted all the same goes back', () => {
    const news = { eventId: 'g', party: 'housing-agreement', kind: 'place-granted', place } as const;
    for (const state of [taken, final]) {
      const heard = receive(state, news, daysLater(50));
      expect(heard.judgement).toEqual({ receipt: 'late', reason: 'step-not-needed' });
      expect(heard.state.outbox.at(-1)).toMatchObject({ what: 'release', party: 'housing-agreement' });
    }
  });

  it('ended the route at once in runs of before', () => {
    expect(order({ ...anew, edition: 7 }, refuse, daysLater(4)).ending).toBe('not-granted');
  });
});
