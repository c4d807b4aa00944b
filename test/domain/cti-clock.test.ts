/** The clock of CTI: no discharge before its time, from the beginning after a forced move; and what it reminds of. */
import { describe, expect, it } from 'vitest';
import type { MoveBody } from '../../contracts/commands.ts';
import type { AlarmView } from '../../contracts/cti-views.ts';
import { fidelityView } from '../../domain/cti-fidelity.ts';
import { nextMoment, passMoments } from '../../domain/moments.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { routeView, waitsView } from '../../domain/view.ts';
import { after, dayLater, give, movedIn } from '../support/a-cti-route.ts';
import { aRoute, daysLater, endOfDayLater, routeId } from '../support/a-route.ts';

const reason = { jwe: 'reason' };
const skipped = (state: RouteState, stepId: string, days: number) => {
  const asked = give(state, { kind: 'skip', stepId, reason }, days);
  return give(asked, { kind: 'skip', stepId, reason }, days, 'director-3');
};
const moved = (state: RouteState, days: number, more: Partial<MoveBody> = {}) =>
  give(
    state,
    {
      kind: 'record-move',
      move: { to: 'own-home', forced: true, reason: 'unsafe', date: dayLater(days), ...more },
    },
    days,
  );
const { norms: _, ...rulesOfBefore } = movedIn().rules;
const isDue = (state: RouteState, kind: string) =>
  state.outbox.filter((each) => each.what === 'notice' && each.kind === kind);

describe('no early discharge', () => {
  it.each(['cti.transition', 'cti.try-out', 'cti.transfer-of-care'])('%s is not skipped', (stepId) => {
    const days = { 'cti.transition': 1, 'cti.try-out': 100, 'cti.transfer-of-care': 200 }[stepId]!;
    expect(() => skipped(after(days, movedIn()), stepId, days)).toThrow('no discharge before 2027-08-02');
  });

  it('holds not for the transfer meeting, nor for routes that began under rules that do not say so', () => {
    const over = after(275, movedIn());
    expect(skipped(over, 'cti.transfer-meeting', 275).steps['cti.transfer-meeting']?.status).toBe('skipped');
    const before = after(1, movedIn({ rules: rulesOfBefore }));
    expect(skipped(before, 'cti.transition', 1).steps['cti.transition']?.status).toBe('skipped');
  });
});

describe('a forced move', () => {
  const second = after(100, movedIn());

  it('starts the clock again by itself: nine months from then on', () => {
    const again = moved(second, 110);
    expect(again.rerun).toBe(true);
    expect(again.timeline.at(-1)).toMatchObject({ what: 'cti-restarted', by: 'calendar' });
    const fresh = after(110, again);
    expect(fresh.steps['cti.transition']).toMatchObject({
      status: 'open',
      attempt: 2,
      since: daysLater(110),
    });
    expect(fresh.steps['cti.try-out']?.status).toBe('blocked');
    expect(fidelityView(fresh, daysLater(120), 'en')).toMatchObject({ restarts: 1, since: daysLater(110) });
    expect(() => skipped(after(210, fresh), 'cti.try-out', 210)).toThrow('no discharge before');
    expect(after(400, fresh).steps['cti.transfer-meeting']?.status).toBe('open');
  });

  it('keeps the contacts of before counted, apart', () => {
    const contact = { date: dayLater(95), kind: 'visit', with: ['person'] } as const;
    const met = give(second, { kind: 'record-contact', contact }, 95);
    const fresh = after(110, moved(met, 110));
    const { contacts } = routeView(fresh, 'nl').criticalTimeIntervention;
    expect([contacts.counts, contacts.earlier]).toEqual([{}, { held: 1, community: 0, missed: 0 }]);
    const then = give(fresh, { kind: 'record-contact', contact: { ...contact, date: dayLater(112) } }, 112);
    expect(routeView(then, 'nl').criticalTimeIntervention.contacts).toMatchObject({
      counts: { transition: { held: 1 } },
      earlier: { held: 1 },
    });
  });

  it('of before the clock, or that was wished for, or under rules of before, leaves it as it is', () => {
    const stays = (state: RouteState) => state.steps['cti.transition']?.attempt === 1 && !state.rerun;
    expect(stays(moved(second, 110, { date: dayLater(-30) }))).toBe(true);
    expect(stays(moved(second, 110, { forced: false }))).toBe(true);
    expect(stays(moved(after(100, movedIn({ rules: rulesOfBefore })), 110))).toBe(true);
    expect(moved(aRoute(), 0).rerun).toBeUndefined();
  });

  it('waits for another home when the route seeks one', () => {
    const { 'housing.key-handover': __, ...steps } = moved(second, 110).steps;
    expect(after(111, { ...second, steps }).steps['cti.transition']?.status).toBe('blocked');
  });
});

/** Whether somebody asked after social exclusion is another matter. */
const networkAlarms = ({ alarms }: { alarms: readonly AlarmView[] }) =>
  alarms.filter(({ alarm }) => alarm === 'thin-network');

describe('a thin network at the transfer of care', () => {
  const thin = after(200, movedIn());
  const accepted = (state: RouteState, id: string, days: number) => {
    const invited = { kind: 'invite-supporter', supporterId: id, relation: 'friend', who: reason } as const;
    const asked = give(state, { ...invited, support: ['emotional'] }, days);
    const change = { status: 'accepted', consent: true } as const;
    return give(asked, { kind: 'change-supporter', supporterId: id, change }, days);
  };

  it('is an alarm, and no failure', () => {
    expect(networkAlarms(waitsView(after(100, movedIn()), 'en'))).toEqual([]);
    expect(networkAlarms(waitsView(thin, 'en'))).toMatchObject([
      {
        alarm: 'thin-network',
        accepted: 0,
        norm: { norm: 'cti.supporters', value: 2 },
        nextMove: 'invite-supporters',
        sentence: 'Thin network at the transfer: 0 of 2 supporters take part (CTI model; number [assumed])',
      },
    ]);
    expect(routeView(thin, 'nl').health).toBe('OnTrack');
  });

  it('is told to the case manager once', () => {
    expect(isDue(thin, 'thin-network')).toMatchObject([
      {
        to: 'case-manager',
        key: `${routeId}:thin-network:1`,
        stepId: 'cti.transfer-of-care',
        rule: 'cti.supporters',
        dueAt: endOfDayLater(273),
      },
    ]);
    expect(isDue(after(275, thin), 'thin-network').length).toBe(1);
  });

  it('is over when enough supporters have accepted, or their meeting was held', () => {
    const enough = accepted(accepted(thin, 'aaaaaa', 201), 'bbbbbb', 201);
    expect(networkAlarms(routeView(enough, 'nl'))).toEqual([]);
    expect(isDue(after(275, enough), 'thin-network').length).toBe(1);
    expect(networkAlarms(routeView(skipped(after(275, thin), 'cti.transfer-meeting', 275), 'nl'))).toEqual(
      [],
    );
  });

  it('is none of a route whose rules have no such norm', () => {
    const before = after(200, movedIn({ rules: rulesOfBefore }));
    expect([networkAlarms(routeView(before, 'nl')), isDue(before, 'thin-network')]).toEqual([[], []]);
  });
});

describe('a case is to be discussed', () => {
  it('every three months while the clock runs, told to the case manager', () => {
    const route = after(100, movedIn());
    expect(isDue(route, 'case-review')).toMatchObject([
      { to: 'case-manager', key: `${routeId}:case-review:1`, dueAt: endOfDayLater(92) },
    ]);
    expect(isDue(after(275, route), 'case-review').length).toBe(3);
  });

  it('in the team supervision every week where the rules of a region say so, and not on hold', () => {
    const { rules } = movedIn();
    const supervision = ['P1W', 'CTI model: weekly', 'region', '2026-07-01'] as const;
    const weekly = { ...rules, norms: { ...rules.norms, 'cti.supervision': supervision } };
    const route = movedIn({ rules: weekly });
    expect(nextMoment(route)).toBe(endOfDayLater(7));
    expect(isDue(after(30, route), 'team-supervision')).toHaveLength(4);
    // Of several that a machine was late for there is one.
    expect(isDue(passMoments(route, daysLater(30)), 'team-supervision')).toHaveLength(1);
    const held = give(route, { kind: 'hold', until: daysLater(60), reason }, 1);
    expect(isDue(after(50, held), 'team-supervision')).toEqual([]);
  });

  it('never of a route that began under rules of before', () => {
    expect(after(100, movedIn({ rules: rulesOfBefore })).cti).toBeUndefined();
  });
});
