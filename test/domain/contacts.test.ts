/** The contacts of CTI and aftercare, and how true a route is to the method. */
import { describe, expect, it } from 'vitest';
import type { Contact } from '../../domain/contact-record.ts';
import { contactsKept } from '../../domain/contacts.ts';
import { fidelityView } from '../../domain/cti-fidelity.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { routeView, timelineView } from '../../domain/view.ts';
import { after, dayLater, give, movedIn } from '../support/a-cti-route.ts';
import { aRoute, daysLater, endOfDayLater } from '../support/a-route.ts';

const met = (state: RouteState, day: number, more: Partial<Contact> = {}) =>
  give(
    state,
    { kind: 'record-contact', contact: { date: dayLater(day), kind: 'visit', with: ['person'], ...more } },
    day,
  );
const inCommunity = { kind: 'meeting-in-community', with: ['person', 'neighbour'] } as const;
const shown = (state: RouteState) => routeView(state, 'en').criticalTimeIntervention.contacts;
const figure = (state: RouteState, day: number, name: string) =>
  fidelityView(state, daysLater(day), 'en').items.find((each) => each.figure === name);

describe('a contact', () => {
  it('belongs to the phase in which its day lies, however late it is told', () => {
    const second = met(after(100, movedIn()), 95);
    const route = met(second, 20);
    expect(shown(route).counts).toEqual({
      transition: { held: 1, community: 0, missed: 0 },
      'try-out': { held: 1, community: 0, missed: 0 },
    });
    expect(shown(route).latest.map(({ date, phase }) => [date, phase])).toEqual([
      [dayLater(95), 'try-out'],
      [dayLater(20), 'transition'],
    ]);
  });

  it('of before CTI is refused; in aftercare it is counted as one of aftercare', () => {
    expect(() => met(aRoute(), 0)).toThrow('had not come to CTI');
    const over = after(300, movedIn());
    const meeting = { status: 'done', attempt: 1, since: daysLater(280), closedAt: daysLater(281) } as const;
    const cared = met({ ...over, steps: { ...over.steps, 'cti.transfer-meeting': meeting } }, 290);
    expect(shown(cared).counts).toEqual({ aftercare: { held: 1, community: 0, missed: 0 } });
  });

  it('that was missed is no contact, and a meeting with the person alone none with the network', () => {
    const alone = met(after(1, movedIn()), 3, { ...inCommunity, with: ['person'] });
    const route = met(met(alone, 4, { kind: 'missed' }), 5, inCommunity);
    expect(shown(route).counts).toEqual({ transition: { held: 2, community: 1, missed: 1 } });
  });

  it('has its note in the timeline, sealed', () => {
    const contact = { date: dayLater(1), kind: 'call', with: ['person'] } as const;
    const note = { jwe: 'note' };
    const route = give(after(1, movedIn()), { kind: 'record-contact', contact, note }, 1);
    expect(route.timeline.at(-1)).toMatchObject({ what: 'contact-noted', note });
    expect(timelineView(route, 'en').at(-1)?.sentence).toBe('Contact, with a note');
  });

  it('is counted for good, and of many the latest are kept', () => {
    let route = after(1, movedIn());
    for (let day = 1; day <= 60; day += 1) route = met(route, day, inCommunity);
    expect(shown(route).counts).toEqual({ transition: { held: 60, community: 60, missed: 0 } });
    expect(shown(route).latest.length).toBe(contactsKept);
    expect(shown(route).latest[0]).toEqual({ ...inCommunity, date: dayLater(60), phase: 'transition' });
    expect(route.cti?.contacts?.latest.length).toBeLessThan(300);
  });
});

describe('contacts grow apart', () => {
  it('the next is due a week, two weeks, a month after the last that was held in the phase', () => {
    const first = after(1, movedIn());
    expect(shown(first).next).toMatchObject({
      dueAt: endOfDayLater(7),
      norm: { norm: 'cti.contact.transition', value: 'P1W', ruleSet: 'nl' },
    });
    expect(shown(met(met(first, 10), 11, { kind: 'missed' })).next?.dueAt).toBe(endOfDayLater(17));
    expect(shown(met(after(100, first), 100)).next?.dueAt).toBe(endOfDayLater(114));
    expect(shown(after(200, first)).next?.norm.value).toBe('P1M');
  });

  it('what is missed is shown: due against held in the present phase', () => {
    const route = met(met(after(30, movedIn()), 5), 12, { kind: 'missed' });
    expect(figure(route, 30, 'contacts-transition')).toEqual({
      figure: 'contacts-transition',
      verdict: 'behind',
      value: 1,
      due: 4,
      missed: 1,
      norm: {
        norm: 'cti.contact.transition',
        value: 'P1W',
        basis: 'CTI model: weekly',
        ruleSet: 'nl',
        version: '2026-07-01',
      },
      sentence: 'Contacts in phase 1, transition: 1, asked every week: 4 (CTI model: weekly); behind',
    });
    expect(figure(route, 30, 'contacts-try-out')).toMatchObject({ verdict: 'not-yet', value: 0 });
  });

  it('nobody was due to be met while the route was on hold', () => {
    const route = after(10, movedIn());
    const held = give(route, { kind: 'hold', until: daysLater(40), reason: { jwe: 'r' } }, 10);
    expect(figure(held, 35, 'contacts-transition')?.due).toBe(1);
    const goneOn = after(45, held);
    expect(figure(goneOn, 45, 'contacts-transition')?.due).toBe(2);
  });

  it('thirteen in three months, six, three', () => {
    const over = after(300, movedIn());
    const due = ['transition', 'try-out', 'transfer-of-care'].map(
      (phase) => figure(over, 300, `contacts-${phase}`)?.due,
    );
    expect(due).toEqual([13, 6, 3]);
  });
});

describe('the fidelity of a route', () => {
  it('that did everything is met, figure by figure', () => {
    let route = after(1, movedIn());
    for (const area of [['housing', 'money'] as const])
      route = give(route, { kind: 'set-focus-areas', areas: area });
    for (const id of ['aaaaaa', 'bbbbbb']) {
      const invited = {
        kind: 'invite-supporter',
        supporterId: id,
        relation: 'gp',
        who: { jwe: 'w' },
      } as const;
      route = give(route, { ...invited, support: ['practical'] });
      route = give(route, {
        kind: 'change-supporter',
        supporterId: id,
        change: { status: 'accepted', consent: true },
      });
    }
    for (let day = 1; day <= 270; day += 7) route = met(after(day, route), day, inCommunity);
    route = give(
      route,
      { kind: 'change-supporter', supporterId: 'aaaaaa', change: { takesPart: true } },
      270,
    );
    route = after(275, route);
    const { items, endedAt, restarts } = fidelityView(route, daysLater(275), 'nl');
    expect(items.map(({ verdict }) => verdict)).toEqual(Array.from({ length: 7 }, () => 'met'));
    expect(items.find(({ figure: name }) => name === 'supporters-at-transfer')).toMatchObject({
      value: 2,
      takingPart: 1,
      sentence:
        'Steunfiguren die meedoen bij de overdracht: 2, gevraagd 2 (CTI-model; aantal [aangenomen]); gehaald',
    });
    expect([items.at(-1)?.value, restarts, endedAt !== undefined]).toEqual([9, 0, true]);
  });

  it('that did nothing says what was not met', () => {
    const over = after(300, movedIn());
    expect(fidelityView(over, daysLater(300), 'en').items.map(({ verdict }) => verdict)).toEqual([
      'not-met',
      'not-met',
      'not-met',
      'not-met',
      'not-met',
      'behind', // the transfer meeting is still to come
      'met',
    ]);
  });

  it('that ended in its first phase had no nine months', () => {
    const ended = give(after(30, movedIn()), { kind: 'close-early', reason: { jwe: 'r' } }, 30);
    expect(fidelityView(ended, daysLater(90), 'en')).toMatchObject({
      phase: 'transition',
      endedAt: daysLater(30),
    });
    expect(figure(ended, 90, 'contacts-transition')).toMatchObject({ verdict: 'not-met', value: 0, due: 4 });
    expect(figure(ended, 90, 'time-from-move')).toMatchObject({ verdict: 'not-met', value: 1 });
    expect(figure(ended, 90, 'contacts-try-out')?.verdict).toBe('not-yet');
  });

  it('of rules without norms has no figures', () => {
    const { norms: _, ...rules } = movedIn().rules;
    expect(fidelityView(after(30, movedIn({ rules })), daysLater(30), 'en').items).toEqual([]);
  });
});
